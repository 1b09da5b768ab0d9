# SPDX-License-Identifier: GPL-2.0-only
# what: a pinned PROG_ARRAY keeps its entries: the pin is a user of the map
# timeout: 360

# prog_of MAP-FILE: the id of the program at index 0.
prog_of()
{
	bpfobj read "$1"
}

check_array()
{
	id=$(bpfobj pin prog_array "$2/array")
	prog=$(prog_of "$2/array")
	alive prog "$prog"
	drop_caches
	expect_same "$(prog_of "$2/array")" "$prog" "entry of the array"
	# Each of these was a user that came and went.
	bpfobj get "$2/array" >/dev/null
	cat "$2/array" >/dev/null
	exec 9<"$2/array"
	exec 9<&-
	bpfpin show "$2/array" >/dev/null
	expect_same "$(prog_of "$2/array")" "$prog" "entry of the array"
	# Another name, without the first one.
	bpfobj link "$2/array" "$2/again"
	rm "$2/array"
	expect_same "$(prog_of "$2/again")" "$prog" "entry of the array"
	# Its last user is the pin: with it goes the entry, though the map is held.
	rm "$2/again"
	expect_pins 0
	gone prog_array "$id"
	wait_gone prog "$prog"
}

on_each_fs check_array
