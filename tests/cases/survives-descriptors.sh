# SPDX-License-Identifier: GPL-2.0-only
# what: descriptors of object and file come and go; the pin does not care
# timeout: 360

check_descriptors()
{
	for type in prog map link; do
		held=$(bpfobj hold $type "$2/pin")
		id=${held% *}
		exec 9<"$2/pin"
		for _ in 1 2 3; do
			expect_same "$(bpfobj get "$2/pin")" "$type $id"
		done
		cat "$2/pin" >/dev/null
		exec 9<&-
		alive $type "$id"
		expect_pins 1
		# Who has the object open keeps the object, not the pin.
		rm "$2/pin"
		expect_pins 0
		alive $type "$id"
		kill -KILL "${held#* }"
		wait_gone $type "$id"
	done
	# One object at two files: two pins.
	id=$(bpfobj pin map "$2/one")
	expect_ok bpfobj pin-id map "$id" "$2/two"
	expect_pins 2
	rm "$2/one"
	expect_pins 1
	alive map "$id"
	expect_same "$(bpfobj get "$2/two")" "map $id"
	rm "$2/two"
	expect_pins 0
	gone map "$id"
}

on_each_fs check_descriptors
