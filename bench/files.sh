#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# files.sh CROWD: measures file pins in a guest whose clock counts instructions; prints
# lines "NAME VALUE".  Everything is mounted at the same depth: the length of a
# path is part of its cost.
set -eu

crowd=$1
measure=/bench/measure
rounds=18000

. /bench/lib.sh

mkdir -p /m/bpf /m/tmp /m/ext4 /m/crowd
mount -t bpf bpf /m/bpf
mount -t tmpfs tmpfs /m/tmp
mount -t tmpfs -o size=1g,nr_inodes=0 tmpfs /m/crowd
mount -t ext4 /dev/scratch-ext4 /m/ext4
# The first seconds of a kernel are full of other work.
sleep 3

strangers()
{
	for fs in tmp ext4; do
		for op in open-read-close create-unlink; do
			value "$1-$fs-$op" "$measure $op /m/$fs $rounds"
		done
	done
	value "$1-socket-close" "$measure socket-close /m/tmp $rounds"
}

# Bytes for each of $crowd files in folders of 1,000, made with "measure $1".
crowd_memory()
{
	before=$(kernel_memory)
	$measure "$1" /m/crowd 1 "$crowd"
	after=$(kernel_memory)
	echo "$2 $(((after - before) / crowd))"
}

say "strangers and bpffs, without the module"
strangers without
value without-bpf-pin-unlink "$measure pin-unlink /m/bpf $rounds"
value without-bpf-get-close "$measure get-close /m/bpf $rounds"

value mknod-unlink "$measure mknod-unlink /m/tmp $rounds"
value inotify-unlink "$measure inotify-unlink /m/tmp $rounds"

say "memory of $crowd ordinary files"
crowd_memory files bytes-per-file
rm -rf /m/crowd/*

insmod "$module"

say "strangers and bpffs, with the module"
strangers with
for fs in bpf tmp ext4; do
	value "with-$fs-pin-unlink" "$measure pin-unlink /m/$fs $rounds"
	value "with-$fs-get-close" "$measure get-close /m/$fs $rounds"
done

say "among 1,000 pins"
$measure nothing /m/crowd 1 1000
value few-get-close "$measure get-close /m/crowd $rounds"
value few-pin-unlink "$measure pin-unlink /m/crowd $rounds"
rm -rf /m/crowd/*

say "among $crowd pins, and their memory"
crowd_memory nothing bytes-per-pin
value many-get-close "$measure get-close /m/crowd $rounds"
value many-pin-unlink "$measure pin-unlink /m/crowd $rounds"
say "removing them"
rm -rf /m/crowd/*
rmmod bpfpin
