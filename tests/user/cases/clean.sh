# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Removing leftovers; read by tests/user/run.

stale_tree() {
	rm -rf "$work/tree"
	mkdir -p "$work/tree/d"
	: >"$work/tree/stale"; : >"$work/tree/d/stale"; : >"$work/tree/plain"; : >"$work/tree/alive"
	echo full >"$work/tree/full"; ln -s stale "$work/tree/link"
	cat <<-END
	at path=$work/tree/stale state=2
	at path=$work/tree/d/stale state=2
	at path=$work/tree/plain state=0
	at path=$work/tree/full state=2
	at path=$work/tree/link state=2
	at path=$work/tree/alive pin=1
	pin id=1
	END
}

t_clean_file() {
	stale_tree | fake
	bpfpin clean "$work/tree/stale"
	is_rc 0; no_err; is_out "removed $work/tree/stale"
	logged "CLEAN path=$work/tree/stale path_fd=-100"
	bpfpin -j clean "$work/tree/stale"
	is_json '. == {dry_run: false, removed: [{path: $p}], failed: []}' --arg p "$work/tree/stale"
}

t_clean_what_is_not_stale() {
	stale_tree | fake
	bpfpin clean "$work/tree/plain"
	is_error "$work/tree/plain: not left behind by a pin, so not removed"
	bpfpin clean "$work/tree/alive"
	is_error "$work/tree/alive: a pin that lives, so not removed"
	bpfpin clean "$work/tree"
	is_error "$work/tree: a directory: --recursive looks below it"
	not_logged CLEAN
	bpfpin clean ''
	is_rc 1
}

t_clean_goes_on() {
	stale_tree | fake
	bpfpin clean "$work/tree/plain" "$work/tree/stale"
	is_rc 1
	is_out "removed $work/tree/stale"
	[ "$(wc -l <"$err")" = 1 ] || bad "said $(cat "$err")"
	bpfpin -j clean "$work/tree/plain" "$work/tree/stale"
	is_rc 1; no_err
	is_json '.error == "1 file could not be cleaned" and (.failed | length) == 1 and (.removed | length) == 1'
}

t_clean_recursive() {
	stale_tree | fake
	bpfpin clean -r "$work/tree"
	is_rc 0; no_err
	[ "$(sort "$out")" = "removed $work/tree/d/stale
removed $work/tree/stale" ] || bad "printed $(cat "$out")"
	not_logged tree/full
	not_logged tree/link
	bpfpin clean -r "$work/tree/stale" "$work/none"
	is_rc 1; is_out "removed $work/tree/stale"
	[ "$(cat "$err")" = "Error: $work/none: No such file or directory" ] || bad "said $(cat "$err")"
	bpfpin clean -r "$work/tree/plain"
	is_error "$work/tree/plain: not left behind by a pin, so not removed"
	bpfpin clean -r ''
	is_rc 1
}

t_clean_dry_run() {
	stale_tree | fake
	bpfpin clean --dry-run --recursive "$work/tree"
	is_rc 0; no_err
	[ "$(sort "$out")" = "would remove $work/tree/d/stale
would remove $work/tree/stale" ] || bad "printed $(cat "$out")"
	not_logged CLEAN
	bpfpin -n clean "$work/tree/alive"
	is_error "$work/tree/alive: a pin that lives, so not removed"
	bpfpin -jn clean "$work/tree/stale"
	is_json '.dry_run and (.removed | length) == 1'
}

t_clean_name_with_newline() {
	printf 'at path=/x\\x0ay state=2\n' | fake
	bpfpin clean $'/x\ny'
	is_rc 0; is_out 'removed /x\x0ay'
}
