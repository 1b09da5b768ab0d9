# SPDX-License-Identifier: GPL-2.0-only
# what: each view that comes along loads, prints its lines, all zero at first, and ends without a trace

c=/sys/fs/cgroup/bpfpin-test
echo +io >/sys/fs/cgroup/cgroup.subtree_control
mkdir $c
for view in $(bpfpin -j view install | jq -r '.[].name'); do
	step "$view"
	bpfpin -d view install "$view" at $c >"$T/log" 2>&1 ||
		fail "does not load: $(grep -v 'relo #' "$T/log" | tail -n 40)"
	cat $c/bpf."$view"
	grep -q '^lost 0$' $c/bpf."$view" || fail "no line for what was lost"
	! grep -vE '^[a-z_]+( 0|( [0-9a-zA-Z]+=0)+)$' $c/bpf."$view" || fail "no line of a view"
	expect_same "$(bpfpin -j show file $c/bpf."$view" | jq 'map(select(.pin_name)) | length > 0')" true
	rm $c/bpf."$view"
	expect_pins 0
done
rmdir $c
