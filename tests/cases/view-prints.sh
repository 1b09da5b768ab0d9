# SPDX-License-Identifier: GPL-2.0-only
# what: a program pinned in a cgroup's directory prints of it what the kernel's iterator prints, in every way of reading

. /tests/view.sh

load_views
mkdir -p $top/a

step "the same, byte for byte"
for prog in plain other silent binary flush lines slow; do
	set_lines 100
	for dir in $top $top/a /sys/fs/cgroup; do
		expect_ok bpfobj repin "$progs/$prog" $dir/bpf.$prog
		stock $prog $dir >"$T/model"
		cat $dir/bpf.$prog >"$T/copy"
		[ $prog != lines ] || sed -i 's/^run *[0-9]* //' "$T/model" "$T/copy"
		expect_ok cmp "$T/copy" "$T/model"
		rm $dir/bpf.$prog
	done
done
[ -s "$T/model" ] || fail "nothing was compared"
expect_pins 0

step "of each cgroup that it is pinned in"
expect_ok bpfobj repin "$progs/plain" $top/bpf.plain
expect_ok bpfobj repin "$progs/plain" $top/a/bpf.plain
expect_same "$(cat $top/bpf.plain)" "cgroup $(stat -c %i $top) level 1 number 0
last number 0"
expect_same "$(cat $top/a/bpf.plain)" "cgroup $(stat -c %i $top/a) level 2 number 0
last number 0"
expect_same "$(bpfobj get $top/bpf.plain)" "prog $(view_id plain)"
rm $top/bpf.plain $top/a/bpf.plain

step "each opening is a session of its own"
expect_ok bpfobj repin "$progs/session" $top/bpf.session
exec 3<$top/bpf.session
first=$(cat <&3)
exec 3<&-
[ "$(cat $top/bpf.session)" -gt "$first" ] || fail "not a new session"
rm $top/bpf.session

step "one text in whatever pieces it is read"
set_lines 1000
expect_ok bpfobj repin "$progs/lines" $top/bpf.lines
for size in 1 31 4096 100000; do
	dd if=$top/bpf.lines bs=$size 2>/dev/null >"$T/copy"
	expect_same "$(wc -c <"$T/copy")" 32000
	expect_same "$(cut -c 1-15 "$T/copy" | sort -u | wc -l)" 1 "texts in one reading"
done
before=$(runs)
# Backwards, and beyond the end, and a part that nobody has read before.
fileop preads $top/bpf.lines 0 32 31968 64 640 32 40000 10 0x7fff0000 1 96 0 >"$T/copy" ||
	fail "preads failed"
expect_same "$(cut -c 1-15 "$T/copy" | sort -u | wc -l)" 1 "texts in one opening"
expect_same "$(cut -c 16- "$T/copy" | tr -s ' \n' ' ')" " line 0 line 999 line 20 " "lines read"
expect_same "$(runs)" $((before + 1))
fileop preads $top/bpf.lines 64 32 32 32 >"$T/copy"
expect_same "$(cut -c 16- "$T/copy" | tr -s ' \n' ' ')" " line 2 line 1 " "lines read"

step "reading at the beginning again is a new run"
before=$(runs)
fileop preads $top/bpf.lines 0 32 0 32 0 32 >"$T/copy"
expect_same "$(runs)" $((before + 3))
expect_same "$(cut -c 1-15 "$T/copy" | sort -u | wc -l)" 3 "texts"

step "through splice and sendfile, too"
fileop splice $top/bpf.lines | cat >"$T/copy"
expect_same "$(wc -c <"$T/copy")" 32000
rm $top/bpf.lines
rmdir $top/a $top
expect_pins 0
