#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# readers.sh: how often a view is read by one and by two at once, in a guest with two
# processors whose clock counts instructions; prints lines "NAME VALUE".
set -eu

views=/bench/views
bpf=/sys/fs/bpf
cgroup=/sys/fs/cgroup

. /bench/lib.sh

bpftool prog loadall /bench/latency.bpf.o $bpf/progs pinmaps $bpf/maps
prog=$bpf/progs/latency
mkdir $bpf/pod1 $bpf/pod2 $cgroup/pod1 $cgroup/pod2
$views count $bpf/maps/latencies $cgroup/pod1 $cgroup/pod2
insmod "$module"
for pod in pod1 pod2; do
	bpfpin view add pinned $prog at $cgroup/$pod/bpf.latency
	$views link self $prog $cgroup/$pod $bpf/$pod/bpf_latency
done
# What keeps the lock for nearly all of its time shows that it would be seen.
for pod in pod1 pod2; do
	$views tree $bpf/maps/latencies $cgroup/$pod 1
	$views link below $prog $cgroup/$pod $bpf/$pod/walk
done
sleep 3
insmod /bench/turns.ko

# Several times, as a worker of the kernel may run in between.
for round in 1 2 3; do
	say "readers, $round of 3"
	value view-one "$views readers $cgroup/pod1/bpf.latency"
	value view-two "$views readers $cgroup/pod1/bpf.latency $cgroup/pod2/bpf.latency"
	value view-same "$views readers $cgroup/pod1/bpf.latency $cgroup/pod1/bpf.latency"
	value stock-one "$views readers $bpf/pod1/bpf_latency"
	value stock-two "$views readers $bpf/pod1/bpf_latency $bpf/pod2/bpf_latency"
	value walk-one "$views readers $bpf/pod1/walk"
	value walk-two "$views readers $bpf/pod1/walk $bpf/pod2/walk"
done
say "turns: $(cat /sys/module/turns/parameters/taken), missed: $(cat /sys/module/turns/parameters/missed)"
rmmod turns
