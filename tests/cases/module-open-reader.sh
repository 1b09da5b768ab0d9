# SPDX-License-Identifier: GPL-2.0-only
# what: a pin's file that is open for reading outlasts unpin and keeps the module until it is closed

id=$(bpfobj pin map "$T/map")
exec 5<"$T/map" 6<"$T/map"
expect_text "map $id array name bpfobj_map" head -n 1 <&5
expect_ok bpfpin unpin "$T/map"
gone map "$id"
expect_same "$(bpfobj status)" "pins 0 watches 0"

step "the text was made when it was opened"
expect_text "map $id array name bpfobj_map" cat <&6

step "the module waits for the readers"
expect_fail rmmod bpfpin
expect_fail bpfpin unpin "$T/map"
exec 5<&-
expect_fail rmmod bpfpin
exec 6<&-
unload_module
load_module

step "an iterator's output does not need the module"
id=$(bpfobj pin iter "$T/iter")
exec 5<"$T/iter"
expect_ok bpfpin unpin "$T/iter"
wait_for rmmod bpfpin
expect_text "bpfobj" cat <&5
exec 5<&-
wait_gone link "$id"
load_module

step "neither does a file that is open when its pin ends and is opened anew after that"
id=$(bpfobj pin map "$T/map")
exec 5<"$T/map"
expect_ok bpfioctl unpin-id "$(bpfpin -j show "$T/map" | jq .id)"
expect_text "" cat "$T/map"
echo text >"$T/map"
expect_text text cat "$T/map"
exec 5<&-
unload_module
expect_text text cat "$T/map"
load_module
rm "$T/map"
