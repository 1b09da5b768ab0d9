# SPDX-License-Identifier: GPL-2.0-only
# what: a second hard link keeps the pin; it ends with the last name
# timeout: 360

check_links()
{
	for type in prog map link; do
		id=$(bpfobj pin $type "$2/first")
		mkdir "$2/sub"
		expect_ok bpfobj link "$2/first" "$2/sub/second"
		expect_same "$(bpfobj get "$2/sub/second")" "$type $id"
		expect_ok bpfobj unlink "$2/first"
		alive $type "$id"
		expect_same "$(bpfobj get "$2/sub/second")" "$type $id"
		[ $type != map ] || drop_caches
		expect_ok bpfobj link "$2/sub/second" "$2/third"
		expect_ok bpfobj unlink "$2/sub/second"
		expect_pins 1
		alive $type "$id"
		expect_same "$(bpfobj get "$2/third")" "$type $id"
		expect_ok bpfobj unlink "$2/third"
		expect_pins 0
		gone $type "$id"
		rmdir "$2/sub"
	done
}

on_each_fs check_links
