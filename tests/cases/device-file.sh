# SPDX-License-Identifier: GPL-2.0-only
# what: FILE tells what is at a path: owner kind, pin, and whether one could be there

mount_empty ext4 "$T/ext4"
mount_fs overlay "$T/overlay"
mount_empty vfat "$T/vfat"
expect_text "NONE 0 file tmpfs 3" bpfioctl file "$T"
expect_text "NONE 0 file devtmpfs 3" bpfioctl file /dev/null
expect_text "NONE 0 file ext4 7" bpfioctl file "$T/ext4"
expect_text "NONE 0 file overlay 7" bpfioctl file "$T/overlay"
expect_text "NONE 0 unsupported vfat 0" bpfioctl file "$T/vfat"
expect_text "NONE 0 unsupported proc 0" bpfioctl file /proc/self
expect_text "NONE 0 kernfs sysfs 0" bpfioctl file /sys/kernel
# The root of cgroup2 takes file pins, and owns nothing: it never ends.
expect_text "NONE 0 cgroup cgroup2 9" bpfioctl file /sys/fs/cgroup
expect_text "NONE 0 netns nsfs 0" bpfioctl file /proc/self/ns/net
expect_text "NONE 0 cgroup cgroup2 11" bpfioctl file /sys/fs/cgroup/test
expect_text "NONE 0 cgroup cgroup2 0" bpfioctl file /sys/fs/cgroup/cgroup.procs

step "a pin"
id=$(bpfobj pin map "$T/ext4/x")
expect_text "PIN * file ext4 7" bpfioctl file "$T/ext4/x"
pin=$(bpfioctl file "$T/ext4/x" | cut -d ' ' -f 2)

step "a copy with its attributes is no pin, and stale once the pin has ended"
cp "$T/ext4/x" "$T/ext4/plain"
expect_text "NONE 0 file ext4 7" bpfioctl file "$T/ext4/plain"
stamp=$(fileop getxattr "$T/ext4/x" trusted.bpfpin)
expect_text "bpfpin 1 instance * pin $pin map $id bpfobj_map" echo "$stamp"
: >"$T/ext4/copy"
expect_ok fileop setxattr "$T/ext4/copy" trusted.bpfpin "$stamp"
expect_text "ALIAS $pin file ext4 7" bpfioctl file "$T/ext4/copy"
expect_errno EBUSY bpfioctl clean "$T/ext4/copy"
expect_errno EINVAL bpfioctl unpin-path "$T/ext4/copy"
alive map "$id"
rm "$T/ext4/x"
gone map "$id"
expect_text "STALE $pin file ext4 7" bpfioctl file "$T/ext4/copy"
expect_text "NONE 0 file ext4 7" as_user bpfioctl file "$T/ext4/plain"
echo text >"$T/ext4/copy"
expect_errno EINVAL bpfioctl clean "$T/ext4/copy"
: >"$T/ext4/copy"
expect_ok bpfioctl clean "$T/ext4/copy"
[ ! -e "$T/ext4/copy" ] || fail "it is still there"
expect_ok bpfioctl file "$T/ext4/plain"

step "a stamp that is not one"
for stamp in "" x "bpfpin 2 instance 01234567-89ab-cdef-0123-456789abcdef pin 1 map 1 x" \
	"bpfpin 1 instance 0123456789abcdef0123456789abcdef pin 1 map 1 x" \
	"bpfpin 1 instance 01234567-89ab-cdef-0123-456789abcdef" \
	"bpfpin 1 instance  pin 1"; do
	expect_ok fileop setxattr "$T/ext4/plain" trusted.bpfpin "$stamp"
	expect_text "NONE 0 file ext4 7" bpfioctl file "$T/ext4/plain"
	expect_errno EINVAL bpfioctl clean "$T/ext4/plain"
done
expect_ok fileop setxattr "$T/ext4/plain" trusted.bpfpin "$(head -c 600 /dev/zero | tr '\0' x)"
expect_text "NONE 0 file ext4 7" bpfioctl file "$T/ext4/plain"
expect_errno EINVAL bpfioctl clean "$T/ext4/plain"
rm "$T/ext4/plain"
