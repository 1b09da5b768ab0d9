# SPDX-License-Identifier: GPL-2.0-only
#
# The rows of a table of costs, each beside another.

function heading()
{
	printf "%-34s %9s  %-26s %9s  %6s  %s\n", "operation", "cost", "beside",
		"cost", "ratio", "to reach"
}

# A limit of 0 is none.
function row(what, value, beside, against, limit,    ratio)
{
	ratio = value / against
	printf "%-34s %9d  %-26s %9d  %6.2f", what, value, beside, against, ratio
	if (limit)
		printf "  %-7s %s", "<= " limit, ratio <= limit ? "" : "MISSED"
	print ""
}
