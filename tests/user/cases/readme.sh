# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash

# What the README says that somebody prints, somebody prints.
t_readme_errors() {
	tests/user/quotes README.md >"$out" 2>"$err" || bad "$(cat "$out" "$err")"
	# and it would notice
	sed 's/(not mounted here)/(no mount here shows it)/; s/Stale file handle/Stale handle/' \
		README.md >"$work/README.md"
	tests/user/quotes "$work/README.md" >"$out" 2>"$err"
	[ "$(cat "$out")" = 'nobody says "Stale handle"
nobody says "(no mount here shows it)"' ] || bad "on a wrong table: $(cat "$out" "$err")"
}
