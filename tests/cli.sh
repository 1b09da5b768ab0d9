# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# For the tests of the command bpfpin.

# json FILTER COMMAND...: it works, says nothing on standard error, and prints
# one JSON text, of which jq's filter holds.
json()
{
	filter=$1
	shift
	"$@" >"$T/.out" 2>"$T/.err" || fail "this failed: $* ($(cat "$T/.out" "$T/.err"))"
	expect_json "$filter" "$*"
}

expect_json()
{
	[ ! -s "$T/.err" ] || fail "said on standard error: $(cat "$T/.err"): $2"
	jq -es "length == 1 and (.[0] | $1)" "$T/.out" >/dev/null ||
		fail "not $1: $(cat "$T/.out"): $2"
}

# expect_error TEXT WHAT: standard error has this line and no other, standard
# output nothing.  TEXT is a pattern.
expect_error()
{
	[ ! -s "$T/.out" ] || fail "printed beside an error: $(cat "$T/.out"): $2"
	said='' more=''
	{ IFS= read -r said && IFS= read -r more; } <"$T/.err" || :
	[ -z "$more" ] || fail "more than one line: $(cat "$T/.err"): $2"
	# shellcheck disable=SC2254 # it is a pattern
	case $said in
	"Error: "$1) ;;
	*) fail "said '$said', not 'Error: $1': $2" ;;
	esac
}

# expect_json_error TEXT WHAT: the same as JSON.
expect_json_error()
{
	[ ! -s "$T/.err" ] || fail "said on standard error: $(cat "$T/.err"): $2"
	said=$(jq -rs 'if length == 1 and (.[0] | keys - ["error", "error_bytes"] == [])
		then .[0].error else "not one error" end' "$T/.out" 2>&1) || :
	# shellcheck disable=SC2254 # it is a pattern
	case $said in
	$1) ;;
	*) fail "said '$said', not '$1': $2" ;;
	esac
}

# error TEXT ARGUMENT...: bpfpin with these arguments has exit code 1 and says
# this error and nothing else, plainly and as JSON.
error()
{
	wanted=$1
	shift
	code=0
	bpfpin "$@" >"$T/.out" 2>"$T/.err" </dev/null || code=$?
	[ $code = 1 ] || fail "exit code $code, expected 1: bpfpin $*"
	expect_error "$wanted" "bpfpin $*"
	code=0
	bpfpin -j "$@" >"$T/.out" 2>"$T/.err" </dev/null || code=$?
	[ $code = 1 ] || fail "exit code $code, expected 1: bpfpin -j $*"
	expect_json_error "$wanted" "bpfpin -j $*"
}

# quiet ARGUMENT...: bpfpin works and prints nothing.
quiet()
{
	bpfpin "$@" >"$T/.out" 2>&1 || fail "this failed: bpfpin $* ($(cat "$T/.out"))"
	[ ! -s "$T/.out" ] || fail "printed: $(cat "$T/.out"): bpfpin $*"
}

# pin_id PATH
pin_id()
{
	bpfpin -j show "$1" | jq .id
}
