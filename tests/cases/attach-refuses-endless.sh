# SPDX-License-Identifier: GPL-2.0-only
# what: the root cgroup, its files and the initial network namespace own nothing; the log and BPFPIN_IOC_FILE say why
. /tests/owner.sh

# refused PATH FS CAN REASON: CAN is what can be done there all the same
refused()
{
	step "$1: $4"
	expect_errno EOPNOTSUPP bpfobj attach map "$1" x
	expect_errno EOPNOTSUPP bpfobj attached "$1" x
	said_after "bpfpin: no owner on $2: $4" bpfobj attach map "$1" x
	expect_text "NONE 0 * $2 $3" bpfioctl file "$1"
	expect_fail bpfpin pin map id 1 "$1/x"
}

refused /sys/fs/cgroup cgroup2 9 "the root cgroup never ends"
refused /sys/fs/cgroup/test/cgroup.procs cgroup2 0 "the files of a cgroup are the kernel's"
refused /proc/self/ns/net nsfs 0 "the initial network namespace never ends"
refused /proc/self/ns/mnt nsfs 0 "the kernel tells the end of network namespaces only"
expect_text "NONE 0 cgroup cgroup2 11" bpfioctl file /sys/fs/cgroup/test
start_tool
tell netns
expect_text "NONE 0 netns nsfs 2" bpfioctl file "/proc/$tool/ns/net"
kill_tool
expect_pins 0
