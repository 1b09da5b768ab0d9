# SPDX-License-Identifier: GPL-2.0-only
# what: a pin on a cgroup of version 1 survives a rename and ends at rmdir(2), before that returns
. /tests/owner.sh

mkdir "$T/v1"
mount -t cgroup -o none,name=bpfpin none "$T/v1"
mkdir "$T/v1/a" "$T/v1/a/b"
attach map "$T/v1/a/b" x
below=$id
attach map "$T/v1/a" x
drop_caches
mv "$T/v1/a" "$T/v1/renamed"
alive map "$id"
alive map "$below"
expect_text "map $id" bpfobj attached "$T/v1/renamed" x
expect_text "* 1 /renamed/b" bpfioctl info "$(bpfobj pin-of "$T/v1/renamed/b" x)"
mkdir "$T/v1/a"
expect_errno ENOENT bpfobj attached "$T/v1/a" x
rmdir "$T/v1/a"
alive map "$id"
echo $$ >"$T/v1/renamed/b/cgroup.procs"
drop_caches
alive map "$below"
echo $$ >"$T/v1/cgroup.procs"
mv "$T/v1/renamed/b" "$T/v1/renamed/c"
alive map "$below"
rmdir "$T/v1/renamed/c"
gone map "$below"
alive map "$id"
rmdir "$T/v1/renamed"
gone map "$id"
expect_errno EOPNOTSUPP bpfobj attach map "$T/v1" x
expect_errno EOPNOTSUPP bpfobj attach map "$T/v1/cgroup.procs" x
expect_ok umount "$T/v1"
expect_pins 0
