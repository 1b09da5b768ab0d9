# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# For the tests in which everything that can fail does so once: see
# tests/tools/bpffault.c.

# shellcheck disable=SC2034
top=/sys/fs/cgroup/bpfpin-test

# fault OPERATION [ARGUMENT...]: a sweep over all points; prints how many.  One that
# is not as it should be fails the test at its end, behind the others.
faulty=''
fault()
{
	bpffault --folder "$T" --folder /sys/fs/cgroup "$@" || faulty="$faulty${faulty:+; }$*"
}
trap '[ -z "$faulty" ] || fail "$faulty"' EXIT

# fault_calls OPERATION [ARGUMENT...]: standard input is a list of functions of the
# kernel's that the module calls on the way: FUNCTION VALUE ERRORS, and "-" for those
# by which it must not fail.
fault_calls()
{
	while read -r function value errors; do
		fails=--fails
		[ "$errors" != - ] || fails=''
		# shellcheck disable=SC2086 # one word or none
		fault $fails --call "$function:$value" --errors "$errors" "$@" </dev/null
	done
}

load_fail_call()
{
	expect_ok insmod /tests/modules/fail_call.ko
}

unload_fail_call()
{
	expect_ok rmmod fail_call
}
