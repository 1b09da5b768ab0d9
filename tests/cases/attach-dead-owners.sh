# SPDX-License-Identifier: GPL-2.0-only
# what: an owner that has ended or is just ending takes no pin: ENOENT or ENODEV, and nothing stays
. /tests/owner.sh

cgroup=/sys/fs/cgroup/test
step "a cgroup that was removed, by descriptor and as a folder that one is in"
mkdir $cgroup/a $cgroup/a/b
exec 5<$cgroup/a/b 6<$cgroup/a
attach map fd:6 x
rmdir $cgroup/a/b $cgroup/a
gone map "$id"
for fd in 5 6; do
	expect_errno ENOENT bpfobj attach map fd:$fd x
	expect_errno ENOENT bpfobj attached fd:$fd x
	expect_errno ENOENT bpfobj attach map "/proc/self/fd/$fd" x
done
expect_pins 0
exec 5<&- 6<&-
mkdir $cgroup/a

step "a file without a name lives until its close"
: >"$T/file"
exec 5<"$T/file"
rm "$T/file"
attach map fd:5 x
exec 5<&-
gone map "$id"

step "an index of a device that was there"
new_device owner
index=$(cat /sys/class/net/owner/ifindex)
attach map "dev:$index" x
ip link del owner
gone map "$id"
expect_errno ENODEV bpfobj attach map "dev:$index" x
expect_errno ENODEV bpfobj attached "dev:$index" x

step "a device of the same name is another"
new_device owner
expect_errno ENOENT bpfobj attached dev:owner x
ip link del owner

step "a namespace that only a descriptor keeps is alive, and its device"
start_tool
tell netns
exec 5<"/proc/$tool/ns/net"
kill_tool
attach map fd:5 x
map=$id
attach map "dev:lo:/proc/self/fd/5" x
exec 5<&-
wait_gone map "$map"
wait_gone map "$id"
rmdir $cgroup/a
expect_pins 0
