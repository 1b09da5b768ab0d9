# SPDX-License-Identifier: GPL-2.0-only
# what: the file of a pin in sysfs can neither be tied nor own anything, nor can the kernel's files in a cgroup; the log says why
. /tests/cli.sh
. /tests/tie.sh

c=/sys/fs/cgroup/bpfpin-test

# refused FILE: as target and as owner, and the pin lives through it.
refused()
{
	: >"$T/owner"
	expect_errno EOPNOTSUPP bpfioctl tie "$1" path "$T/owner"
	mount_fs bpf "$T/bpf"
	mkdir "$T/bpf/d"
	expect_errno EOPNOTSUPP bpfioctl tie "$T/bpf/d" path "$1"
	expect_errno EOPNOTSUPP bpfobj attach map "$1" x
	umount "$T/bpf"
	rm "$T/owner"
	expect_text "map $id" bpfobj get "$1"
	ties 0 1
}

step "what a cgroup inherits, and the kernel's own files there"
mkdir $c
: >"$T/owner"
error "cannot tie $c/cgroup.procs: it is neither in a bpffs nor the file of a pin" \
	tie $c/cgroup.procs to file "$T/owner"
id=$(bpfobj pin map "$T/pin")
error "cannot tie $T/pin to cgroup /sys/fs/cgroup: the root cgroup never ends" \
	tie "$T/pin" to cgroup /sys/fs/cgroup
rm "$T/owner" "$T/pin"
gone map "$id"
rmdir $c

step "in sysfs, its directories too"
unload_module
load_module sysfs=1
id=$(bpfobj pin map /sys/kernel/bpf_map)
refused /sys/kernel/bpf_map
expect_errno EOPNOTSUPP bpfobj attach map /sys/kernel x
said_after "bpfpin: no owner on sysfs: it takes files of pins, and nothing can be attached there" \
	bpfobj attach map /sys/kernel x
rm /sys/kernel/bpf_map
gone map "$id"
unload_module
load_module
