# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The header of a test: comments of the form `# KEY: VALUE' at its top.

# header FILE KEY
header()
{
	sed -n -e '/^[^#]/q' -e "s/^# $2: //p" "$1" | head -n 1
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

# applies FILE KERNEL: does the test say it is for this kernel?
applies()
{
	wanted=$(header "$1" kernels)
	# shellcheck disable=SC2254 # it is a pattern
	case $wanted in
	'') return 0 ;;
	'>= '*) ! older "$2" "${wanted#>= }" ;;
	'< '*) older "$2" "${wanted#< }" ;;
	'*'*) case $2 in $wanted) ;; *) return 1 ;; esac ;;
	*) echo "Error: $1: cannot read '# kernels: $wanted'" >&2; exit 1 ;;
	esac
}
