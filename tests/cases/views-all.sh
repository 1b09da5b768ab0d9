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

step "all that hangs on it ends with the file, however that ends"
for how in rm remove unpin rmdir; do
	mkdir -p $c/below
	expect_ok bpfpin view install tcp at $c inherit mode 0440 file bpf.x
	expect_same "$(stat -c %a $c/below/bpf.x)" 440
	bpftool prog show | grep -q 'name tcp_segment' || fail "no program"
	case $how in
	rm) rm $c/bpf.x ;;
	remove) expect_ok bpfpin view remove $c/bpf.x ;;
	unpin) expect_ok bpfpin unpin $c/bpf.x ;;
	rmdir) rmdir $c/below $c ;;
	esac
	expect_pins 0
	wait_for sh -c '! bpftool prog show | grep -q "name tcp_segment"'
done

step "twice, at two places, and not at one"
mkdir $c $c/below
expect_ok bpfpin view install tcp at $c inherit
expect_ok bpfpin view install tcp at $c/below
pins=$(bpfpin -j list | jq length)
expect_fail bpfpin view install tcp at $c
expect_same "$output" "Error: cannot make a view at $c/bpf.tcp: there is a file already"
expect_same "$(bpfpin -j list | jq length)" "$pins"
rm $c/below/bpf.tcp
cat $c/below/bpf.tcp >/dev/null || fail "what is inherited is not back"
rm $c/bpf.tcp

step "without the right"
expect_fail as_user bpfpin view install tcp at $c
echo "$output"
rmdir $c/below $c
