# SPDX-License-Identifier: GPL-2.0-only
# what: the module goes and comes while processes are inside BPF_OBJ_PIN and BPF_OBJ_GET
# timeout: 360

mount_fs bpf "$T/bpf"
mount_fs tmpfs "$T/tmpfs"
id=$(bpfobj pin map "$T/bpf/map")

# Fifteen seconds of calls.  Both processes end by themselves after that, and say
# what they saw that they should not have seen.
under_calls()
{
	bpfrace calls 15 "$T/bpf" bpffs >"$T/bpffs" 2>&1 &
	first=$!
	bpfrace calls 15 "$T/tmpfs" other >"$T/other" 2>&1 &
	second=$!
	while kill -0 $first 2>/dev/null || kill -0 $second 2>/dev/null; do
		if module_loaded; then
			# A call that is under way, or its pin, holds it.
			if rmmod bpfpin 2>/dev/null; then
				removed=$((removed + 1))
			else
				refused=$((refused + 1))
			fi
		fi
		module_loaded || load_module
	done
	wait $first || fail "on bpffs: $(cat "$T/bpffs")"
	wait $second || fail "on tmpfs: $(cat "$T/other")"
	step "$removed times removed, $refused refused; $(cat "$T/bpffs"); $(cat "$T/other")"
}

# How often it can be removed depends on what else the machine does.
removed=0 refused=0 tries=0
while [ $removed -lt 5 ]; do
	[ $tries -lt 10 ] || fail "removed only $removed times"
	tries=$((tries + 1))
	under_calls
done
expect_text "map $id" bpfobj get "$T/bpf/map"
module_loaded || load_module
rm -f "$T/bpf"/* "$T/tmpfs"/*
expect_same "$(bpfobj status)" "pins 0 watches 0"
