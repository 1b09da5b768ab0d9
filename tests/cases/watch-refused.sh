# SPDX-License-Identifier: GPL-2.0-only
# what: owners whose end cannot be learned are refused with EPERM, and the log says why
# timeout: 270
. /tests/owner.sh
. /tests/watch.sh

# refused FILE-SYSTEM PATH REASON
refused()
{
	step "$1"
	expect_errno EPERM consumer "follow 0 $2"
	watches 0
	said_after "bpfpin: no watch on $1: $3" consumer "follow 0 $2"
}

load_consumer
refused proc /proc/self/stat "its files are made up"
refused proc "/proc/$$" "its files are made up"
refused sysfs /sys/kernel/notes "drivers do not expect files there"
refused cgroup2 /sys/fs/cgroup "the root cgroup never ends"
refused cgroup2 /sys/fs/cgroup/test/cgroup.procs "the files of a cgroup are the kernel's"
refused debugfs /sys/kernel/debug "its files are made up"
refused tracefs /sys/kernel/tracing/tracing_on "its files are made up"
refused nsfs "/proc/$$/ns/net" "the initial network namespace never ends"
refused nsfs "/proc/$$/ns/mnt" "the kernel tells the end of network namespaces only"
refused devpts /dev/pts/ptmx "nobody has shown yet"
# shellcheck disable=SC2046 # two words
set -- $(holdfd eventfd)
refused anon_inodefs "/proc/$1/fd/$2" "all such descriptors share one inode"
kill -KILL "$1"
start_tool
tell make pidfd
if at_least 6.9; then
	refused pidfs "/proc/$tool/fd/$told" "its inode ends with the last descriptor"
else
	refused anon_inodefs "/proc/$tool/fd/$told" "all such descriptors share one inode"
fi
end_tool
mount_empty vfat "$T/vfat"
: >"$T/vfat/x"
refused vfat "$T/vfat/x" "nobody has shown yet"
rm "$T/vfat/x"
expect_same "$(slot 0 calls)" 0 "callbacks"
unload_consumer
