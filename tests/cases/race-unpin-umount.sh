# SPDX-License-Identifier: GPL-2.0-only
# what: unpin by id against umount: it is never busy, and each pin ends once

mkdir "$T/mnt"
told=$(bpfrace unpin-umount "$T/mnt" 5 2>&1) || fail "tmpfs: $told"
step "tmpfs: $told"
told=$(BPFRACE_DEVICE=/dev/scratch-ext4 bpfrace unpin-umount "$T/mnt" 5 2>&1) || fail "ext4: $told"
step "ext4: $told"
expect_same "$(bpfobj status)" "pins 0 watches 0"
