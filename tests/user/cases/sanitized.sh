# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# All tests of library and command once more, with sanitizers in both.

t_sanitized() {
	local log=$O/sanitized.log
	SANITIZE=1 WRAP='' O=$O CC=$CC tests/user/run >"$log" 2>&1 && return
	bad "see $log: $(grep -m 3 -E '^FAIL|ERROR: |runtime error' "$log" || tail -n 1 "$log")"
}
