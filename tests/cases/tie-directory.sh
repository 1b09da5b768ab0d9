# SPDX-License-Identifier: GPL-2.0-only
# what: a tie removes all that is below, added later too, and nothing outside: hard links, targets of symlinks, what was moved out
. /tests/tie.sh

mount_fs bpf "$T/bpf"
cd "$T/bpf"

step "entries that came later, symlinks, hard links"
mkdir -p d out
: >"$T/owner"
tie d path "$T/owner"
seven d
linked=$(bpfobj pin map d/linked)
expect_ok bpfobj link d/linked out/linked
outside=$(bpfobj pin prog out/prog)
ln -s ../out d/to-out
ln -s nowhere d/dangling
ln -s ../d out/to-d
moved=$(bpfobj pin map d/moved)
mkdir d/dir
dir=$(bpfobj pin map d/dir/x)
mv d/moved out/moved
mv d/dir out/dir
inside=$(bpfobj pin map out/inside)
mv out/inside d/inside
rm "$T/owner"
vanished d
seven_gone
wait_gone map "$inside"
expect_same "$(ls -R out | tr -s '\n' ' ')" \
	"out: dir linked moved prog to-d out/dir: x " "what was outside"
alive map "$linked"
alive prog "$outside"
alive map "$moved"
alive map "$dir"
expect_text "map $linked" bpfobj get out/linked
expect_same "$(stat -c %h out/linked)" 1 "links"
ties 0 0
rm -r out
gone map "$linked"

step "the tied directory was renamed and moved"
mkdir d out
: >"$T/owner"
tie d path "$T/owner"
seven d
mv d out/e
rm "$T/owner"
vanished out/e
seven_gone
expect_same "$(ls)" out
rmdir out

step "another directory of the old name is not the tied one"
mkdir d
: >"$T/owner"
tie d path "$T/owner"
mv d e
seven d
rm "$T/owner"
vanished e
seven_alive
rm -r d
seven_gone

step "a single entry, and its other names"
id=$(bpfobj pin map x)
: >"$T/owner"
tie x path "$T/owner"
expect_ok bpfobj link x y
mv x z
rm "$T/owner"
vanished z
alive map "$id"
ties 0 0
expect_same "$(ls)" y
rm y
gone map "$id"

step "a single entry whose tied name was removed by hand"
id=$(bpfobj pin map x)
: >"$T/owner"
tie x path "$T/owner"
expect_ok bpfobj link x y
rm x
rm "$T/owner"
ties 0 0
alive map "$id"
rm y
gone map "$id"

step "symlinks themselves"
id=$(bpfobj pin link x)
ln -s x l
: >"$T/owner"
tie l path "$T/owner"
rm "$T/owner"
vanished l
alive link "$id"
rm x
gone link "$id"

step "somebody stands in it and has it open"
mkdir d
seven d
: >"$T/owner"
tie d path "$T/owner"
(cd d/deep && exec sleep 1000) &
pid=$!
stands_there()
{
	[ "$(readlink "/proc/$pid/cwd")" = "$T/bpf/d/deep" ]
}
wait_for stands_there
exec 5<d/deep/deeper
rm "$T/owner"
vanished d
seven_gone
kill "$pid"
wait "$pid" || :
exec 5<&-

step "what is below is mounted elsewhere, in another namespace too"
mkdir d "$T/bind"
seven d
: >"$T/owner"
tie d path "$T/owner"
mount --bind d/deep "$T/bind"
unshare -m sh -c "mount --bind d/deep/deeper '$T/bind' && exec sleep 1000" &
pid=$!
mounted_there()
{
	grep -c "$T/bind" "/proc/$pid/mountinfo" | grep -qx 2
}
wait_for mounted_there
rm "$T/owner"
vanished d
seven_gone
ties 0 0
expect_same "$(ls "$T/bind")" "" "what the mount shows"
kill "$pid"
wait "$pid" || :
umount "$T/bind"

step "wide and deep"
mkdir d
: >"$T/owner"
tie d path "$T/owner"
deep=d
for i in $(seq 60); do
	deep=$deep/$i
	mkdir "$deep"
	bpfobj pin map "$deep/m" >/dev/null
	mkdir "d/wide$i"
done
for i in $(seq 500); do
	ln -s x "d/l$i"
done
rm "$T/owner"
vanished d
ties 0 0
cd /
