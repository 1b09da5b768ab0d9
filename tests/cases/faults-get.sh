# SPDX-License-Identifier: GPL-2.0-only
# what: each allocation of BPF_OBJ_GET, and of opening and reading a pin's file, fails once: ENOMEM
# kernels: *-debug
# timeout: 600
. /tests/faults.sh

mount_empty ext4 "$T/ext4"
mount_fs bpf "$T/bpf"
mkdir $top
expect_ok bpffault --set-up
for folder in "$T" "$T/ext4" $top; do
	fault get map "$folder/bpf-x"
	fault get link "$folder/bpf-x"
	fault open map "$folder/bpf-x"
	fault read map "$folder/bpf-x"
	fault open iter "$folder/bpf-x"
	fault read iter "$folder/bpf-x"
done
fault open view $top/bpf-x
fault read view $top/bpf-x
fault get map "$T/bpf/bpf-x"
rmdir $top
