# SPDX-License-Identifier: GPL-2.0-only
# what: a map that is open for reading only gives an attached pin for reading only, unless its maker may open every map
. /tests/owner.sh

cgroup=/sys/fs/cgroup/test
mkdir $cgroup/a
chown 1000 $cgroup/a
map=$(bpfobj pin map "$T/map")
chmod 644 "$T/map"
chmod 755 "$T"

expect_ok with_bpf bpfobj attach-pinned "$T/map" $cgroup/a x rdonly
pin=$(with_bpf bpfobj pin-of $cgroup/a x)
for who in with_bpf env; do
	step "$who"
	expect_text "map $map" $who bpfobj attached $cgroup/a x rdonly
	expect_text "map $map" $who bpfobj open-id "$pin" rdonly
	for access in 0 wronly; do
		expect_errno EACCES $who bpfobj attached $cgroup/a x $access
		expect_errno EACCES $who bpfobj open-id "$pin" $access
	done
	expect_errno EPERM $who bpfobj attached-write $cgroup/a x 7 rdonly
done
expect_errno EINVAL bpfobj attached $cgroup/a x 0x18
expect_errno EINVAL bpfobj attached $cgroup/a x 1

step "who has CAP_SYS_ADMIN may open every map by its id"
expect_ok bpfobj attach-pinned "$T/map" $cgroup/a y rdonly
expect_ok bpfobj attached-write $cgroup/a y 7
expect_text 7 bpfobj read "$T/map"

step "for writing only"
chmod 622 "$T/map"
expect_ok with_bpf bpfobj attach-pinned "$T/map" $cgroup/a z wronly
expect_ok with_bpf bpfobj attached-write $cgroup/a z 8 wronly
expect_errno EACCES with_bpf bpfobj attached $cgroup/a z
expect_errno EACCES with_bpf bpfobj attached $cgroup/a z rdonly
expect_text 8 bpfobj read "$T/map"

step "programs and links are had whole or not at all"
attach prog $cgroup/a prog
expect_text "prog $id" bpfobj attached $cgroup/a prog
attach link $cgroup/a link
expect_text "link $id" bpfobj attached $cgroup/a link
expect_errno EINVAL bpfobj attached $cgroup/a link rdonly
rmdir $cgroup/a
gone link "$id"
rm "$T/map"
gone map "$map"
expect_pins 0
