# SPDX-License-Identifier: GPL-2.0-only
# what: the view syscalls counts each system call and each error, for the cgroup and those above, up to its own
. /tests/installed.sh
view_setup syscalls

step "as many as a program makes, and one to join"
expect_ok workload $a/deep calls 1000 70
for cgroup in $a/deep $a $base; do
	expect_value 1071 $cgroup calls
	expect_value 70 $cgroup failed
	expect_value 70 $cgroup errors
	expect_value 70 $cgroup errors ENOENT
	expect_value 0 $cgroup lost
done
expect_nothing $b

step "beside it nothing counts"
expect_ok workload $outside calls 1000 70
expect_value 1071 $base calls
expect_nothing $b

step "a second child"
expect_ok workload $b calls 100 5
expect_value 106 $b calls
expect_value 1071 $a calls
expect_value $((1071 + 106)) $base calls
expect_value 75 $base errors ENOENT

step "many at once"
for _ in 1 2 3 4; do
	workload $b calls 20000 1000 &
done
wait
expect_value $((106 + 4 * 21001)) $b calls
expect_value 4005 $b errors ENOENT
view_end
