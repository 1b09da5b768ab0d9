# SPDX-License-Identifier: GPL-2.0-only
# what: pin against umount: whoever comes first, no pin is left

mkdir "$T/mnt"
told=$(bpfrace pin-umount "$T/mnt" 5 2>&1) || fail "tmpfs: $told"
step "tmpfs: $told"
told=$(BPFRACE_DEVICE=/dev/scratch-ext4 bpfrace pin-umount "$T/mnt" 5 2>&1) || fail "ext4: $told"
step "ext4: $told"
expect_same "$(bpfobj status)" "pins 0 watches 0"
