# SPDX-License-Identifier: GPL-2.0-only
# what: the module goes and comes while processes are inside BPF_OBJ_PIN and BPF_OBJ_GET
# timeout: 360

mount_fs bpf "$T/bpf"
mount_fs tmpfs "$T/tmpfs"
id=$(bpfobj pin map "$T/bpf/map")

# Each ends by itself after the time, and says what it saw that it should not.
bpfrace calls 15 "$T/bpf" bpffs >"$T/bpffs" 2>&1 &
first=$!
bpfrace calls 15 "$T/tmpfs" other >"$T/other" 2>&1 &
second=$!

rounds=0 refused=0
while kill -0 $first 2>/dev/null || kill -0 $second 2>/dev/null; do
	if module_loaded; then
		# A call that is under way, or its pin, holds it.
		rmmod bpfpin 2>/dev/null || refused=$((refused + 1))
	fi
	module_loaded || load_module
	rounds=$((rounds + 1))
done
wait $first || fail "on bpffs: $(cat "$T/bpffs")"
wait $second || fail "on tmpfs: $(cat "$T/other")"
step "$rounds rounds, $refused times refused; $(cat "$T/bpffs"); $(cat "$T/other")"
[ $((rounds - refused)) -ge 5 ] || fail "removed only $((rounds - refused)) times"
expect_text "map $id" bpfobj get "$T/bpf/map"
module_loaded || load_module
rm -f "$T/bpf"/* "$T/tmpfs"/*
expect_same "$(bpfobj status)" "pins 0 watches 0"
