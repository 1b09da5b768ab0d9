# SPDX-License-Identifier: GPL-2.0-only
# what: two listings of all pins against umount: it is never busy, and the pins end with it

mkdir "$T/mnt"
told=$(bpfrace list-umount "$T/mnt" 5 2>&1) || fail "tmpfs: $told"
step "tmpfs: $told"
told=$(BPFRACE_DEVICE=/dev/scratch-ext4 bpfrace list-umount "$T/mnt" 5 2>&1) || fail "ext4: $told"
step "ext4: $told"
expect_same "$(bpfobj status)" "pins 0 watches 0"
