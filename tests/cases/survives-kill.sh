# SPDX-License-Identifier: GPL-2.0-only
# what: a pin outlives its maker, killed by SIGKILL or ended, and a killed user
# timeout: 360

check_kill()
{
	for type in prog map link; do
		held=$(bpfobj hold $type "$2/pin")
		id=${held% *} pid=${held#* }
		expect_ok kill -KILL "$pid"
		# The process and its descriptors are gone when it is.
		wait_for not_there "$pid"
		expect_pins 1
		alive $type "$id"
		expect_same "$(bpfobj get "$2/pin")" "$type $id"
		# Who only opened it.
		held=$(bpfobj hold-pinned "$2/pin")
		expect_same "${held% *}" "$id"
		expect_ok kill -KILL "${held#* }"
		wait_for not_there "${held#* }"
		alive $type "$id"
		expect_same "$(bpfobj get "$2/pin")" "$type $id"
		rm "$2/pin"
		expect_pins 0
		gone $type "$id"
	done
}

not_there()
{
	[ ! -e "/proc/$1/fd" ] || [ -z "$(ls "/proc/$1/fd" 2>/dev/null)" ]
}

on_each_fs check_kill
