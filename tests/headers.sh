# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The header of a test: comments of the form `# KEY: VALUE' at its top.

# header FILE KEY
header()
{
	sed -n -e '/^[^#]/q' -e "s/^# $2: //p" "$1" | head -n 1
}

# headers_are_good FILE...: die, with the file's name, if one has no `what', or something
# that cannot be read.
headers_are_good()
{
	bad=$([ $# = 0 ] || awk '
		function bad(why)
		{
			print file ": " why
			exit
		}
		function cannot_read(key, may)
		{
			bad("cannot read \047# " key ": " value[key] "\047: it can be " may)
		}
		function judge()
		{
			if (value["what"] == "")
				bad("there is no \047# what: SENTENCE\047, which --list shows")
			if ("timeout" in value && value["timeout"] !~ /^[1-9][0-9]?[0-9]?[0-9]?[0-9]?$/)
				cannot_read("timeout", "a number of seconds")
			if ("long" in value && value["long"] !~ /^[1-9][0-9]?[0-9]?[0-9]?$/)
				cannot_read("long", "a number of times")
			if ("kernels" in value && value["kernels"] !~ /^(>=|<) [0-9]|\*/)
				cannot_read("kernels", "\047>= VERSION\047, \047< VERSION\047" \
					" or a pattern such as \047*-debug\047")
		}
		FNR == 1 {
			if (file != "") judge()
			file = FILENAME
			inside = 1
			split("", value)
		}
		!/^#/ { inside = 0 }
		inside && match($0, /^# [a-z]+: /) {
			key = substr($0, 3, RLENGTH - 4)
			if (!(key in value)) value[key] = substr($0, RLENGTH + 1)
		}
		END { if (file != "") judge() }' "$@")
	[ -z "$bad" ] || die "${bad%%
*}"
}

# test_timeout FILE: seconds; with $long set, of its long mode.
test_timeout()
{
	seconds=$(header "$1" timeout)
	times=
	[ -z "${long:-}" ] || times=$(header "$1" long)
	echo $((${seconds:-180} * ${times:-1}))
}

# older A B: version A comes before B.
older()
{
	[ "$1" != "$2" ] &&
		[ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]
}

# applies FILE KERNEL: does the test, of which headers_are_good, say it is for
# this kernel?
applies()
{
	wanted=$(header "$1" kernels)
	# shellcheck disable=SC2254 # it is a pattern
	case $wanted in
	'') return 0 ;;
	'>= '*) ! older "$2" "${wanted#>= }" ;;
	'< '*) older "$2" "${wanted#< }" ;;
	*'*'*) case $2 in $wanted) ;; *) return 1 ;; esac ;;
	esac
}
