# SPDX-License-Identifier: GPL-2.0-only
# what: what is attached to a network namespace is released at its end: last process, descriptor and name gone; not with a name or an open file before
. /tests/owner.sh

# enter: $tool in a namespace of its own.
enter()
{
	start_tool
	tell netns
	ns=/proc/$tool/ns/net
}

step "not mounted anywhere, its inode forgotten"
enter
attach map "$ns" x
map=$id
attach prog "$ns" y
attach link "$ns" z
link=$id id=$(bpfobj attached "$ns" y | cut -d ' ' -f 2)
drop_caches
expect_text "map $map" bpfobj attached "$ns" x
expect_errno EEXIST bpfobj attach map "$ns" x
alive map "$map"
kill_tool
wait_gone map "$map"
wait_gone prog "$id"
wait_gone link "$link"
expect_pins 0

step "umount of the name while a process is in it does not end it"
enter
: >"$T/name"
mount --bind "$ns" "$T/name"
attach map "$T/name" x
expect_text "map $id" bpfobj attached "$ns" x
expect_ok umount "$T/name"
drop_caches
sleep 0.5
alive map "$id"
kill_tool
wait_gone map "$id"

step "the end of the last process while there is a name does not either"
enter
mount --bind "$ns" "$T/name"
attach map "$ns" x
kill_tool
sleep 0.5
alive map "$id"
expect_text "map $id" bpfobj attached "$T/name" x
expect_ok umount "$T/name"
wait_gone map "$id"

step "ip netns"
mkdir -p /run/netns
mount -t tmpfs tmpfs /run/netns
mount --make-shared /run/netns
ip netns add test
attach map /run/netns/test x
ip netns exec test sleep 100 &
sleeper=$!
wait_for sh -c "[ \"\$(readlink /proc/$sleeper/ns/net)\" != \"\$(readlink /proc/self/ns/net)\" ]"
ip netns del test
sleep 0.5
alive map "$id"
kill "$sleeper"
wait "$sleeper" 2>/dev/null || :
wait_gone map "$id"
umount /run/netns

step "an open file of it, and a socket in it"
enter
exec 5<"$ns"
attach map fd:5 x
kill_tool
sleep 0.3
alive map "$id"
expect_text "map $id" bpfobj attached fd:5 x
exec 5<&-
wait_gone map "$id"

step "pins on all that there are"
for i in 1 2 3; do
	unshare -n sleep 100 &
	eval "sleeper$i=$!"
done
sleep 0.5
ids=
for pid in "$sleeper1" "$sleeper2" "$sleeper3"; do
	wait_for sh -c "[ \"\$(readlink /proc/$pid/ns/net)\" != \"\$(readlink /proc/self/ns/net)\" ]"
	attach map "/proc/$pid/ns/net" x
	ids="$ids $id"
done
expect_pins 3
# shellcheck disable=SC2086 # numbers
kill $sleeper1 $sleeper2 $sleeper3
for id in $ids; do
	wait_gone map "$id"
done
expect_pins 0
