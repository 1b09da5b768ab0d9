# SPDX-License-Identifier: GPL-2.0-only
# what: on a debug kernel KASAN, lockdep, kmemleak, fault injection and the search for hung tasks are on
# kernels: *-debug

debugfs=/sys/kernel/debug

# Where it is built in it is on; what it said at boot may have left the log by now.
grep -q ' kasan_report$' /proc/kallsyms || fail "no KASAN"
# A full table, or the first complaint, switches it off for good.
grep -q '^ *debug_locks: *1$' /proc/lockdep_stats || fail "lockdep is off"
expect_ok grep -q '^ *in-process chains' /proc/lockdep_stats
expect_ok test -w $debugfs/kmemleak
expect_ok test -d $debugfs/failslab
expect_ok test -d $debugfs/fail_function
expect_ok test -e $debugfs/debug_objects/stats
[ "$(cat /proc/sys/kernel/hung_task_timeout_secs)" -gt 0 ] || fail "hung tasks are not looked for"
