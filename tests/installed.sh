# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# For the tests of views that come along with the command.

# view_setup VIEW: installed at $base, which has the children $a, with $a/deep, and
# $b; beside it is $outside.
view_setup()
{
	view=$1
	base=/sys/fs/cgroup/bpfpin-test a=$base/a b=$base/b outside=/sys/fs/cgroup/bpfpin-beside
	echo "+io +memory" >/sys/fs/cgroup/cgroup.subtree_control
	mkdir $base
	echo "+io +memory" >$base/cgroup.subtree_control
	mkdir $a $b $outside
	echo "+io +memory" >$a/cgroup.subtree_control
	mkdir $a/deep
	expect_ok bpfpin view install "$view" at $base inherit
}

# view_end: by rm(1), with all that hangs on it
view_end()
{
	rm "$base/bpf.$view"
	expect_pins 0
	rmdir "$a/deep" "$a" "$b" "$base" "$outside"
}

# view_text CGROUP
view_text()
{
	cat "$1/bpf.$view"
}

# value CGROUP KEY [SUBKEY]: a number, or of a histogram the sum of all.
value()
{
	view_text "$1" >"$T/view"
	awk -v key="$2" -v sub_key="${3:-}" '
		$1 != key { next }
		$2 !~ /=/ { print $2; found = 1; next }
		{
			for (i = 2; i <= NF; i++) {
				split($i, pair, "=")
				if (sub_key == "" || sub_key == pair[1])
					sum += pair[2]
			}
			print sum + 0
			found = 1
		}
		END { exit !found }' "$T/view" || fail "no $2 in $1: $(cat "$T/view")"
}

# expect_value NUMBER CGROUP KEY [SUBKEY]
expect_value()
{
	expected=$1
	shift
	expect_same "$(value "$@")" "$expected" "$*"
}

# near A B PERCENT SLACK: B is what A should be.
near()
{
	echo "  $1, expected $2"
	awk -v a="$1" -v b="$2" -v percent="$3" -v slack="$4" 'BEGIN {
		differ = a > b ? a - b : b - a
		exit differ > b * percent / 100 + slack
	}' || fail "$1 is not near $2"
}

# expect_nothing CGROUP...: no event was counted there.
expect_nothing()
{
	for cgroup; do
		! view_text "$cgroup" | grep -E ' [1-9][0-9]*$|=[1-9]' || fail "something was counted in $cgroup"
	done
}

# between LOW NUMBER HIGH SLACK
between()
{
	echo "  $2, expected $1 to $3"
	awk -v low="$1" -v n="$2" -v high="$3" -v slack="$4" \
		'BEGIN { exit n < low - slack || n > high + slack }' || fail "$2 is not between $1 and $3"
}

# spun COLUMN FILE...: the sum of what workload spin has printed: 1 nanoseconds and 2
# runs inside, 3 and 4 with joining and leaving.
spun()
{
	column=$1
	shift
	cat "$@" | awk -v column="$column" '
		{ sum += $column }
		END { printf "%d", column % 2 ? sum / 1000 : sum }'
}
