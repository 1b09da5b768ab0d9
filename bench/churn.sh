#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# churn.sh COUNT: namespaces that come and go with what belongs to them in bpffs,
# in a guest whose clock counts instructions; prints lines "NAME VALUE".
set -eu

count=$1

mkdir -p /m/bpf
mount -t bpf bpf /m/bpf
sleep 3

# churn hand|tie: the lines of the program, with "hand-" or "tie-" before them.
churn()
{
	echo "==> $count network namespaces, 7 objects each, removed by $1" >&2
	mkdir "/m/bpf/$1"
	/bench/churn "/m/bpf/$1" "$count" 10 "$1" | sed "s/^/$1-/"
	rm -rf "/m/bpf/$1"
	sleep 3
}

insmod /lib/bpfpin/bpfpin.ko
# Once for what the kernel keeps from then on.
/bench/churn /m/bpf 50 0 hand >/dev/null
churn hand
churn tie
rmmod bpfpin
