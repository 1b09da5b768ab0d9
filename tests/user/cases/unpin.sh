# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Ending pins; read by tests/user/run.

t_unpin_path() {
	two_pins | fake
	bpfpin unpin /m/a
	is_rc 0; no_err; is_out ''
	logged 'UNPIN id=0 path=/m/a path_fd=-100'
	bpfpin -j unpin /m/a
	is_rc 0; is_json '. == {id: 1, path: "/m/a", file_stays: false}'
	bpfpin unpin /none
	is_error 'cannot unpin /none: No such file or directory'
}

t_unpin_what_is_no_pin() {
	printf '%s\n' 'at path=/stale state=2' 'at path=/plain state=0' | fake
	bpfpin unpin /stale
	is_error '/stale was left behind by a pin that has ended: "bpfpin clean" removes it'
	bpfpin unpin /plain
	is_error '/plain is no pin'
	logged 'FILE path=/plain path_fd=-100 flags=1'
}

t_unpin_inherited() {
	printf '%s\n' 'at path=/cg/a/bpf.x pin=7 state=5' 'pin id=7 view=3' | fake
	bpfpin unpin /cg/a/bpf.x
	is_error 'cannot unpin /cg/a/bpf.x: it is inherited from a cgroup above, as pin 7; remove it there'
	bpfpin -j unpin /cg/a/bpf.x
	is_json_error 'cannot unpin /cg/a/bpf.x: it is inherited from a cgroup above, as pin 7; remove it there'
	# a pin in a directory of somebody else's
	{ mounts; echo 'pin id=1 unpin=EPERM'; echo 'at path=/m/f pin=1'; } | fake
	bpfpin unpin /m/f
	is_error 'cannot unpin /m/f: Operation not permitted'
}

t_unpin_id() {
	two_pins | fake
	bpfpin unpin id
	is_error 'the id of the pin is missing: see "bpfpin help unpin"'
	not_logged UNPIN
	bpfpin unpin id 9
	is_rc 0; no_err; is_out ''
	logged 'UNPIN id=9 path=/run/c path_fd=-100'
	bpfpin -j unpin id 9
	is_json '. == {id: 9, path: "/run/c", file_stays: false}'
	bpfpin unpin id 3
	is_error 'there is no pin with id 3'
	for id in 0 x; do
		bpfpin unpin id $id
		is_error "\"$id\" is not the id of a pin: see \"bpfpin help unpin\""
	done
}

t_unpin_id_without_path() {
	{ mounts; echo 'pin id=1 dev=0:99 path=/f'; } | fake
	bpfpin unpin id 1
	is_rc 0; no_err
	is_out 'pin 1 has ended; its file stays, as no path leads to it from here'
	logged 'UNPIN id=1 path= path_fd=-100'
	bpfpin -j unpin id 1
	is_json '. == {id: 1, path: null, file_stays: true}'
}

t_unpin_id_deleted_file() {
	{ mounts; echo 'pin id=1 dev=0:30 path=/f pflags=5'; } | fake
	bpfpin unpin id 1
	is_rc 0; no_err; is_out ''
	logged 'UNPIN id=1 path= path_fd=-100'
}

t_unpin_id_of_a_renamed_file() {
	{ mounts; echo 'pin id=1 dev=0:30 path=/f moves=/g'; echo 'at path=/m/f pin=1'
	  echo 'at path=/m/g pin=1'; } | fake
	bpfpin unpin id 1
	is_rc 0; no_err; is_out ''
	logged 'UNPIN id=1 path=/m/g path_fd=-100'
	not_logged 'path= '
}

t_unpin_id_read_only() {
	{ mounts; echo 'pin id=1 dev=0:30 path=/f unpin=EROFS'; echo 'at path=/m/f pin=1'; } | fake
	bpfpin unpin id 1
	is_rc 0; no_err
	is_out 'pin 1 has ended; its file /m/f stays, as the file system is read-only'
}

t_unpin_id_refused() {
	{ mounts; echo 'pin id=1 dev=0:30 path=/f unpin=EACCES'; echo 'at path=/m/f pin=1'; } | fake
	bpfpin unpin id 1
	is_error 'cannot end pin 1 at /m/f: Permission denied'
	not_logged 'path= '
	bpfpin -j unpin id 1
	is_json_error 'cannot end pin 1 at /m/f: Permission denied'
}

t_unpin_all() {
	two_pins | fake
	bpfpin unpin --all
	is_rc 0; no_err; is_out '2 pins ended'
	logged 'UNPIN id=1 path=/m/a path_fd=-100'
	logged 'UNPIN id=9 path=/run/c path_fd=-100'
	bpfpin -j unpin -a
	is_rc 0
	is_json '(.unpinned | map(.id)) == [1, 9] and .failed == [] and (has("error") | not)'
	mounts | fake
	bpfpin unpin --all
	is_rc 0; is_out '0 pins ended'
}

t_unpin_all_that_end_together() {
	{ two_pins; echo 'pin id=2 pname=a with=1'; echo 'pin id=3 pname=b with=1'; echo 'pin id=12 with=9'
	  echo 'pin id=13 pname=c'; } | fake
	bpfpin unpin --all
	is_rc 0; no_err; is_out '3 pins ended, and 3 with them'
	bpfpin -j unpin --all
	is_rc 0; is_json '(.unpinned | map(.id)) == [1, 9, 13] and .failed == [] and .ended_with_them == 3'
	{ mounts; echo 'pin id=1 dev=0:99 path=/f'; echo 'pin id=2 pname=a with=1'; } | fake
	bpfpin unpin --all
	is_rc 0
	is_out '1 pin ended, and 1 with it; the files of 1 stay, as no path that can be written leads to them from here'
}

t_unpin_all_partial() {
	{ two_pins
	  echo 'pin id=2 dev=0:30 path=/b\x0a unpin=EACCES'; echo 'at path=/m/b\x0a pin=2'
	  echo 'pin id=3 dev=0:99 path=/c'; } | fake
	bpfpin unpin --all
	is_rc 1
	[ "$(cat "$err")" = 'Error: cannot end pin 2 at /m/b\x0a: Permission denied' ] || bad "said $(cat "$err")"
	is_out '3 pins ended; the files of 1 stay, as no path that can be written leads to them from here'
	bpfpin -j unpin --all
	is_rc 1; no_err
	is_json '.error == "1 of 4 pins could not be ended" and (.unpinned | map(.id)) == [1, 3, 9] and
		 .failed == [{id: 2, path: "/m/b\n", error: "Permission denied"}] and
		 (.unpinned | map(.file_stays)) == [false, true, false]'
}

t_unpin_all_cannot_list() {
	{ two_pins; echo "fail request=INFO error=EIO skip=4"; } | fake
	bpfpin unpin --all
	is_rc 1
	[ "$(cat "$err")" = 'Error: cannot list the pins: Input/output error' ] || bad "said $(cat "$err")"
	is_out '1 pin ended'
	bpfpin -j unpin --all
	is_rc 1; is_json '.error == "cannot list the pins: Input/output error" and (.unpinned | length) == 1'
}

t_unpin_all_progress_on_a_terminal() {
	[ "$WRAP" ] && return
	two_pins | fake
	: >"$log"
	LD_PRELOAD="$PWD/$T/fake.so" BPFPIN_FAKE="$script" script -qec "$O/bpfpin unpin --all" /dev/null \
		>"$out" 2>&1 </dev/null
	grep -q '1 of 2 pins ended' "$out" || bad "printed $(cat -v "$out")"
	grep -q '^.*2 pins ended' "$out" || bad "printed $(cat -v "$out")"
}
