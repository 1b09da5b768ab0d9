# SPDX-License-Identifier: GPL-2.0-only
# what: after a lazy umount pins end when the last user of the file system goes
# timeout: 360

check_lazy()
{
	for type in prog map link; do
		# once more, for the next type
		is_mounted "$T/$1" || { mount_fs "$1" "$T/$1"; rm -rf "$2"; mkdir "$2"; }
		id=$(bpfobj pin $type "$2/pin")
		other=$(bpfobj pin $type "$2/other")
		exec 9<"$2/pin"
		expect_ok umount -l "$T/$1"
		[ "$1" != overlay ] || expect_ok umount -l "$T/$1.layers"
		expect_errno ENOENT bpfobj get "$2/pin"
		[ $type != map ] || drop_caches
		expect_pins 2
		alive $type "$id"
		alive $type "$other"
		expect_same "$(bpfobj get /proc/self/fd/9)" "$type $id"
		exec 9<&-
		expect_pins 0
		gone $type "$id"
		gone $type "$other"
	done
}

on_each_fs check_lazy tmpfs ramfs ext4 xfs btrfs overlay hugetlbfs
for fs in ext4 xfs btrfs; do
	mount_fs $fs "$T/$fs"
	rm -r "$T/$fs/bpfpin-test"
	unmount_fs $fs "$T/$fs"
done

step "a process that works in it"
mount_fs tmpfs "$T/tmpfs"
id=$(bpfobj pin map "$T/tmpfs/pin")
cd "$T/tmpfs"
expect_fail umount "$T/tmpfs"
alive map "$id"
expect_ok umount -l "$T/tmpfs"
alive map "$id"
expect_same "$(bpfobj get pin)" "map $id"
cd "$T"
expect_pins 0
gone map "$id"
