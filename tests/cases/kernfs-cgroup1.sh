# SPDX-License-Identifier: GPL-2.0-only
# what: pins in cgroup v1: made, renamed with their cgroup, ended by rmdir and rm; none in a root

mkdir "$T/v1"
hierarchy()
{
	mount -t cgroup -o none,name=bpfpin bpfpin "$T/v1"
}

hierarchy
expect_errno EPERM bpfobj pin map "$T/v1/bpf"
said_after "no pin on cgroup: a pin in the root would keep the hierarchy" \
	bpfobj pin map "$T/v1/bpf"

mkdir "$T/v1/a"
id=$(bpfobj pin map "$T/v1/a/bpf")
expect_errno EPERM bpfobj pin map "$T/v1/a/x"
expect_same "$(cat "$T/v1/a/bpf")" "map $id array name bpfobj_map"

step "rename"
expect_calls <<-END
ENOTDIR rename $T/v1/a/bpf $T/v1/a/bpf-new
ok rename $T/v1/a $T/v1/b
EPERM unlink $T/v1/b/cgroup.procs
END
expect_text "map $id" bpfobj get "$T/v1/b/bpf"
expect_text "*/b/bpf *" bpfpin list
rm "$T/v1/b/bpf"
gone map "$id"

step "rmdir, and umount with a pin"
id=$(bpfobj pin map "$T/v1/b/bpf")
expect_ok umount "$T/v1"
alive map "$id"
hierarchy
expect_text "map $id" bpfobj get "$T/v1/b/bpf"
rmdir "$T/v1/b"
gone map "$id"
expect_pins 0

step "without pins the hierarchy ends at umount, as ever"
mkdir "$T/v1/c"
bpfobj pin map "$T/v1/c/bpf" >/dev/null
rmdir "$T/v1/c"
expect_ok umount "$T/v1"
hierarchy_gone()
{
	! grep -q name=bpfpin /proc/self/cgroup
}
wait_for hierarchy_gone
