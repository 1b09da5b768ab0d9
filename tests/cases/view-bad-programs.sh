# SPDX-License-Identifier: GPL-2.0-only
# what: views whose programs fail, write nothing, write up to 1 MiB and beyond, or are none

. /tests/view.sh

load_views
mkdir $top

step "a program that fails: EIO, and not half a line"
for prog in half late; do
	expect_ok bpfobj repin "$progs/$prog" $top/bpf.bad
	expect_errno EIO bpfobj cat $top/bpf.bad
	expect_same "$(bpfobj cat $top/bpf.bad 2>/dev/null || :)" ""
	rm $top/bpf.bad
done

step "a program that fails for want of room gets more"
expect_ok bpfobj repin "$progs/strict" $top/bpf.strict
expect_same "$(wc -c <$top/bpf.strict)" 3200
rm $top/bpf.strict

step "texts of all lengths in turn: each is whole"
expect_ok bpfobj repin "$progs/lines" $top/bpf.lines
for count in 500 7 8 9 2000 0 33 7; do
	set_lines $count
	# Often enough that the room for it shrinks meanwhile.
	for round in $(seq 50); do
		bytes=$(wc -c <$top/bpf.lines)
		[ "$bytes" = $((count * 32)) ] || fail "$bytes bytes in round $round of $count lines"
	done
done
rm $top/bpf.lines

step "up to 1 MiB"
expect_ok bpfobj repin "$progs/lines" $top/bpf.lines
for count in 0 1 127 128 129 511 512 2047 2048 8192 32767 32768; do
	set_lines $count
	cat $top/bpf.lines >"$T/copy" || fail "cannot read $count lines"
	expect_same "$(wc -c <"$T/copy")" $((count * 32))
	expect_same "$(cut -c 1-15 "$T/copy" | sort -u | wc -l)" $((count > 0)) "texts in one reading"
done
for count in 32769 100000; do
	set_lines $count
	expect_errno E2BIG bpfobj cat $top/bpf.lines
done
set_lines 1
expect_same "$(wc -c <$top/bpf.lines)" 32

step "other programs and objects are pins as ever"
expect_ok bpfobj repin "$progs/maps" $top/bpf.maps
expect_text "prog $(view_id maps) tracing name maps tag *" cat $top/bpf.maps
expect_ok bpfobj repin "$numbers" $top/bpf.numbers
expect_text "map * array name numbers" cat $top/bpf.numbers
expect_same "$(bpfpin -j view list | jq -c '[.[].path]')" "[\"$top/bpf.lines\"]"

step "and are refused as views"
for what in maps; do
	expect_fail bpfpin view add pinned "$progs/$what" at $top/bpf.x
	case $output in
	*'is not of SEC("iter/cgroup")'*) ;;
	*) fail "said $output" ;;
	esac
done

step "names, modes, places"
expect_refused()
{
	wanted=$1
	shift
	expect_fail bpfpin view add pinned "$progs/plain" at "$@"
	case $output in
	*"$wanted"*) ;;
	*) fail "said '$output', not '$wanted'" ;;
	esac
}
long=$(printf 'bpf%0252d' 0)
expect_ok bpfpin view add pinned "$progs/plain" at "$top/$long"
rm "$top/$long"
expect_refused 'File name too long' "$top/${long}0"
expect_refused 'has to begin with "bpf"' $top/cgroup.bpf
expect_refused 'has to begin with "bpf"' $top/.bpf
expect_refused 'there is a file' $top/.
expect_refused 'there is a file' $top/cgroup.procs
expect_refused 'there is a file' $top/bpf.lines
expect_refused 'No such file' $top/none/bpf.x
expect_refused 'views are in the directories of cgroups' "$T/bpf.x"
mount -t tmpfs tmpfs /mnt
expect_refused 'views are in the directories of cgroups' /mnt/bpf.x
umount /mnt
expect_refused 'is no mode' $top/bpf.x mode 0777
expect_refused 'is no mode' $top/bpf.x mode 9
expect_refused 'the owner is UID:GID' $top/bpf.x owner 1000
expect_refused 'what follows' $top/bpf.x owner
expect_refused 'unexpected argument "inherits"' $top/bpf.x inherits
[ ! -e $top/bpf.x ] || fail "a refused view is there"

step "opening for writing"
expect_errno ETXTBSY bpfobj open $top/bpf.lines rw
chmod 644 $top/bpf.lines
expect_errno ETXTBSY bpfobj open $top/bpf.lines w
expect_errno ETXTBSY bpfobj append $top/bpf.lines x

rm $top/bpf.lines $top/bpf.maps $top/bpf.numbers
rmdir $top
expect_pins 0
