# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# The command line; read by tests/user/run.

t_prefixes() {
	two_pins | fake
	for word in l li sh st vi ve unp\ /m/a; do
		# shellcheck disable=SC2086
		bpfpin $word
		is_rc 0
	done
	bpfpin s; is_error '"s" may be show, status: type more of it'
	bpfpin ''; is_error 'there is no command "": see "bpfpin help"'
	bpfpin listing; is_error 'there is no command "listing": see "bpfpin help"'
	bpfpin $'x\e'; is_error 'there is no command "x\x1b": see "bpfpin help"'
}

t_options_anywhere() {
	two_pins | fake
	bpfpin list -j; is_json 'length == 2'
	bpfpin unpin /m/a --json; is_json '.id == 1'
	bpfpin -j -- list; is_json 'length == 2'
	# what follows -- is no option
	bpfpin -- show -j; is_error 'cannot look at -j: No such file or directory'
}

t_options_wrong() {
	two_pins | fake
	bpfpin --bogus list; is_error 'there is no option "--bogus": see "bpfpin help"'
	bpfpin -x list; is_error 'there is no option "-x": see "bpfpin help"'
	bpfpin -dx list; is_error 'there is no option "-x": see "bpfpin help"'
	bpfpin --all=3 unpin; is_error 'there is no option "--all=3": see "bpfpin help"'
	bpfpin --bogus list -j; is_json_error 'there is no option "--bogus": see "bpfpin help"'
	bpfpin list --all; is_error 'list takes no --all: see "bpfpin help list"'
	bpfpin unpin -r /x; is_error 'unpin takes no --recursive: see "bpfpin help unpin"'
	bpfpin show -n; is_error 'show takes no --dry-run: see "bpfpin help show"'
}

t_arguments_wrong() {
	two_pins | fake
	bpfpin list x; is_error 'unexpected argument "x": see "bpfpin help list"'
	bpfpin status x; is_error 'unexpected argument "x": see "bpfpin help status"'
	bpfpin version x; is_error 'unexpected argument "x": see "bpfpin help version"'
	bpfpin show a b; is_error 'unexpected argument "b": see "bpfpin help show"'
	bpfpin show id 1 2; is_error 'unexpected argument "1": see "bpfpin help show"'
	bpfpin unpin; is_error 'what to unpin is missing: see "bpfpin help unpin"'
	bpfpin unpin a b; is_error 'unexpected argument "b": see "bpfpin help unpin"'
	bpfpin unpin --all a; is_error 'unexpected argument "a" after --all: see "bpfpin help unpin"'
	bpfpin clean; is_error 'what to clean is missing: see "bpfpin help clean"'
	not_logged UNPIN
}

t_help() {
	: | fake
	bpfpin help; is_rc 0; no_err
	grep -q '^Usage: bpfpin' "$out" || bad "printed $(cat "$out")"
	cp "$out" "$work/help"
	bpfpin -h; is_rc 0
	cmp -s "$out" "$work/help" || bad "-h prints something else"
	for command in pin attach get show list unpin tie untie view monitor status clean version help; do
		grep -q "^  $command " "$work/help" || bad "help does not tell of $command"
		grep -q "^.*$command" cmd/bpfpin.8 || bad "the manual page does not tell of $command"
		bpfpin help $command; is_rc 0
		grep -q "^Usage: bpfpin \[OPTIONS\] $command" "$out" || bad "printed $(cat "$out")"
		bpfpin -j help $command; is_json '.command == $c' --arg c $command
	done
	bpfpin -j help; is_json 'length == 14'
	bpfpin help foo; is_error 'there is no command "foo": see "bpfpin help"'
	bpfpin; is_rc 1; is_out ''
	grep -q '^Usage: bpfpin' "$err" || bad "said $(cat "$err")"
	bpfpin -j; is_json_error 'a command is missing: see "bpfpin help"'
}

t_debug() {
	two_pins | fake
	bpfpin -d -j list
	is_rc 0; is_json 'length == 2'
	grep -q '^libbpfpin: ' "$err" || bad "told nothing"
	# it names no error where nothing is wrong
	grep -q 'No such file' "$err" && bad "said $(cat "$err")"
	bpfpin -d status
	grep -q 'No such file' "$err" && bad "said $(cat "$err")"
	:
}

t_output_cannot_be_written() {
	[ -w /dev/full ] || { bad "there is no /dev/full"; return; }
	two_pins | fake
	# shellcheck disable=SC2086
	env LD_PRELOAD="$PWD/$T/fake.so" BPFPIN_FAKE="$script" ${WRAP:+$WRAP} "$O/bpfpin" list >/dev/full 2>"$err"
	rc=$?
	: >"$out"
	is_error 'cannot write to the standard output'
}
