# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Showing one pin; read by tests/user/run.

t_show_id() {
	two_pins | fake
	bpfpin -j show id 9
	is_rc 0; is_json '.id == 9 and .path == "/run/c"'
	bpfpin show id 0x9
	is_rc 0
	[ "$(wc -l <"$out")" = 2 ] || bad "printed $(cat "$out")"
	bpfpin show id 2
	is_error 'there is no pin with id 2'
	bpfpin -j show id 2
	is_json_error 'there is no pin with id 2'
}

t_show_id_wrong() {
	mounts | fake
	for id in x -1 1x '' ' 1' 4294967296 99999999999999999999999 +1; do
		bpfpin show -- id "$id"
		is_error "\"$id\" is not the id of a pin: see \"bpfpin help show\""
	done
}

t_show_path() {
	two_pins | fake
	bpfpin -j show /run/c
	is_rc 0; is_json '.id == 9'
	bpfpin show /none
	is_error 'cannot look at /none: No such file or directory'
	bpfpin show id
	is_error 'the id of the pin is missing: see "bpfpin help show"'
	bpfpin show ./id
	is_error 'cannot look at ./id: No such file or directory'
}

t_show_what_is_no_pin() {
	cat <<-'END' | fake
	at path=/plain state=0
	at path=/proc/x state=0 reason=procfs\x20keeps\x20no\x20files
	at path=/stale state=2 pin=4
	at path=/alias state=3 pin=4
	at path=/bpf state=4
	at path=/closed error=EACCES
	END
	bpfpin show /plain; is_error '/plain is no pin'
	bpfpin show /proc/x; is_error '/proc/x is no pin, and cannot be one: procfs keeps no files'
	bpfpin show /stale; is_error '/stale was left behind by a pin that has ended: "bpfpin clean" removes it'
	bpfpin show /alias; is_error '/alias is a copy of, or another way to, the pin with id 4, and no pin itself'
	bpfpin show /bpf; is_error '/bpf is a pin of bpffs, which needs none of this: use bpftool'
	bpfpin show /closed; is_error 'cannot look at /closed: Permission denied'
	printf '%s\n' nobody 'at path=/plain state=0' | fake
	bpfpin show /plain; is_error '/plain is no pin that you may see'
	bpfpin unpin /plain; is_error '/plain is no pin that you may see'
}
