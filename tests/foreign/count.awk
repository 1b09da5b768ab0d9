# SPDX-License-Identifier: GPL-2.0-only
#
# Of results that were compared (compare.awk): how many there are, then how many are ok,
# fail and skip without the module, and with it, and how many are the same on both sides,
# flaky and differ.

BEGIN { FS = "\t" }

function kind(outcome)
{
	if (outcome ~ /^(OK|exit 0|clean|(loaded|not-found|masked) )/)
		return outcome ~ /failed/ ? "fail" : "ok"
	return outcome ~ /^SKIP/ ? "skip" : "fail"
}

{
	without[kind($3)]++
	with[kind($4)]++
	verdict[$2]++
}

END {
	printf "%d %d %d %d %d %d %d %d %d %d\n", NR,
		without["ok"], without["fail"], without["skip"],
		with["ok"], with["fail"], with["skip"],
		verdict["same"], verdict["flaky"] + verdict["once"], verdict["differs"]
}
