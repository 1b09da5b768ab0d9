# SPDX-License-Identifier: GPL-2.0-only
# what: each allocation of unlink, unpin and umount fails once: it lives as before, or has ended
# kernels: *-debug
# timeout: 600
. /tests/faults.sh

mount_empty ext4 "$T/ext4"
mkdir $top "$T/mnt"
expect_ok bpffault --set-up
for folder in "$T" "$T/ext4" $top; do
	fault unlink map "$folder/bpf-x"
	fault unpin-path map "$folder/bpf-x"
	fault unpin-id map "$folder/bpf-x"
done
fault clean map "$T/ext4/bpf-x"
fault umount "$T/mnt"
rmdir $top
