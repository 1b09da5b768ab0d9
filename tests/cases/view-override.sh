# SPDX-License-Identifier: GPL-2.0-only
# what: a cgroup can have a view of its own in the place of one that it inherits, and goes back when that is removed

. /tests/view.sh

load_views
mkdir -p $top/a/b/c $top/d

# says DIR PROG: which program writes the file there.
says()
{
	expect_same "$(bpfobj get "$1/bpf.x")" "prog $(view_id "$2")" "$1/bpf.x"
	case $2 in
	other) expect_same "$(cat "$1/bpf.x")" other ;;
	plain) grep -q "^cgroup $(stat -c %i "$1") " "$1/bpf.x" || fail "$1/bpf.x says $(cat "$1/bpf.x")" ;;
	esac
}

expect_ok bpfpin view add pinned "$progs/plain" at $top/bpf.x inherit

step "for itself alone"
expect_ok bpfpin view add pinned "$progs/other" at $top/a/bpf.x
says $top plain
says $top/a other
says $top/a/b plain
mkdir $top/a/new
says $top/a/new plain
rmdir $top/a/new
expect_fail bpfpin view add pinned "$progs/other" at $top/a/bpf.x
rm $top/a/bpf.x
says $top/a plain
expect_pins 1

step "for all below"
expect_ok bpfpin view add pinned "$progs/other" at $top/a/bpf.x inherit
says $top plain
says $top/d plain
says $top/a other
says $top/a/b other
says $top/a/b/c other
mkdir $top/a/new
says $top/a/new other
expect_ok bpfpin view remove $top/a/bpf.x
for dir in $top $top/a $top/a/b $top/a/b/c $top/a/new $top/d; do
	says $dir plain
done
rmdir $top/a/new

step "the one above is removed first, or comes second"
expect_ok bpfpin view add pinned "$progs/other" at $top/a/b/bpf.x inherit
rm $top/bpf.x
[ ! -e $top/a/bpf.x ] && [ ! -e $top/d/bpf.x ] || fail "it is still inherited"
says $top/a/b other
says $top/a/b/c other
expect_ok bpfpin view add pinned "$progs/plain" at $top/bpf.x inherit
says $top/a plain
says $top/a/b other
says $top/a/b/c other
rm $top/a/b/bpf.x
says $top/a/b plain
says $top/a/b/c plain

step "another pin in its place, which was there before"
rm $top/bpf.x
id=$(bpfobj pin map $top/a/bpf.x)
expect_ok bpfpin view add pinned "$progs/plain" at $top/bpf.x inherit
expect_same "$(bpfobj get $top/a/bpf.x)" "map $id"
says $top/a/b plain
rm $top/a/bpf.x
gone map "$id"
says $top/a plain

step "a view that cannot be made changes nothing"
expect_fail bpfpin view add pinned "$progs/maps" at $top/a/bpf.x
says $top/a plain
chown 1000 $top/a "$progs/other"
expect_fail as_user bpfpin view add pinned "$progs/other" at $top/a/bpf.x
says $top/a plain
mkdir "$T/cg"
mount -t cgroup2 none "$T/cg"
mount -o remount,ro,bind "$T/cg"
expect_fail bpfpin view add pinned "$progs/other" at "$T/cg/bpfpin-test/a/bpf.x"
says $top/a plain
umount "$T/cg"


step "a name that is taken and leads nowhere"
ln -s nowhere "$T/dangling"
expect_errno EEXIST timeout 60 bpfioctl view "$progs/other" "$T/dangling"
expect_errno EEXIST timeout 60 bpfioctl view "$progs/other" "$T/dangling/"

rmdir $top/a/b/c $top/a/b $top/a $top/d
expect_pins 1
rmdir $top
expect_pins 0
