# SPDX-License-Identifier: GPL-2.0-only
# what: a pin's file in a snapshot of btrfs is a copy, not the pin
# timeout: 240

mount_fs btrfs "$T/btrfs"
cd "$T/btrfs"
id=$(bpfobj pin map pin)
expect_ok fileop subvol-snapshot . . snap
expect_same "$(bpfobj get pin)" "map $id"
expect_errno ESTALE bpfobj get snap/pin
expect_same "$(cat snap/pin)" ""
expect_fail bpfpin clean snap/pin
rm pin
expect_pins 0
gone map "$id"
expect_errno ESTALE bpfobj get snap/pin
expect_same "$(bpfpin clean snap/pin)" "removed snap/pin"
expect_ok fileop subvol-delete . snap
cd "$T"
umount "$T/btrfs"
