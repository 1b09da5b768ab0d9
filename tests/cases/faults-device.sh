# SPDX-License-Identifier: GPL-2.0-only
# what: each allocation of the device's requests fails once, of opening it, listing and following what happens
# kernels: *-debug
# timeout: 600
. /tests/faults.sh

mount_empty ext4 "$T/ext4"
mkdir $top
expect_ok bpffault --set-up
fault device-open
fault status
fault kind
for folder in "$T" "$T/ext4" $top; do
	fault file map "$folder/bpf-x"
	fault info map "$folder/bpf-x"
done
fault monitor "$T/bpf-x"
# It needs no memory.
fault --none monitor-read "$T/bpf-x"
fault --none monitor-close
rmdir $top
