# SPDX-License-Identifier: GPL-2.0-only
# what: what is attached to a pipe or memfd is released inside the last close(2), both ends of a pipe being one owner
. /tests/owner.sh

start_tool
step "pipe"
tell pipe
first=${told% *} second=${told#* }
attach map "fd:$tool:$first" x
map=$id
expect_errno EEXIST bpfobj attach map "fd:$tool:$second" x
expect_text "map $map" bpfobj attached "fd:$tool:$second" x
attach prog "fd:$tool:$second" y
drop_caches
tell close "$second"
alive map "$map"
alive prog "$id"
tell close "$first"
gone map "$map"
gone prog "$id"

step "a pipe opened again by its descriptor"
tell pipe
first=${told% *} second=${told#* }
attach map "/proc/$tool/fd/$first" x
tell open "/proc/self/fd/$first"
copy=$told
tell close "$second"
tell close "$first"
alive map "$id"
tell close "$copy"
gone map "$id"

step "a FIFO ends with its name and its last opener"
mkfifo "$T/fifo"
attach map "$T/fifo" x
tell openrw "$T/fifo"
rm "$T/fifo"
alive map "$id"
tell close "$told"
gone map "$id"

step "memfd"
tell make memfd
memfd=$told
attach map "fd:$tool:$memfd" x
drop_caches
tell open "/proc/self/fd/$memfd"
copy=$told
tell close "$memfd"
alive map "$id"
tell close "$copy"
gone map "$id"
end_tool
expect_pins 0
