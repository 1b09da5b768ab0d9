# SPDX-License-Identifier: GPL-2.0-only
# what: what is attached to a cgroup is released before its rmdir(2) returns, and by nothing before: memory pressure, processes, children
. /tests/owner.sh

cgroup=/sys/fs/cgroup/test
step "several, of every type"
mkdir $cgroup/a
attach map $cgroup/a x
map=$id
attach prog $cgroup/a y
prog=$id
attach link $cgroup/a z
link=$id
rmdir $cgroup/a
gone map "$map"
gone prog "$prog"
gone link "$link"
expect_pins 0

step "by descriptor, and after it was forgotten by all but the pin"
mkdir $cgroup/a
exec 5<$cgroup/a
attach map fd:5 x
exec 5<&-
drop_caches
eat_memory
alive map "$id"
expect_text "map $id" bpfobj attached $cgroup/a x
expect_errno EEXIST bpfobj attach map $cgroup/a x
drop_caches
rmdir $cgroup/a
gone map "$id"

step "attached to after its inode was forgotten"
mkdir $cgroup/a
attach map $cgroup/a x
first=$id
drop_caches
attach map $cgroup/a y
drop_caches
expect_text "map $first" bpfobj attached $cgroup/a x
rmdir $cgroup/a
gone map "$first"
gone map "$id"

step "processes come and go"
mkdir $cgroup/a
attach map $cgroup/a x
start_in $cgroup/a sleep 100
sleeper=$!
wait_for grep -q . $cgroup/a/cgroup.procs
expect_fail rmdir $cgroup/a
alive map "$id"
echo "$sleeper" >$cgroup/cgroup.procs
alive map "$id"
echo "$sleeper" >$cgroup/a/cgroup.procs
echo 1 >$cgroup/a/cgroup.kill
wait_for sh -c "! grep -q . $cgroup/a/cgroup.procs"
drop_caches
alive map "$id"
rmdir $cgroup/a
gone map "$id"
wait "$sleeper" 2>/dev/null || :

step "a cgroup, its child and its sibling"
mkdir $cgroup/a $cgroup/a/b $cgroup/c
attach map $cgroup/a x
above=$id
attach map $cgroup/c x
beside=$id
attach map $cgroup/a/b x
expect_fail rmdir $cgroup/a
drop_caches
rmdir $cgroup/a/b
gone map "$id"
alive map "$above"
alive map "$beside"
rmdir $cgroup/a
gone map "$above"
alive map "$beside"
rmdir $cgroup/c
gone map "$beside"

step "a cgroup of the same name is another"
mkdir $cgroup/a
attach map $cgroup/a x
rmdir $cgroup/a
mkdir $cgroup/a
expect_errno ENOENT bpfobj attached $cgroup/a x
attach map $cgroup/a x
rmdir $cgroup/a
gone map "$id"

step "open while it is removed"
mkdir $cgroup/a
exec 5<$cgroup/a
attach map fd:5 x
rmdir $cgroup/a
gone map "$id"
expect_errno ENOENT bpfobj attach map fd:5 x
expect_errno ENOENT bpfobj attached fd:5 x
exec 5<&-
expect_pins 0
