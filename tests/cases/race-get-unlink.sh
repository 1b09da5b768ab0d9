# SPDX-License-Identifier: GPL-2.0-only
# what: two gets against unlink: each gets the pinned object or ENOENT

for fs in tmpfs ext4; do
	mount_empty $fs "$T/$fs"
	told=$(bpfrace get-unlink "$T/$fs" 5 2>&1) || fail "$fs: $told"
	step "$fs: $told"
	expect_same "$(bpfobj status)" "pins 0 watches 0"
	expect_ok umount "$T/$fs"
done
