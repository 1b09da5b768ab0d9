# SPDX-License-Identifier: GPL-2.0-only
# what: what is attached to a socket is released inside the last close(2) of it, whatever sort and state it is in
. /tests/owner.sh

# gone_on_close FD: attach, and close it with that.
gone_on_close()
{
	attach map "fd:$tool:$1" a
	map=$id
	attach prog "fd:$tool:$1" b
	drop_caches
	alive map "$map"
	tell dup "$1"
	copy=$told
	tell close "$1"
	alive map "$map"
	alive prog "$id"
	tell close "$copy"
	gone map "$map"
	gone prog "$id"
	expect_pins 0
}

start_tool
for kind in tcp udp unix dgram netlink packet; do
	step "$kind"
	tell socket $kind
	gone_on_close "$told"
done

for kind in stream dgram seqpacket; do
	step "one of a pair: $kind"
	tell pair $kind
	first=${told% *} second=${told#* }
	attach map "fd:$tool:$second" x
	tell close "$first"
	alive map "$id"
	tell close "$second"
	gone map "$id"
done

step "a TCP connection: each end is one, and the listening socket"
tell listen
listen=${told% *} port=${told#* }
tell connect "$port"
client=$told
tell accept "$listen"
server=$told
attach map "fd:$tool:$listen" x
at_listen=$id
attach map "fd:$tool:$client" x
at_client=$id
attach map "fd:$tool:$server" x
tell close "$server"
gone map "$id"
alive map "$at_client"
tell close "$listen"
gone map "$at_listen"
alive map "$at_client"
tell close "$client"
gone map "$at_client"

step "a connection that nobody accepts"
tell listen
listen=${told% *} port=${told#* }
tell connect "$port"
client=$told
attach map "fd:$tool:$client" x
at_client=$id
attach map "fd:$tool:$listen" x
tell close "$listen"
gone map "$id"
alive map "$at_client"
tell close "$client"
gone map "$at_client"
end_tool

step "the process is killed"
start_tool
tell socket tcp
attach map "fd:$tool:$told" x
kill_tool
gone map "$id"

step "a child has it, too"
start_tool
tell socket udp
attach link "fd:$tool:$told" x
tell fork
child=$told
kill_tool
alive link "$id"
kill -KILL "$child"
wait_gone link "$id"
expect_pins 0
