# SPDX-License-Identifier: GPL-2.0-only
# what: in a cgroup namespace its own root has the file that it inherits; in a delegated subtree a user can read it, not remove it

. /tests/view.sh

load_views
mkdir -p $top/a/b
expect_ok bpfpin view add pinned "$progs/plain" at $top/bpf.x inherit

step "a cgroup namespace"
id=$(stat -c %i $top/a)
mkdir "$T/cg"
text=$(sh -c "echo \$\$ >$top/a/cgroup.procs; exec unshare -C sh -c \
	'mount -t cgroup2 none $T/cg && cat $T/cg/bpf.x $T/cg/b/bpf.x'")
expect_same "$text" "cgroup $id level 2 number 0
last number 0
cgroup $(stat -c %i $top/a/b) level 3 number 0
last number 0"
umount "$T/cg" 2>/dev/null || :

step "a delegated subtree"
chown -R 1000 $top/a
as_user mkdir $top/a/own || fail "the user cannot make a cgroup"
expect_text "cgroup $(stat -c %i $top/a/own) *" as_user cat $top/a/own/bpf.x
expect_errno EPERM as_user bpfobj unlink $top/a/own/bpf.x
expect_errno EPERM as_user bpfobj unlink $top/a/bpf.x
expect_ok as_user rmdir $top/a/own

step "for some only"
rm $top/bpf.x
expect_ok bpfpin view add pinned "$progs/plain" at $top/bpf.x inherit mode 0440 owner 0:1000
expect_text "cgroup *" as_user cat $top/a/b/bpf.x
expect_fail as_other cat $top/a/b/bpf.x

step "no one but who may use BPF makes any"
expect_fail as_user bpfpin view add pinned "$progs/plain" at $top/a/bpf.y
[ ! -e $top/a/bpf.y ] || fail "there is one"
rmdir $top/a/b $top/a $top
expect_pins 0
