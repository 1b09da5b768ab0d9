# SPDX-License-Identifier: GPL-2.0-only
# what: the guest has the file systems, users, programs and modules that tests rely on

for fs in tmpfs ramfs ext4 xfs btrfs overlay hugetlbfs devtmpfs vfat small; do
	step "$fs"
	mount_fs $fs "$T/$fs"
	echo text >"$T/$fs/file" 2>/dev/null || [ $fs = hugetlbfs ] ||
		fail "cannot write on $fs"
	rm -f "$T/$fs/file"
	umount "$T/$fs"
done
expect_same "$(as_user id -u)" 1000
expect_errno EPERM as_user bpfobj pin map "$T/x"
expect_ok bpftool version
expect_ok /bin/bash -c true
step "modprobe"
unload_module
expect_ok modprobe bpfpin
module_loaded || fail "modprobe loaded nothing"
unload_module
load_module
expect_ok test -d /sys/kernel/debug/tracing
expect_ok test -e /sys/fs/cgroup/cgroup.procs
