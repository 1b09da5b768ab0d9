# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# For the tests of pairs, see tests/tools/bpfpairs.c.

. /tests/view.sh

# pairs OPERATION: against all events.
pairs()
{
	load_views
	mkdir "$T/pairs"
	bpfpairs -r $((40 * rounds)) -v "$progs/plain" "$1" all "$T/pairs" 2>"$T/why" || {
		cat "$T/why"
		fail "$(tail -n 1 "$T/why")"
	}
	expect_pins 0
}
