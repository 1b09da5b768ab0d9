# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# A terminal, which is tmux's, to run a program in and see what it shows; read by
# tests/user/run.  Nothing here takes a time for a proof: what is to be there is waited
# for.

# Each has a server of its own: one that was told to end may take a moment to.
terminals=0
tm() { env -u TMUX tmux -u -S "$work/tmux$terminals" -f /dev/null "$@"; }
# terminal COLUMNS LINES COMMAND...: run in a terminal of that size.
terminal() {
	local columns=$1 lines=$2
	shift 2
	rm -f "$work/ended"
	terminals=$((terminals + 1))
	# shellcheck disable=SC2016 # for the shell that is started
	tm new-session -d -x "$columns" -y "$lines" bash -c 'trap : INT
		env -u COLUMNS -u LINES "$@"
		echo $? >"$0"
		exec sleep 1000' "$work/ended" "$@" || bad "tmux does not start"
}
keys() { tm send-keys "$@"; }
# soon COMMAND...: within a minute; the screen is in $out.  What has failed already need
# not wait again.
soon() {
	local tries
	[ "$why" ] && tries=1 || tries=600
	for ((; tries; tries--)); do
		tm capture-pane -p >"$out" 2>/dev/null
		"$@" && return
		sleep 0.1
	done
	return 1
}
on_screen() { tr '\n' '|' <"$out"; }
# has PATTERN, has_not PATTERN: there is, or is not, such a line.
has() { soon grep -q -- "$1" "$out" || bad "no line \"$1\" on the screen: $(on_screen)"; }
no_line() { ! grep -q -- "$1" "$out"; }
has_not() { soon no_line "$1" || bad "a line \"$1\" on the screen: $(on_screen)"; }
# ended CODE: with that exit code, and the terminal is as before.
ended() {
	soon test -s "$work/ended"
	[ "$(cat "$work/ended" 2>&1)" = "$1" ] || bad "it ended with $(cat "$work/ended" 2>&1), not $1"
	[ "$(tm display-message -p '#{alternate_on} #{cursor_flag}')" = '0 1' ] || bad "the screen is still its own"
	stty -F "$(tm display-message -p '#{pane_tty}')" -a | grep -q ' icanon .* echo ' ||
		bad "the terminal does not echo"
	tm kill-server
}
