# SPDX-License-Identifier: GPL-2.0-only
# what: an object that knows its own owner (a link or iterator on a cgroup, a socket in a map) does not keep it; a uprobe keeps its binary
. /tests/owner.sh

cgroup=/sys/fs/cgroup/test
for type in cgroup_iter cgroup_link; do
	step "$type attached to its cgroup"
	mkdir $cgroup/a
	export BPFOBJ_CGROUP=$cgroup/a
	attach $type $cgroup/a x
	drop_caches
	alive link "$id"
	rmdir $cgroup/a
	gone link "$id"
	expect_pins 0
done

step "a cgroup's link on a socket in that cgroup, the cgroup first"
mkdir $cgroup/a
start_tool
tell socket udp
attach cgroup_link "fd:$tool:$told" x
rmdir $cgroup/a
alive link "$id"
tell close "$told"
gone link "$id"

step "a map with the socket it is attached to: listening, connected"
tell listen
listen=${told% *} port=${told#* }
export BPFOBJ_SOCKET="$tool:$listen"
attach sockmap "fd:$tool:$listen" x
at_listen=$id
tell connect "$port"
client=$told
export BPFOBJ_SOCKET="$tool:$client"
attach sockmap "fd:$tool:$client" x
drop_caches
alive map "$id"
tell close "$client"
gone map "$id"
alive map "$at_listen"
tell close "$listen"
gone map "$at_listen"
for type in sockhash sk_storage; do
	step "a $type with the socket it is attached to"
	tell listen
	export BPFOBJ_SOCKET="$tool:${told% *}"
	fd=${told% *}
	attach $type "fd:$tool:$fd" x
	drop_caches
	alive map "$id"
	tell close "$fd"
	gone map "$id"
done
end_tool
expect_pins 0

step "a uprobe holds the path of its binary: attached to that, it lasts until it is ended"
mkdir "$T/fs"
mount -t tmpfs tmpfs "$T/fs"
cp /bin/busybox "$T/fs/binary"
export BPFOBJ_BINARY=$T/fs/binary
attach uprobe "$T/fs/binary" x
pin=$(bpfobj pin-of "$T/fs/binary" x)
rm "$T/fs/binary"
sleep 0.3
alive link "$id"
expect_fail umount "$T/fs"
expect_ok bpfioctl unpin-id "$pin"
gone link "$id"
wait_for umount "$T/fs"
expect_pins 0
