# SPDX-License-Identifier: GPL-2.0-only
# what: full file systems: ENOSPC, nothing left behind, room again after unlink
# timeout: 360

# fill_with_pins FOLDER: as many as fit; their number.
fill_with_pins()
{
	count=0
	while bpfobj pin map "$1/pin$count" >/dev/null 2>"$T/why"; do
		count=$((count + 1))
		[ $count -lt 100 ] || fail "never full"
	done
	expect_same "$(cat "$T/why")" "errno ENOSPC"
	expect_same "$(ls "$1" | grep -c pin)" $count "number of files"
	expect_pins $count
}

check_full()
{
	fill_with_pins "$1"
	expect_same $count "$2" "pins that fit"
	for i in $(seq 20); do
		expect_errno ENOSPC bpfobj pin map "$1/more"
		expect_errno ENOENT bpfobj get "$1/more"
		rm "$1/pin0"
		expect_ok bpfobj pin map "$1/pin0" >/dev/null
	done
	expect_errno EEXIST bpfobj pin map "$1/pin1"
	rm "$1"/pin*
	expect_pins 0
	fill_with_pins "$1"
	expect_same $count "$2" "pins that fit once more"
	rm "$1"/pin*
	expect_pins 0
}

step "ext4, out of inodes"
mount_fs small "$T/small"
check_full "$T/small" "$(stat -f -c %d "$T/small")"

step "ext4, out of blocks: the file would fit, what marks it as a pin does not"
dd if=/dev/zero of="$T/small/big" bs=1k 2>/dev/null || :
sync
inodes=$(stat -f -c %d "$T/small")
expect_errno ENOSPC bpfobj append "$T/small/big" text
for type in prog map link; do
	expect_errno ENOSPC bpfobj pin $type "$T/small/pin"
	expect_errno ENOENT bpfobj get "$T/small/pin"
done
expect_same "$(ls "$T/small" | tr '\n' ' ')" "big lost+found "
expect_same "$(stat -f -c %d "$T/small")" "$inodes" "free inodes"
expect_pins 0
rm "$T/small/big"
expect_ok bpfobj pin map "$T/small/pin" >/dev/null
rm "$T/small/pin"
umount "$T/small"

step "tmpfs, out of inodes"
mkdir "$T/tmpfs"
mount -t tmpfs -o nr_inodes=8 tmpfs "$T/tmpfs"
check_full "$T/tmpfs" 7

step "hugetlbfs, out of inodes"
mkdir "$T/huge"
mount -t hugetlbfs -o nr_inodes=8 hugetlbfs "$T/huge"
check_full "$T/huge" 7
