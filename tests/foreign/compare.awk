# SPDX-License-Identifier: GPL-2.0-only
#
# Results of the side without the module, of the side with it, and, of what differed,
# both once more: NAME OUTCOME.  Out comes NAME VERDICT WITHOUT WITH [WITHOUT WITH];
# the verdict is
#
#   same	on both sides
#   flaky	without the module it came out in two ways, or differed when run again
#   once	it differed, and when run again on both sides it did not
#   differs	it differs each time; or it was not run again yet

FNR == 1 { file++ }
{
	if (!($1 in known)) {
		known[$1] = 1
		names[++count] = $1
	}
	outcome[file, $1] = $2
}

function of(file, name)
{
	return (file, name) in outcome ? outcome[file, name] : "missing"
}

END {
	for (i = 1; i <= count; i++) {
		name = names[i]
		a = of(1, name)
		b = of(2, name)
		again = ""
		if (a == b) {
			verdict = "same"
		} else if (file < 3) {
			verdict = "differs"
		} else {
			again = "\t" of(3, name) "\t" of(4, name)
			if (a != of(3, name))
				verdict = "flaky"
			else if (a == of(4, name))
				verdict = "once"
			else
				verdict = "differs"
		}
		print name "\t" verdict "\t" a "\t" b again
	}
}
