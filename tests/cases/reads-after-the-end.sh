# SPDX-License-Identifier: GPL-2.0-only
# what: a file that is open when its pin ends can be read to its end, and written anew
# timeout: 360

check_after()
{
	cd "$2"
	for type in map prog link; do
		id=$(bpfobj pin $type pin)
		text=$(cat pin)
		# Ended by name: the file is removed.
		exec 9<pin
		expect_ok bpfpin unpin pin >/dev/null
		expect_pins 0
		gone $type "$id"
		expect_same "$(cat <&9)" "$text"
		expect_errno ENOENT bpfobj get pin
		expect_same "$(bpfobj get /proc/self/fd/9 2>&1)" "errno $no_pin"
		exec 9<&-
		# Ended by its number, without a path: the file stays and is an ordinary one.
		id=$(bpfobj pin $type pin)
		text=$(cat pin)
		exec 9<pin
		expect_ok fileop end-pin pin
		expect_pins 0
		gone $type "$id"
		expect_same "$(cat <&9)" "$text"
		exec 9<&-
		expect_same "$(cat pin)" ""
		expect_errno $no_pin bpfobj get pin
		write_anew "$1"
		expect_ok rm pin
	done
	cd "$T"
}

# The file is like any other again.
write_anew()
{
	[ "$1" != hugetlbfs ] || return 0
	expect_ok bpfobj append pin text
	expect_same "$(cat pin)" text
	expect_ok bpfobj truncate pin
	expect_same "$(cat pin)" ""
	expect_ok bpfobj append pin again
	expect_ok bpfobj mmap pin
	expect_ok fileop mmap pin
	[ "$(cat pin)" = again ] || fail "written, but not there"
}

check_lasting() { no_pin=ESTALE; check_after "$@"; }
check_volatile() { no_pin=EACCES; check_after "$@"; }

on_each_fs check_lasting ext4 xfs btrfs overlay
on_each_fs check_volatile tmpfs ramfs hugetlbfs devtmpfs
