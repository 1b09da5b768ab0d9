# SPDX-License-Identifier: GPL-2.0-only
# what: a pin makes no mount of a cgroup file system busy, lives on without any, and ends at rmdir after the next
. /tests/owner.sh

everywhere="nsenter -t 1 -m"

# remount NAME FOLDER MOUNT-ARGUMENT...: with all its mounts gone, a pin lives on
remount()
{
	name=$1 folder=$2
	shift 2
	step "$name: umount is not busy, and the pin lives"
	mkdir "$folder/owner"
	attach map "$folder/owner" x
	map=$id
	attach map "$folder/owner" y
	umount_all "$folder"
	drop_caches
	eat_memory
	alive map "$map"
	alive map "$id"
	pin=$(bpfioctl next 0 | cut -d ' ' -f 1)
	expect_text "$pin 2 $map 0 1 *owner" bpfioctl info "$pin"
	mount_all "$folder" "$@"
	expect_text "map $map" bpfobj attached "$folder/owner" x
	expect_text "map $map" bpfobj open-id "$pin"
	rmdir "$folder/owner"
	gone map "$map"
	gone map "$id"

	step "$name: unpin without any mount"
	mkdir "$folder/owner"
	attach map "$folder/owner" x
	pin=$(bpfobj pin-of "$folder/owner" x)
	umount_all "$folder"
	expect_ok bpfioctl unpin-id "$pin"
	gone map "$id"
	expect_pins 0
	mount_all "$folder" "$@"
	expect_errno ENOENT bpfobj attached "$folder/owner" x
	attach map "$folder/owner" x
	rmdir "$folder/owner"
	gone map "$id"
}

umount_all()
{
	expect_ok umount "$1"
	[ "$1" != /sys/fs/cgroup ] || expect_ok $everywhere umount /sys/fs/cgroup
}

mount_all()
{
	folder=$1
	shift
	[ "$folder" != /sys/fs/cgroup ] || expect_ok $everywhere mount "$@" "$folder"
	expect_ok mount "$@" "$folder"
}

# The guest needs it again, whatever comes.
mount_again()
{
	grep -q ' /sys/fs/cgroup ' /proc/1/mounts || $everywhere mount -t cgroup2 cgroup2 /sys/fs/cgroup
}
trap mount_again EXIT

remount cgroup2 /sys/fs/cgroup -t cgroup2 cgroup2
mkdir "$T/v1"
mount -t cgroup -o none,name=bpfpin none "$T/v1"
remount cgroup "$T/v1" -t cgroup -o none,name=bpfpin none

step "two mounts of one"
mkdir "$T/second"
mount -t cgroup -o none,name=bpfpin none "$T/second"
mkdir "$T/v1/owner"
attach map "$T/v1/owner" x
expect_text "map $id" bpfobj attached "$T/second/owner" x
expect_ok umount "$T/v1"
rmdir "$T/second/owner"
gone map "$id"
umount "$T/second"
expect_pins 0
