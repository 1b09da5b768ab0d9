# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# What all scripts of the virtual machine share: messages, places, lists.
# The script that reads this has set `top' to the root of the source tree.

# Paths with a space would have to be quoted in too many places of a kernel's
# build: say so at once.
case ${top:?} in
*[[:space:]]*)
	echo "Error: the path of this source tree has a space in it: $top" >&2
	exit 1 ;;
esac

# Where everything that is built goes, and what is slow to make again.
out=${BPFPIN_OUT:-$top/build}
# shellcheck disable=SC2034 # for the scripts that read this
cache=${BPFPIN_CACHE:-$out/vm}
case $cache in
/*) ;;
*) cache=$PWD/$cache ;;
esac

# How to emulate: whoever wants to know finds it right or not set.
case ${BPFPIN_ACCEL:-} in
'' | kvm | tcg) ;;
*)
	echo "Error: BPFPIN_ACCEL is \"$BPFPIN_ACCEL\", and can be kvm or tcg" >&2
	exit 1 ;;
esac

say()
{
	printf '==> %s\n' "$*"
}

note()
{
	printf '    %s\n' "$*"
}

die()
{
	printf 'Error: %s\n' "$*" >&2
	exit 1
}

# list FILE...: lists without comments and empty lines.
list()
{
	sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$@"
}

# kernels: the names of all supported kernels, oldest first.
kernels()
{
	list "$top/vm/kernels" | awk '{ print $1 }'
}

newest_kernel()
{
	kernels | tail -n 1
}

# built_kernels: the names of those that are built here.
built_kernels()
{
	list "$top/vm/kernels-built" | awk '{ print $1 }'
}

# is_built NAME
is_built()
{
	built_kernels | grep -qxF -e "$1"
}

# built_source NAME: the package with its source.
built_source()
{
	list "$top/vm/kernels-built" | awk -v name="$1" '$1 == name { print $2 }'
}

# built_fragments NAME: the files with its options.
built_fragments()
{
	list "$top/vm/kernels-built" | awk -v name="$1" -v vm="$top/vm" '
		$1 == name { for (i = 3; i <= NF; i++) print vm "/" $i ".config" }'
}

# slowness NAME: how many times longer than a distribution's kernel it may take.
slowness()
{
	if is_built "$1"; then echo 5; else echo 1; fi
}

# check_kernel NAME: die unless the kernel is a supported one.
check_kernel()
{
	{ kernels; built_kernels; } | grep -qxF -e "$1" ||
		die "kernel $1 is not in vm/kernels or vm/kernels-built, which have: $({ kernels; built_kernels; } | tr '\n' ' ')"
}

# check_number OPTION WORD LEAST: die unless it is a whole number, not below LEAST.
check_number()
{
	case $2 in
	'' | *[!0-9]* | ??????????*) die "$1 takes a number, not \"$2\"" ;;
	esac
	[ "$2" -ge "$3" ] || die "$1 $2 is too little: it takes $3 at least"
}

# takes_argument OPTION...: die unless something comes behind the option.
takes_argument()
{
	[ $# -ge 2 ] || die "$1 takes an argument; see --help"
}

unknown_option()
{
	die "unknown option: $1; see --help"
}

# distinct WORD...: each once, in this order.
distinct()
{
	printf '%s\n' "$@" | awk '!had[$0]++' | xargs
}

# check_terminal: a shell in a guest talks to a terminal.  What is piped into it
# would be eaten before the guest listens, and its end would not end the shell.
check_terminal()
{
	[ -t 0 ] || die "--shell needs a terminal to type at; to run a command: vm/run -- COMMAND"
}

# kernel_tree NAME: the folder the kernel's packages were unpacked to.
kernel_tree()
{
	[ -e "$cache/kernel-$1/ready" ] ||
		die "kernel $1 is not set up: run vm/setup"
	(cd -P "$cache/kernel-$1" && pwd)
}

# kernel_release NAME: what uname -r says in the guest.
kernel_release()
{
	cat "$(kernel_tree "$1")/release"
}

# kernel_headers NAME: the folder to build modules against.
kernel_headers()
{
	echo "$(kernel_tree "$1")/headers"
}

# quote ARGUMENT...: as words for a shell to read.
quote()
{
	for arg; do
		printf "'%s' " "$(printf '%s' "$arg" | sed "s/'/'\\\\''/g")"
	done
}

# install_new FILE: standard input becomes FILE, whole or not at all; a FILE
# that would not change keeps its time.
install_new()
{
	mkdir -p "$(dirname "$1")"
	cat >"$1.new$$"
	if cmp -s "$1.new$$" "$1"; then
		rm "$1.new$$"
	else
		mv "$1.new$$" "$1"
	fi
}
