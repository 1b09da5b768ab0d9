# SPDX-License-Identifier: GPL-2.0-only
# what: each allocation of bpf_watch_inode() fails once, for inodes of every kind
# kernels: *-debug
# timeout: 600
. /tests/watch.sh
. /tests/faults.sh

mount_empty ext4 "$T/ext4"
mount_fs bpf "$T/bpf"
mkdir $top
: >"$T/file"
: >"$T/ext4/file"
load_consumer
bpfobj pin map "$T/bpf/x" >/dev/null
expect_ok bpffault --set-up
for path in "$T/file" "$T/ext4/file" $top "$T/bpf/x"; do
	fault watch "$path"
	fault unwatch "$path"
done
unload_consumer
rmdir $top
