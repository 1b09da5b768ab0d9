# SPDX-License-Identifier: GPL-2.0-only
#
# Makes the table of a kernel from the lines "NAME VALUE" of readers.sh.  The processors
# share the guest's clock, so each has half a processor's speed.

# Of several the highest.
$2 > v[$1] { v[$1] = $2 }

function gain(what, two, one, least,    ratio)
{
	ratio = v[two] / v[one]
	printf "%-34s %9d  %-26s %9d  %6.2f", what, v[two] * 2,
		"of one reader", v[one] * 2, ratio
	if (least)
		printf "  %-7s %s", ">= " least, ratio >= least ? "" : "MISSED"
	print ""
}

END {
	heading()
	gain("reads a second, views of two", "view-two", "view-one", 1.9)
	gain("reads a second, the same view", "view-same", "view-one", 1.9)
	gain("reads a second, iterators in bpffs", "stock-two", "stock-one", 0)
	gain("the same over 101 cgroups", "walk-two", "walk-one", 0)
}
