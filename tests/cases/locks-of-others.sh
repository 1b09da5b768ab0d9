# SPDX-License-Identifier: GPL-2.0-only
# what: while others hold rtnl, cgroup_mutex or a directory only what needs it waits, can be killed, and goes on when they let go
# timeout: 300
. /tests/owner.sh
. /tests/tie.sh

cgroup=/sys/fs/cgroup/test
locks=/sys/kernel/debug/hold_lock
expect_ok insmod /tests/modules/hold_lock.ko
trap 'rmmod hold_lock 2>/dev/null || :' EXIT
modprobe dummy

# lock NAME 1|0
lock()
{
	echo "$2" >$locks/"$1" || fail "$1 $2"
}

# free COMMAND...: it is not held up.  Guests are slow; a lock is held for ever.
free()
{
	expect_ok timeout 60 "$@" >/dev/null
}

# later COMMAND...: in the background, as $waiter.
later()
{
	"$@" >"$T/later" 2>&1 &
	waiter=$!
}

# all_free: what needs neither lock.
all_free()
{
	start_tool
	tell socket unix
	free bpfobj attach map "fd:$tool:$told" x
	free bpfobj attached "fd:$tool:$told" x
	free bpfioctl unpin-id "$(bpfobj pin-of "fd:$tool:$told" x)"
	free bpfobj attach prog "fd:$tool:$told" y
	tell close "$told"
	free bpfobj attach map $cgroup/a x
	free bpfobj attach map "$ns" x
	: >"$T/file"
	free bpfobj attach map "$T/file" x
	free bpfobj pin map "$T/pin"
	free bpfobj get "$T/pin"
	free bpfobj cat "$T/pin"
	free bpfobj pin iter $cgroup/a/bpf-iter
	free bpfobj cat $cgroup/a/bpf-iter
	free bpfobj pin link $cgroup/a/bpf-link
	free bpfpin list
	free bpfpin show "$T/pin"
	free bpfpin status
	# Of what is attached to a device, too.
	free bpfobj open-id "$on_device"
	free bpfobj attached "dev:$index" x
	mkdir "$T/bpf/d"
	bpfobj pin map "$T/bpf/d/x" >/dev/null
	free bpfioctl tie "$T/bpf/d" path "$T/file"
	free bpfioctl tie "$T/bpf/d" path "$ns"
	free bpfioctl tie "$T/bpf/d" path $cgroup/a
	free bpfpin list ties
	rm "$T/file"
	vanished "$T/bpf/d"
	free rm $cgroup/a/bpf-iter
	free bpfpin unpin $cgroup/a/bpf-link
	free bpfpin unpin "$T/pin"
	free bpfioctl unpin-id "$(bpfobj pin-of $cgroup/a x)"
	free bpfioctl unpin-id "$(bpfobj pin-of "$ns" x)"
	end_tool
}

mount_fs bpf "$T/bpf"
mkdir $cgroup/a $cgroup/b
new_device owner
index=$(cat /sys/class/net/owner/ifindex)
start_tool
tell netns
namespace=$tool
exec 6>&8 7<&9
ns_starter=$starter
ns=/proc/$namespace/ns/net

# again: what ends with a lock held is attached anew.
again()
{
	attach map "dev:$index" x
	on_device=$(bpfobj pin-of "dev:$index" x)
}

step "rtnl: what has nothing to do with devices"
again
lock rtnl 1
all_free

step "rtnl: an attach to a device waits, can be killed, and leaves nothing then"
expect_pins 1
later bpfobj attach map "dev:$index" killed
sleep 0.5
[ -d "/proc/$waiter" ] || fail "it did not wait"
kill -KILL "$waiter"
wait "$waiter" 2>/dev/null || :
expect_pins 1
expect_errno ENOENT bpfobj attached "dev:$index" killed

step "rtnl: an unpin does not wait"
free bpfioctl unpin-id "$on_device"
expect_pins 0

step "rtnl: an attach, the deletion of the device and the removal of the module go on"
later bpfobj attach map "dev:$index" x
sleep 0.3
attacher=$waiter
lock rtnl 0
wait "$attacher" || fail "$(cat "$T/later")"
expect_pins 1
lock rtnl 1
later ip link del owner
sleep 0.3
free bpfpin list
expect_pins 1
lock rtnl 0
wait "$waiter" || fail "$(cat "$T/later")"
expect_pins 0
lock rtnl 1
later rmmod bpfpin
sleep 0.5
lock rtnl 0
wait "$waiter" || fail "$(cat "$T/later")"
load_module

step "cgroup_mutex: nothing waits, but for the rmdir"
new_device owner
index=$(cat /sys/class/net/owner/ifindex)
again
lock cgroup 1
all_free
free bpfobj attach map "dev:$index" y
free bpfioctl unpin-id "$on_device"
free ip link del owner
expect_pins 0
free bpfobj attach map $cgroup/b x
free bpfobj pin map $cgroup/b/bpf
later rmdir $cgroup/b
sleep 0.3
expect_pins 2
free bpfpin list
lock cgroup 0
wait "$waiter" || fail "$(cat "$T/later")"
expect_pins 0
lock cgroup 1
wait_for timeout 60 rmmod bpfpin
lock cgroup 0
load_module

step "a directory: a tie of what is in it does not keep a device from ending"
mkdir "$T/bpf/d"
bpfobj pin map "$T/bpf/d/x" >/dev/null
new_device owner
index=$(cat /sys/class/net/owner/ifindex)
printf %s "$T/bpf/d" >/sys/module/hold_lock/parameters/directory
lock directory 1
later bpfioctl tie "$T/bpf/d/x" dev "$index"
sleep 0.5
[ -d "/proc/$waiter" ] || fail "it did not wait"
free ip link del owner
lock directory 0
wait "$waiter" && fail "a tie to what is gone"
expect_same "$(cat "$T/later")" "errno ENODEV"
expect_text "map *" bpfobj get "$T/bpf/d/x"
expect_pins 0

kill -KILL "$namespace"
wait "$ns_starter" 2>/dev/null || :
exec 6>&- 7<&-
rmdir $cgroup/a
umount "$T/bpf"
trap - EXIT
expect_ok rmmod hold_lock
