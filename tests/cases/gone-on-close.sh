# SPDX-License-Identifier: GPL-2.0-only
# what: unlinked while open, a pin ends when the last descriptor is closed
# timeout: 360

check_close()
{
	for type in prog map link; do
		id=$(bpfobj pin $type "$2/pin")
		exec 8<"$2/pin" 9<"$2/pin"
		expect_ok bpfobj unlink "$2/pin"
		expect_errno ENOENT bpfobj get "$2/pin"
		[ $type != map ] || drop_caches
		expect_pins 1
		alive $type "$id"
		# As in bpffs, whoever has the file can still open it.
		expect_same "$(bpfobj get /proc/self/fd/9)" "$type $id"
		exec 8<&-
		expect_pins 1
		alive $type "$id"
		exec 9<&-
		expect_pins 0
		gone $type "$id"
		# A descriptor that can do nothing holds the file as well.
		id=$(bpfobj pin $type "$2/pin")
		pid=$(fileop hold-path "$2/pin")
		expect_ok bpfobj unlink "$2/pin"
		expect_pins 1
		alive $type "$id"
		kill -KILL "$pid"
		wait_gone $type "$id"
		expect_pins 0
		# Killed, not closed.
		id=$(bpfobj pin $type "$2/pin")
		pid=$(bpfobj hold-file "$2/pin")
		expect_ok bpfobj unlink "$2/pin"
		alive $type "$id"
		kill -KILL "$pid"
		wait_gone $type "$id"
		expect_pins 0
	done
}

on_each_fs check_close
