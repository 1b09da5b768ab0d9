#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# owners.sh CROWD: measures pins attached to sockets, pipes and cgroups, in a guest
# whose clock counts instructions; prints lines "NAME VALUE".
set -eu

crowd=$1
rounds=9000

. /bench/lib.sh

# The first seconds of a kernel are full of other work.
sleep 3
echo $((crowd + 1000)) >/proc/sys/fs/nr_open 2>/dev/null || :

strangers()
{
	value "$1-socket-close" "/bench/measure socket-close /tmp $rounds"
	value "$1-pipe-close" "/bench/measure pipe-close /tmp $rounds"
	value "$1-cgroup" "/bench/measure mkdir-rmdir /sys/fs/cgroup 1800"
}

# Workers of the kernel cost as much, and at other times: the lowest of three
# counts, and the two sides take turns.
for round in 1 2 3; do
	say "sockets, pipes and cgroups without and with the module, $round of 3"
	strangers without
	insmod "$module"
	strangers with
	[ $round = 3 ] || rmmod bpfpin
done

say "pins on one owner"
for count in 1000 10000; do
	value "one-owner-$count" "/bench/owners one-owner $count"
done
say "one pin on each of $crowd sockets"
for count in $((crowd / 10)) "$crowd"; do
	value "plain-$count" "/bench/owners plain $count"
	value "sockets-$count" "/bench/owners sockets $count"
	value "attach-$count" "/bench/owners attach $count"
done

say "from the owner's end to the object's"
for how in released polled inotify; do
	value $how "/bench/owners $how"
done
rmmod bpfpin
