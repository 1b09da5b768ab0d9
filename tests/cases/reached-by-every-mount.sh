# SPDX-License-Identifier: GPL-2.0-only
# what: bind mounts, further mounts and file handles lead to the same pins
# timeout: 360

check_mounts()
{
	id=$(bpfobj pin map "$2/pin")
	mkdir -p "$T/bind" "$T/again"
	mount --bind "$2" "$T/bind"
	case $1 in
	ext4 | xfs | btrfs) mount_fs "$1" "$T/again" ;;
	*) mount --bind "$T/$1" "$T/again" ;;
	esac
	again=$T/again/bpfpin-test
	for path in "$2" "$T/bind" "$again"; do
		expect_same "$(bpfobj get "$path/pin")" "map $id"
		expect_same "$(cat "$path/pin")" "map $id array name bpfobj_map"
		expect_errno ETXTBSY bpfobj open "$path/pin" w
		expect_errno EEXIST bpfobj pin map "$path/pin"
	done
	# By its handle, without a name.
	case $1 in
	ext4 | xfs | btrfs)
		drop_caches
		expect_same "$(fileop handle-read "$again/pin" "$T/again")" \
			"map $id array name bpfobj_map" ;;
	esac
	other=$(bpfobj pin map "$T/bind/other")
	expect_same "$(bpfobj get "$again/other")" "map $other"
	# It is the file system that counts, not the mount.
	umount "$T/bind"
	alive map "$other"
	expect_ok umount "$T/$1"
	expect_pins 2
	alive map "$id"
	expect_same "$(bpfobj get "$again/pin")" "map $id"
	# A single file, too.
	: >"$T/file"
	mount --bind "$again/pin" "$T/file"
	expect_same "$(bpfobj get "$T/file")" "map $id"
	expect_errno EBUSY bpfobj unlink "$T/file"
	rm "$again/other"
	gone map "$other"
	rm "$again/pin"
	# Unlinked, but mounted: that is a user of the file.
	expect_pins 1
	expect_same "$(bpfobj get "$T/file")" "map $id"
	umount "$T/file"
	expect_pins 0
	gone map "$id"
	rm "$T/file"
	rm -r "$again"
	umount "$T/again"
	[ "$1" != overlay ] || umount "$T/overlay.layers"
}

on_each_fs check_mounts tmpfs ext4 xfs btrfs overlay
