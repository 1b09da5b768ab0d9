# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# What tests of views share: the programs of tests/bpf/view.bpf.c, each pinned
# below $progs by its name, and the map that they share, $numbers.

progs=$T/bpf/progs
numbers=$T/bpf/maps/numbers
# shellcheck disable=SC2034
top=/sys/fs/cgroup/bpfpin-test

load_views()
{
	mount_fs bpf "$T/bpf"
	mkdir "$progs" "${numbers%/*}"
	expect_ok bpftool prog loadall /tests/bpf/view.bpf.o "$progs" pinmaps "${numbers%/*}"
}

# view_id PROG: the id of a program.
view_id()
{
	bpftool -j prog show pinned "$progs/$1" | jq .id
}

# set_lines N: how many the program "lines" writes.
set_lines()
{
	bytes=$(printf '%02x %02x %02x 00 00 00 00 00' $(($1 % 256)) $(($1 / 256 % 256)) $(($1 / 65536)))
	# shellcheck disable=SC2086 # a list of words
	expect_ok bpftool map update pinned "$numbers" key hex 01 00 00 00 value hex $bytes
}

# runs: how often "lines" was run.
runs()
{
	bpftool -j map lookup pinned "$numbers" key hex 00 00 00 00 |
		jq '.formatted.value // .value'
}

# stock PROG CGROUP: what the kernel's own iterator prints with this program.
stock()
{
	BPFOBJ_PROG=$progs/$1 BPFOBJ_CGROUP=$2 expect_ok bpfobj pin cgroup_iter "$T/bpf/stock" >/dev/null
	cat "$T/bpf/stock"
	rm "$T/bpf/stock"
}
