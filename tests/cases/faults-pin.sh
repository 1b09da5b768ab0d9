# SPDX-License-Identifier: GPL-2.0-only
# what: each allocation of BPF_OBJ_PIN fails once: ENOMEM, and no file, pin or reference is left
# kernels: *-debug
# timeout: 600
. /tests/faults.sh

mount_empty ext4 "$T/ext4"
mount_fs bpf "$T/bpf"
mkdir $top
expect_ok bpffault --set-up
for type in map prog link iter; do
	# A tmpfs, and bpffs, have no other word for it.
	fault --errors ENOSPC pin $type "$T/bpf-x"
done
fault pin map "$T/ext4/bpf-x"
fault pin link "$T/ext4/bpf-x"
fault pin map $top/bpf-x
fault pin iter $top/bpf-x
fault pin view $top/bpf-x
fault --errors ENOSPC pin map "$T/bpf/bpf-x"
rmdir $top
