# SPDX-License-Identifier: GPL-2.0-only
# what: an inherited view stands in all cgroups below, in new ones when mkdir returns, and goes with the one that was made

. /tests/view.sh

load_views
mkdir -p $top/a/b $top/c

# stands DIR...: each has the file, and it prints of that cgroup.
stands()
{
	for dir; do
		expect_same "$(sed -n 's/^cgroup \([0-9]*\).*/\1/p' "$dir/bpf.x")" "$(stat -c %i "$dir")" \
			"$dir/bpf.x is of another cgroup"
	done
}

# stands_not DIR...
stands_not()
{
	for dir; do
		[ ! -e "$dir/bpf.x" ] || fail "$dir/bpf.x is there"
		expect_errno ENOENT bpfobj cat "$dir/bpf.x"
	done
}

step "cgroups that are there, and new ones"
expect_ok bpfpin view add pinned "$progs/plain" at $top/bpf.x inherit mode 0440 owner 7:8
stands $top $top/a $top/a/b $top/c
mkdir $top/c/d $top/a/b/e
stands $top/c/d $top/a/b/e
stands_not /sys/fs/cgroup
expect_same "$(stat -c '%a %u %g' $top/bpf.x $top/a/b/bpf.x $top/c/d/bpf.x | sort -u)" "440 7 8"
expect_pins 1
expect_same "$(bpfpin -j view list | jq -c '.[] | [.path, .inherit, .object_name]')" \
	"[\"$top/bpf.x\",true,\"plain\"]"

step "what is inherited is no pin, but leads to its program"
expect_same "$(bpfobj get $top/a/bpf.x)" "prog $(view_id plain)"
expect_errno EPERM bpfobj unlink $top/a/bpf.x
expect_fail bpfpin view remove $top/a/bpf.x
why="it is inherited from a cgroup above, as pin $(bpfpin -j view list | jq '.[].id'); remove it there"
expect_same "$output" "Error: cannot remove $top/a/bpf.x: $why"
expect_fail bpfpin unpin $top/a/bpf.x
expect_same "$output" "Error: cannot unpin $top/a/bpf.x: $why"
expect_fail bpfpin tie $top/a/bpf.x to file "$T"
expect_fail bpfpin attach prog pinned "$progs/plain" to file $top/a/bpf.x
expect_errno EEXIST bpfobj pin map $top/a/bpf.x
expect_errno ETXTBSY bpfobj open $top/a/bpf.x w
stands $top $top/a
expect_pins 1

step "a cgroup can be removed, with the file open"
exec 3<$top/a/b/e/bpf.x
expect_ok rmdir $top/a/b/e
expect_errno ENODEV bpfobj cat /proc/self/fd/3
read -r _ <&3 2>"$T/error" && fail "the file can still be read"
exec 3<&-
mkdir $top/a/b/e
stands $top/a/b/e

step "removing the one that was made removes all"
for how in rm unpin view-remove unpin-id; do
	case $how in
	rm) rm $top/bpf.x ;;
	unpin) expect_ok bpfpin unpin $top/bpf.x ;;
	view-remove) expect_ok bpfpin view remove $top/bpf.x ;;
	unpin-id) expect_ok bpfioctl unpin-id "$(bpfpin -j view list | jq '.[].id')" ;;
	esac
	stands_not $top $top/a $top/a/b $top/c $top/c/d $top/a/b/e
	expect_pins 0
	mkdir $top/new
	stands_not $top/new
	rmdir $top/new
	expect_ok bpfpin view add pinned "$progs/plain" at $top/bpf.x inherit
	stands $top $top/a $top/a/b $top/c $top/c/d $top/a/b/e
done

step "with the cgroup"
rmdir $top/a/b/e $top/a/b $top/c/d $top/c $top/a $top
expect_pins 0
mkdir -p $top/a
stands_not $top $top/a

step "from the root, to all"
expect_ok bpfpin view add pinned "$progs/plain" at /sys/fs/cgroup/bpf.x inherit
stands /sys/fs/cgroup $top $top/a
rm /sys/fs/cgroup/bpf.x
stands_not /sys/fs/cgroup $top $top/a

step "deep, wide, threaded, and many names"
expect_ok bpfpin view add pinned "$progs/plain" at $top/bpf.x inherit
expect_ok bpfpin view add pinned "$progs/other" at $top/bpf.y inherit
expect_ok bpfpin view add pinned "$progs/other" at $top/a/bpf.z inherit
dir=$top/a
for level in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	dir=$dir/$level
	mkdir $dir
done
stands $dir
expect_same "$(cat $dir/bpf.y $dir/bpf.z)" "other
other"
[ ! -e $top/bpf.z ] || fail "it stands above"
for n in $(seq 300); do
	mkdir $top/w$n
done
for n in $(seq 300); do
	stands $top/w$n
done
mkdir $top/a/t
echo threaded >$top/a/t/cgroup.type
mkdir $top/a/t/t
stands $top/a/t $top/a/t/t
rm $top/bpf.x
[ ! -e $dir/bpf.x ] || fail "it is still there"
expect_same "$(cat $dir/bpf.y $dir/bpf.z)" "other
other"
find $top -depth -type d -exec rmdir {} \;
expect_pins 0

step "of a program that is replaced"
mkdir -p $top/a
expect_ok bpfpin view add pinned "$progs/plain" at $top/bpf.x inherit
exec 3<$top/a/bpf.x
stands $top/a
expect_ok bpfpin view replace $top/bpf.x with pinned "$progs/other"
expect_same "$(cat $top/bpf.x $top/a/bpf.x <&3)" "other
other"
expect_same "$(bpfobj get $top/a/bpf.x)" "prog $(view_id other)"
exec 3<&-
expect_fail bpfpin view replace $top/a/bpf.x with pinned "$progs/plain"
expect_fail bpfpin view replace $top/bpf.x with pinned "$progs/maps"
expect_fail bpfpin view replace "$progs/plain" with pinned "$progs/plain"
expect_same "$(cat $top/a/bpf.x)" "other"
rmdir $top/a $top
expect_pins 0
