# SPDX-License-Identifier: GPL-2.0-only
# what: a rename over the file ends its pin; a pin renamed over a pin lives on
# timeout: 360

check_rename_over()
{
	for type in prog map link; do
		# by an ordinary file
		id=$(bpfobj pin $type "$2/pin")
		: >"$2/file"
		expect_ok bpfobj rename "$2/file" "$2/pin"
		expect_pins 0
		gone $type "$id"
		expect_errno EACCES bpfobj get "$2/pin"
		# by a pin
		id=$(bpfobj pin $type "$2/old")
		other=$(bpfobj pin $type "$2/new")
		expect_ok bpfobj rename "$2/new" "$2/old"
		expect_pins 1
		gone $type "$id"
		alive $type "$other"
		expect_same "$(bpfobj get "$2/old")" "$type $other"
		# a pin over an ordinary file
		expect_ok bpfobj rename "$2/old" "$2/pin"
		expect_same "$(bpfobj get "$2/pin")" "$type $other"
		expect_pins 1
		# to another file system: a copy, then an unlink
		expect_ok mv "$2/pin" "$T/copy"
		expect_pins 0
		gone $type "$other"
		rm "$T/copy"
	done
}

on_each_fs check_rename_over
