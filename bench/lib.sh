# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# What the scripts that run in a guest have in common.

# shellcheck disable=SC2034
module=/lib/bpfpin/bpfpin.ko

say()
{
	echo "==> $*" >&2
}

# value NAME COMMAND: a line of what the command prints.
value()
{
	# shellcheck disable=SC2086 # words
	echo "$1 $($2)"
}

# Kernel memory in bytes: slab and page tables of vmalloc.
kernel_memory()
{
	sync
	echo 3 >/proc/sys/vm/drop_caches
	sleep 2
	awk '/^Slab:|^VmallocUsed:|^KReclaimable:/ && !/KRecl/ { sum += $2 } END { print sum * 1024 }' /proc/meminfo
}
