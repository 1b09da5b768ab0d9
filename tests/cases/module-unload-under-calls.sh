# SPDX-License-Identifier: GPL-2.0-only
# what: the module goes and comes while processes are inside BPF_OBJ_PIN and BPF_OBJ_GET
# timeout: 360

mount_fs bpf "$T/bpf"
mount_fs tmpfs "$T/tmpfs"
id=$(bpfobj pin map "$T/bpf/map")

# told OUTCOME FILE: how often bpfrace says that it came.
told()
{
	count=$(sed -n "s/.* $1 \([0-9]*\).*/\1/p" "$2")
	echo "${count:-0}"
}

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
	unextended=$((unextended + $(told pinned "$T/bpffs")))
	extended=$((extended + $(told pinned "$T/other")))
	without=$((without + $(told refused "$T/other")))
	step "$removed times removed, $refused refused; $(cat "$T/bpffs"); $(cat "$T/other")"
}

# How often it can be removed, and is there when a call comes, depends on what else the
# machine does: on a slow one there may be fifteen seconds without a call that finds it.
removed=0 refused=0 unextended=0 extended=0 without=0 tries=0
until [ $removed -ge 5 ] && [ $unextended -gt 0 ] && [ $extended -gt 0 ] && [ $without -gt 0 ]; do
	[ $tries -lt 10 ] ||
		fail "removed $removed times; pinned $unextended times on bpffs, $extended on tmpfs," \
			"where it was refused $without times"
	tries=$((tries + 1))
	under_calls
done
expect_text "map $id" bpfobj get "$T/bpf/map"
module_loaded || load_module
rm -f "$T/bpf"/* "$T/tmpfs"/*
expect_same "$(bpfobj status)" "pins 0 watches 0"
