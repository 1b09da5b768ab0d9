# SPDX-License-Identifier: GPL-2.0-only
# what: umount is not busy because of pins and ends them before umount(2) returns
# timeout: 360

# devtmpfs stays mounted on /dev for ever.
lasting=$(bpfobj pin map /dev/bpfpin-lasting)

check_umount()
{
	prog=$(bpfobj pin prog "$2/prog")
	map=$(bpfobj pin map "$2/map")
	link=$(bpfobj pin link "$2/link")
	array=$(bpfobj pin prog_array "$2/array")
	bpfobj link "$2/map" "$2/map2"
	# An open object is no open file: it does not keep the file system busy.
	held=$(bpfobj hold-pinned "$2/map")
	expect_same "${held% *}" "$map"
	expect_pins 5
	cd "$T"
	unmount_fs "$1" "$T/$1"
	expect_pins 1
	gone prog "$prog"
	gone link "$link"
	gone prog_array "$array"
	alive map "$map"
	kill -KILL "${held#* }"
	wait_gone map "$map"
	case $1 in
	ext4 | xfs | btrfs) clean_disk "$1" "$2" ;;
	esac
}

# The disk is empty again for whoever comes next.
clean_disk()
{
	mount_fs "$1" "$T/$1"
	expect_same "$(ls "$2" | tr '\n' ' ')" "array link map map2 prog "
	expect_errno ESTALE bpfobj get "$2/map"
	rm -r "$2"
	unmount_fs "$1" "$T/$1"
	expect_pins 1
}

on_each_fs check_umount tmpfs ramfs ext4 xfs btrfs overlay hugetlbfs

step "the last mount namespace that has it"
id=$(unshare -m --propagation private sh -c '
	mount -t tmpfs tmpfs /mnt && bpfobj pin map /mnt/pin')
wait_gone map "$id"
expect_pins 1

step "pins of another mount are left alone"
alive map "$lasting"
expect_same "$(bpfobj get /dev/bpfpin-lasting)" "map $lasting"
rm /dev/bpfpin-lasting
expect_pins 0
gone map "$lasting"
