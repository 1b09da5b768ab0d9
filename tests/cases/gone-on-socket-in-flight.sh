# SPDX-License-Identifier: GPL-2.0-only
# what: a socket that is in flight (SCM_RIGHTS) lives; what is attached ends with the last place that has it, cycles included
. /tests/owner.sh

start_tool
tell pair stream
left=${told% *} right=${told#* }

# in_flight KIND: it is attached to, sent and closed here.
in_flight()
{
	tell socket "$1"
	fd=$told
	attach map "fd:$tool:$fd" x
	tell send "$left" "$fd"
	tell close "$fd"
	drop_caches
	alive map "$id"
}

for kind in tcp unix; do
	step "$kind: received and closed"
	in_flight $kind
	tell recv "$right"
	alive map "$id"
	expect_text "map $id" bpfobj attached "fd:$tool:$told" x
	tell close "$told"
	gone map "$id"
done

step "a pipe"
tell pipe
reader=${told% *} writer=${told#* }
attach map "fd:$tool:$reader" x
tell send "$left" "$reader"
tell close "$reader"
tell close "$writer"
alive map "$id"
tell recv "$right"
alive map "$id"
tell close "$told"
gone map "$id"
end_tool

step "the socket it is in flight to is closed"
for kind in tcp unix; do
	start_tool
	tell pair stream
	left=${told% *} right=${told#* }
	in_flight $kind
	tell close "$left"
	alive map "$id"
	tell close "$right"
	# The kernel gives back what was in flight in a worker.
	wait_gone map "$id"
	end_tool
done

# collected ID...: the kernel looks for cycles when a socket is closed.
collected()
{
	tries=20
	for id; do
		while bpfobj exists map "$id"; do
			[ $tries -gt 0 ] || fail "a cycle stays"
			tries=$((tries - 1))
			tell socket unix
			tell close "$told"
			sleep 0.1
		done
	done
}

step "a socket that holds itself, alone"
start_tool
tell pair dgram
left=${told% *} right=${told#* }
attach map "fd:$tool:$left" x
at_left=$id
# What is sent over the right waits at the left.
tell send "$right" "$left"
tell close "$right"
alive map "$at_left"
tell close "$left"
collected "$at_left"
end_tool
expect_pins 0

step "two that hold each other"
start_tool
tell pair dgram
left=${told% *} right=${told#* }
attach map "fd:$tool:$left" x
at_left=$id
attach map "fd:$tool:$right" x
tell send "$left" "$right"
tell send "$right" "$left"
tell close "$left"
alive map "$at_left"
tell close "$right"
collected "$id" "$at_left"
end_tool
expect_pins 0
