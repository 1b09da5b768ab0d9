# SPDX-License-Identifier: GPL-2.0-only
#
# Makes the table of a kernel from the lines "NAME VALUE" of churn.sh.

{ v[$1] = $2 }
/-memory / { memory[$1, ++n[$1]] = $2 }

function verdict(is) { return is ? "" : "MISSED" }

END {
	ratio = v["tie-cost"] / v["hand-cost"]
	grown = memory["tie-memory", 5] / memory["tie-memory", 2] - 1
	printf "%-46s %10d : %d = %.2f  <= 1.05  %s\n",
		"a namespace's life, with a tie : by hand",
		v["tie-cost"], v["hand-cost"], ratio, verdict(ratio <= 1.05)
	printf "%-46s %10d   of living ones %d  %s\n", "objects left, with ties",
		v["tie-left"], v["tie-living"], verdict(v["tie-left"] == v["tie-living"])
	printf "%-46s %10d   after the second %d = %+.1f %%  <= 2 %%  %s\n",
		"kernel memory after the last fifth", memory["tie-memory", 5],
		memory["tie-memory", 2], grown * 100, verdict(grown <= 0.02)
}
