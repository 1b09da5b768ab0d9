# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# To write tests with; read by tests/user/run.

# The script of the fake kernel, from stdin.
fake() { cat >"$script"; }

# Runs the command under the fake kernel; rc, $out and $err tell what came.
bpfpin() {
	: >"$log"
	# shellcheck disable=SC2086 # WRAP is words
	env LD_PRELOAD="$PWD/$T/fake.so" BPFPIN_FAKE="$script" BPFPIN_FAKE_LOG="$log" \
		${WRAP:+$WRAP} "$O/bpfpin" "$@" >"$out" 2>"$err" </dev/null
	rc=$?
	if grep -q MALFORMED "$log"; then
		bad "$(grep -m1 MALFORMED "$log") request"
	fi
	return 0
}

why=''
bad() { why=${why:-$1}; }
is_rc() { [ "$rc" = "$1" ] || bad "exit code $rc, not $1: $(head -c 300 "$err" "$out")"; }
# The whole of stderr is this one line.
is_error() {
	[ "$rc" = 1 ] || bad "exit code $rc, not 1"
	[ "$(cat "$err")" = "Error: $1" ] || bad "said \"$(cat "$err")\""
	[ -s "$out" ] && bad "printed on stdout beside an error: $(head -c 300 "$out")"
}
is_out() { [ "$(cat "$out")" = "$1" ] || bad "printed \"$(head -c 600 "$out")\""; }
no_err() { [ -s "$err" ] && bad "said \"$(head -c 300 "$err")\""; }
logged() { grep -qxF -- "$1" "$log" || bad "no \"$1\" among: $(grep -v '^FILE' "$log" | tr '\n' ';')"; }
not_logged() { grep -q -- "$1" "$log" && bad "there is a \"$1\" in the log"; }
# stdout is one valid JSON text in UTF-8, and jq's filter holds of it.
is_json() {
	local filter=$1
	shift
	iconv -f UTF-8 -t UTF-8 "$out" >/dev/null 2>&1 || bad "output is no UTF-8"
	[ "$(jq -s length "$out" 2>/dev/null)" = 1 ] || bad "not one JSON text: $(head -c 600 "$out")"
	jq -e "$@" "$filter" "$out" >/dev/null 2>&1 || bad "not $filter: $(head -c 600 "$out")"
}
is_json_error() {
	[ "$rc" = 1 ] || bad "exit code $rc, not 1"
	no_err
	is_json '. == {"error": $e}' --arg e "$1"
}

no_module='the bpfpin module is not loaded (no /dev/bpfpin): load it with "modprobe bpfpin"'

# Two pins on mounts of the fake table, one more without a path.
mounts() {
	cat >"$work/mountinfo" <<-'END'
	20 1 8:1 / / rw - ext4 /dev/sda1 rw
	21 20 0:30 / /m rw shared:3 - tmpfs tmpfs rw
	22 20 0:30 /sub /bind\040here rw - tmpfs tmpfs rw
	23 20 0:31 /vol /btr rw - btrfs /dev/sdb rw
	24 20 0:32 / /od\134d\011tab\012nl rw - tmpfs tmpfs rw
	END
	echo "mountinfo $work/mountinfo"
}
two_pins() {
	mounts
	cat <<-'END'
	status pins=2 watches=3
	pin id=1 type=1 oid=11 sub=6 name=xdp_drop tag=0123456789abcdef kind=file fs=tmpfs dev=0:30 ino=7 path=/a uid=0 pid=55 comm=agent created=1700000000123456789
	pin id=9 type=2 oid=12 sub=1 name=counters kind=file fs=ext4 dev=8:1 ino=123456 path=/run/c uid=1000 pid=56 comm=b created=1700000001000000000
	at path=/m/a pin=1
	at path=/run/c pin=9
	END
}
