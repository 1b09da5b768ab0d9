# SPDX-License-Identifier: GPL-2.0-only
# what: an iterator over cgroups, pinned in a cgroup and read while that is removed: nobody waits for ever

c=/sys/fs/cgroup/bpfpin-test
mkdir $c
id=$(bpfobj pin cgroup_iter "$T/iter")
expect_ok bpfobj repin "$T/iter" $c/bpf-iter
expect_same "$(cat $c/bpf-iter)" "$(cat "$T/iter")"
grep -q bpfobj $c/bpf-iter || fail "it prints nothing"
for _ in 1 2; do
	while [ ! -e "$T/stop" ]; do
		cat $c/bpf-iter
	done >"$T/read" 2>/dev/null &
done
round=0
while [ $round -lt 100 ]; do
	rmdir $c
	mkdir $c
	expect_ok bpfobj repin "$T/iter" $c/bpf-iter
	round=$((round + 1))
done
: >"$T/stop"
wait
alive link "$id"
rm "$T/iter" $c/bpf-iter
gone link "$id"
rmdir $c
expect_pins 0
