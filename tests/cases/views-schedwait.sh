# SPDX-License-Identifier: GPL-2.0-only
# what: the view schedwait has the waits that /proc/PID/schedstat has, moves between CPUs included
. /tests/installed.sh
view_setup schedwait

step "more tasks than CPUs, which the scheduler moves about"
for i in 1 2 3 4 5; do
	workload $a/deep spin 2000 50 >"$T/spin$i" &
done
workload $b spin 2000 50 >"$T/beside" &
workload $outside spin 2000 50 >/dev/null &
wait
cat "$T"/spin? "$T/beside"
[ "$(spun 1 "$T"/spin?)" -gt 1000000 ] || fail "they did not wait"
for cgroup in $a/deep $a; do
	between "$(spun 1 "$T"/spin?)" "$(value $cgroup wait_usec)" "$(spun 3 "$T"/spin?)" 100
	between "$(spun 2 "$T"/spin?)" "$(value $cgroup waits)" "$(spun 4 "$T"/spin?)" 0
	expect_value 0 $cgroup lost
done
between "$(spun 1 "$T/beside")" "$(value $b wait_usec)" "$(spun 3 "$T/beside")" 100
near "$(value $base wait_usec)" "$(($(value $a wait_usec) + $(value $b wait_usec)))" 0 2

step "the longest"
longest=$(value $a longest_wait_usec)
between 1000 "$longest" 2500000 0
[ "$(value $base longest_wait_usec)" -ge "$longest" ] || fail "above it is shorter"
view_end
