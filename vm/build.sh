# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Builds: what goes into a guest.

# Not on the command lines of make: the kernel's build would take it for its
# own.
export O="$out"

# build WHAT COMMAND...: quiet unless it fails.
build()
{
	say "building $1"
	mkdir -p "$out/logs"
	log=$out/logs/$(echo "$1" | tr -c "a-z0-9.\n" -).log
	shift
	"$@" >"$log" 2>&1 || {
		grep -E 'error|Error|\*\*\*' "$log" | head -n 20 >&2 || :
		die "that failed; the whole output is in $log"
	}
}

build_user()
{
	build "library and command" make -C "$top" lib cmd
}

# build_module KERNEL [TARGET...]
build_module()
{
	module_kernel=$1
	shift
	build "module for kernel $module_kernel" make -C "$top" \
		KDIR="$(kernel_headers "$module_kernel")" module "$@"
}
