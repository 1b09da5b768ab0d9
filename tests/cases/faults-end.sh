# SPDX-License-Identifier: GPL-2.0-only
# what: each allocation fails once while an owner of any kind ends: if it ends, so do its pins, and what is tied goes
# kernels: *-debug
# timeout: 600
. /tests/faults.sh

mount_empty ext4 "$T/ext4"
mount_fs bpf "$T/bpf"
mkdir $top
expect_ok bpffault --set-up
for owner in "file:$T/bpf-own" "file:$T/ext4/bpf-own" cgroup:$top/own; do
	fault end "$owner" "$T/bpf/dir"
done
# The socket that it is asked for by has no other word.
fault --errors ENOBUFS end dev:bpffault0 "$T/bpf/dir"
# These take no memory.
for owner in socket pipe memfd netns; do
	fault --none end "$owner" "$T/bpf/dir"
done

step "in the worker that removes what is tied"
expect_ok bpffault --set-up tie_work
fault --none --worker end socket "$T/bpf/dir"
fault --worker tie map "$T/ext4/bpf-x" socket
rmdir $top
