# SPDX-License-Identifier: GPL-2.0-only
# what: views are read, made, replaced and removed while cgroups come and go: nobody waits for ever, nothing stays
# timeout: 300

. /tests/view.sh

load_views
mkdir -p $top/a/b

# loop COMMAND...: in the background, until the test ends the round.
loop()
{
	while [ ! -e "$T/stop" ]; do
		"$@"
	done >/dev/null 2>&1 &
}

come_and_go()
{
	mkdir "$1" "$1/x" "$1/x/y"
	cat "$1/x/y/bpf.x"
	rmdir "$1/x/y" "$1/x" "$1"
}

read_all()
{
	cat $top/bpf.x $top/a/bpf.x $top/a/b/bpf.x $top/*/x/bpf.x
	fileop preads $top/a/bpf.x 0 4096 100 10 0 4096
}

change()
{
	bpfpin view add pinned "$progs/$1" at "$2/bpf.x" inherit
	bpfpin view replace "$2/bpf.x" with pinned "$progs/other"
	bpfpin view remove "$2/bpf.x"
}

change_by_hand()
{
	bpfobj repin "$progs/plain" $top/a/bpf.x
	rm $top/a/bpf.x
}

for round in 1 2 3; do
	step "round $round"
	loop come_and_go $top/c
	loop come_and_go $top/a/b/c
	loop read_all
	loop change plain $top
	loop change lines $top/a
	loop change_by_hand
	sleep 8
	: >"$T/stop"
	wait
	rm "$T/stop"
	for dir in $top $top/a; do
		[ ! -e $dir/bpf.x ] || rm $dir/bpf.x
	done
	expect_pins 0
	expect_same "$(find $top -name 'bpf*')" ""
done

step "a reader gets the old program's text or the new one's"
expect_ok bpfpin view add pinned "$progs/silent" at $top/bpf.x inherit
set_lines 100
expect_ok bpfpin view replace $top/bpf.x with pinned "$progs/other"
{
	while [ ! -e "$T/stop" ]; do
		cat $top/a/bpf.x || echo failed
	done
} >"$T/texts" 2>&1 &
for _ in $(seq 20); do
	expect_ok bpfpin view replace $top/bpf.x with pinned "$progs/plain"
	expect_ok bpfpin view replace $top/bpf.x with pinned "$progs/other"
done
: >"$T/stop"
wait
expect_same "$(sort -u "$T/texts" | grep -cv "^cgroup $(stat -c %i $top/a) level 2 number 0\$")" \
	"$(sort -u "$T/texts" | grep -c '^other$\|^last number 0$')" "texts that nobody wrote"
expect_same "$(grep -c '^cgroup ' "$T/texts")" "$(grep -c '^last ' "$T/texts")" "halves of a text"
rmdir $top/a/b $top/a $top
expect_pins 0
