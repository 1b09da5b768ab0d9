# SPDX-License-Identifier: GPL-2.0-only
# what: unlink of the file ends its pin, and only that, before unlink(2) returns
# timeout: 360

check_unlink()
{
	for type in prog map link; do
		id=$(bpfobj pin $type "$2/pin")
		other=$(bpfobj pin $type "$2/other")
		expect_pins 2
		expect_same "$(bpfobj get "$2/pin")" "$type $id"
		expect_ok bpfobj unlink "$2/pin"
		expect_pins 1
		gone $type "$id"
		expect_errno ENOENT bpfobj get "$2/pin"
		alive $type "$other"
		expect_same "$(bpfobj get "$2/other")" "$type $other"
		# The name is free again.
		id=$(bpfobj pin $type "$2/pin")
		expect_ok rm "$2/pin" "$2/other"
		expect_pins 0
		gone $type "$id"
		gone $type "$other"
	done
}

on_each_fs check_unlink
