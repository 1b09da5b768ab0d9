# SPDX-License-Identifier: GPL-2.0-only
# what: rename of a pin over a pin against get: there is a pin at every moment

for fs in tmpfs ext4; do
	mount_empty $fs "$T/$fs"
	told=$(bpfrace rename-get "$T/$fs" 5 2>&1) || fail "$fs: $told"
	step "$fs: $told"
	expect_same "$(bpfobj status)" "pins 0 watches 0"
	expect_ok umount "$T/$fs"
done
