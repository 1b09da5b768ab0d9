# SPDX-License-Identifier: GPL-2.0-only
# what: rename of the file, or of a folder above it, keeps the pin
# timeout: 360

check_rename()
{
	mkdir "$2/a" "$2/b"
	for type in prog map link; do
		id=$(bpfobj pin $type "$2/a/pin")
		expect_ok bpfobj rename "$2/a/pin" "$2/a/renamed"
		expect_errno ENOENT bpfobj get "$2/a/pin"
		expect_same "$(bpfobj get "$2/a/renamed")" "$type $id"
		expect_ok bpfobj rename "$2/a/renamed" "$2/b/moved"
		expect_same "$(bpfobj get "$2/b/moved")" "$type $id"
		expect_ok bpfobj rename "$2/b" "$2/c"
		expect_same "$(bpfobj get "$2/c/moved")" "$type $id"
		expect_ok bpfobj rename "$2/c" "$2/b"
		expect_pins 1
		alive $type "$id"
		# The old name is free for another.
		other=$(bpfobj pin $type "$2/a/pin")
		expect_same "$(bpfobj get "$2/b/moved")" "$type $id"
		expect_same "$(bpfobj get "$2/a/pin")" "$type $other"
		# Onto itself.
		expect_ok bpfobj rename "$2/b/moved" "$2/b/moved"
		alive $type "$id"
		expect_ok bpfobj unlink "$2/b/moved"
		expect_pins 1
		gone $type "$id"
		expect_ok bpfobj unlink "$2/a/pin"
		gone $type "$other"
	done
	# Two pins change places.
	id=$(bpfobj pin map "$2/a/pin")
	other=$(bpfobj pin map "$2/b/pin")
	expect_ok fileop exchange "$2/a/pin" "$2/b/pin"
	expect_same "$(bpfobj get "$2/a/pin")" "map $other"
	expect_same "$(bpfobj get "$2/b/pin")" "map $id"
	expect_pins 2
	rm "$2/a/pin" "$2/b/pin"
	gone map "$id"
	gone map "$other"
}

on_each_fs check_rename
