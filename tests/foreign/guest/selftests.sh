# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The kernel's selftests, each in a process of its own: one that crashes takes no other
# with it.

# How long one may take.
selftest_limit=300

run_part()
{
	cd /foreign/selftests || exit
	# shellcheck disable=SC2046 # a list of words
	[ $# -gt 0 ] || set -- $(cat tests)
	for test; do
		echo "=== $test"
		timeout -s KILL "$selftest_limit" ./test_progs -a "$test" >/tmp/log 2>&1
		code=$?
		cat /tmp/log
		selftest_results "$test" "$code" </tmp/log
	done
}

# selftest_results TEST CODE: a line "#12/3   name/part:OK" is a result.  It comes once more
# if the test fails, with all that it said.
selftest_results()
{
	awk -v test="$1" -v code="$2" '
		!/^#[0-9]+(\/[0-9]+)? +[^ ].*:(OK|FAIL|SKIP)/ { next }
		{
			sub(/^#[0-9\/]+ +/, "")
			match($0, /:(OK|FAIL|SKIP)[^:]*(: ?[0-9]+\/[0-9]+\))?$/)
			name = substr($0, 1, RSTART - 1)
			if (!seen[name]++)
				printf "RESULT\t%s\t%s\n", name, substr($0, RSTART + 1)
		}
		END {
			if (!seen[test])
				printf "RESULT\t%s\texit %s\n", test, code
		}'
}
