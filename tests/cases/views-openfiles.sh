# SPDX-License-Identifier: GPL-2.0-only
# what: the view openfiles counts each open and why it failed
. /tests/installed.sh
view_setup openfiles

expect_ok workload $a/deep opens 300 20 7
for cgroup in $a/deep $a $base; do
	expect_value 327 $cgroup opens
	expect_value 27 $cgroup failed
	expect_value 20 $cgroup errors ENOENT
	expect_value 7 $cgroup errors EMFILE
	expect_value 27 $cgroup errors
	expect_value 0 $cgroup lost
done
expect_nothing $b
expect_ok workload $outside opens 300 20 7
expect_value 327 $base opens
expect_ok workload $b opens 10 0 0
expect_value 10 $b opens
expect_value 337 $base opens
view_end
