# SPDX-License-Identifier: GPL-2.0-only
# what: the module cannot be unloaded while an attached pin lives, whatever the owner, and can when it has ended
. /tests/owner.sh

cgroup=/sys/fs/cgroup/test
# refused OWNER: END ends the owner
refused()
{
	step "$1"
	attach map "$1" x
	drop_caches
	expect_fail rmmod bpfpin
	module_loaded || fail "the module is gone"
	alive map "$id"
	expect_text "map $id" bpfobj attached "$1" x
}

ended()
{
	wait_gone map "$id"
	wait_for rmmod bpfpin
	load_module
}

start_tool
tell socket tcp
refused "fd:$tool:$told"
tell close "$told"
ended
mkdir $cgroup/a
refused $cgroup/a
rmdir $cgroup/a
ended
tell netns
refused "/proc/$tool/ns/net"
kill_tool
ended
new_device owner
refused dev:owner
ip link del owner
ended

step "ended by hand"
mkdir $cgroup/a
refused $cgroup/a
expect_ok bpfioctl unpin-id "$(bpfobj pin-of $cgroup/a x)"
ended
rmdir $cgroup/a

step "owners that have been pinned, without the module"
mkdir $cgroup/a
new_device owner
start_tool
tell netns
tell socket tcp
for owner in $cgroup/a dev:owner "fd:$tool:$told" "/proc/$tool/ns/net"; do
	attach map "$owner" x
	expect_ok bpfioctl unpin-id "$(bpfobj pin-of "$owner" x)"
done
unload_module
tell close "$told"
rmdir $cgroup/a
ip link del owner
kill_tool
load_module
expect_pins 0
