# SPDX-License-Identifier: GPL-2.0-only
# what: a program array keeps its entries while it is attached, and they go with the pin
. /tests/owner.sh

start_tool
tell socket udp
before=$(bpfobj ids | sed -n 's/^prog //p' | sort -n | tail -n 1)
attach prog_array "fd:$tool:$told" x
prog=$(bpfobj ids | sed -n 's/^prog //p' | sort -n | tail -n 1)
[ "$prog" != "$before" ] || fail "no program was made"
# What an array gives up it gives up in a worker.
sleep 0.5
alive prog "$prog"
# One user more, and one less again.
expect_text "map $id" bpfobj attached "fd:$tool:$told" x
sleep 0.5
alive prog "$prog"
tell close "$told"
gone prog_array "$id"
wait_gone prog "$prog"
end_tool
expect_pins 0
