# SPDX-License-Identifier: GPL-2.0-only
# what: view plot draws the histogram of a view that comes along into a terminal, again and again
. /tests/installed.sh
view_setup runqlat

workload $a/deep spin 500 100 >/dev/null
# as often as it takes until there is something new
while [ ! -e "$T/stop" ]; do
	workload $a/deep spin 100 10 >/dev/null
done &
TERM=linux expect_ok script -qec "stty cols 60; bpfpin view plot $a/bpf.runqlat wait_usec -i 1 -c 3" /dev/null >"$T/typed"
touch "$T/stop"
wait
cat "$T/typed"
# a screen is all between two times that it is cleared
tr -d '\r' <"$T/typed" | awk -v RS='\033\\[H\033\\[2J' -v part="$T/screen" '
	NR > 1 { printf "%s", $0 >(part (NR - 1)) }'
for n in 1 2 3; do
	[ "$(head -n 1 "$T/screen$n")" = wait_usec ] || fail "no key in screen $n"
	grep -qE '^ +[0-9.]+[mu]?s - +[0-9.]+[mu]?s +[1-9][0-9]*  [^ ]+$' "$T/screen$n" || fail "no bar in screen $n"
	grep -qE '^  total [1-9][0-9]*  p50 ~.*  p90 ~.*  p99 [~>]' "$T/screen$n" || fail "no total in screen $n"
	[ "$(wc -L <"$T/screen$n")" -le 60 ] || fail "screen $n is wider than the terminal"
done
view_end
