# SPDX-License-Identifier: GPL-2.0-only
# what: each allocation fails once of attaching to an owner of every kind, and of opening what is attached
# kernels: *-debug
# timeout: 600
. /tests/faults.sh

mount_empty ext4 "$T/ext4"
mkdir $top
expect_ok bpffault --set-up
for owner in "file:$T/bpf-own" "file:$T/ext4/bpf-own" cgroup:$top/own socket pipe memfd \
	netns dev:bpffault0; do
	fault attach "$owner"
	fault open-attached "$owner"
done
rmdir $top
