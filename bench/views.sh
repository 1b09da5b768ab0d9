#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# views.sh HUNDREDS: measures views beside links of the kernel's iterator over cgroups
# that are pinned in bpffs, in a guest whose clock counts instructions; prints lines
# "NAME VALUE".  The length of a path is part of its cost, so all have one length.
set -eu

hundreds=$1
views=/bench/views
bpf=/sys/fs/bpf
cgroup=/sys/fs/cgroup
rounds=9000

. /bench/lib.sh

bpftool prog loadall /bench/latency.bpf.o $bpf/progs pinmaps $bpf/maps
prog=$bpf/progs/latency
map=$bpf/maps/latencies
mkdir $bpf/pods $cgroup/pods $cgroup/bare $cgroup/tree
$views count $map $cgroup/pods $cgroup/bare
sleep 3

strangers()
{
	for file in events stat; do
		value "$1-$file" "$views read $cgroup/bare/cgroup.$file $rounds"
	done
	value "$1-mkdir" "/bench/measure mkdir-rmdir $cgroup/bare 1800"
}

# Workers of the kernel cost as much, and at other times: the lowest of five
# counts, and the two sides take turns.
for round in 1 2 3 4 5; do
	say "cgroups without and with the module, and with a view elsewhere, $round of 5"
	strangers without
	insmod "$module"
	strangers with
	bpfpin view add pinned $prog at $cgroup/pods/bpf.latency inherit
	strangers elsewhere
	value under-mkdir "/bench/measure mkdir-rmdir $cgroup/pods 1800"
	[ $round = 5 ] || {
		rm $cgroup/pods/bpf.latency
		rmmod bpfpin
	}
done

say "reading"
$views link self $prog $cgroup/pods $bpf/pods/bpf_latency
[ "$(cat $bpf/pods/bpf_latency)" = "$(cat $cgroup/pods/bpf.latency)" ]
value stock-read "$views read $bpf/pods/bpf_latency $rounds"
value view-read "$views read $cgroup/pods/bpf.latency $rounds"
value view-reread "$views reread $cgroup/pods/bpf.latency $rounds"
bpfpin view add pinned $prog at $cgroup/bpf.inherit inherit
value inherited-read "$views read $cgroup/pods/bpf.inherit $rounds"
rm $cgroup/bpf.inherit

say "a tree of $hundreds hundred cgroups"
$views tree $map $cgroup/tree "$hundreds"
before=$(kernel_memory)
value tree-add "$views add $prog $cgroup/tree 10"
after=$(kernel_memory)
echo "tree-bytes $(((after - before) / hundreds / 1000))"

say "reading all of it"
mkdir $bpf/walk
walk=0
while [ $walk -lt "$hundreds" ]; do
	$views link below $prog $cgroup/tree/$walk $bpf/walk/$walk
	walk=$((walk + 1))
done
value tree-walk-first "$views walks $bpf/walk $hundreds"
value tree-walk "$views walks $bpf/walk $hundreds"
value tree-read-first "$views files $cgroup/tree $hundreds bpf.latency0"
value tree-read "$views files $cgroup/tree $hundreds bpf.latency0"
value tree-remove "$views remove $cgroup/tree 10"
rm -rf $bpf/walk $cgroup/pods/bpf.latency
rmmod bpfpin
