# SPDX-License-Identifier: GPL-2.0-only
# what: kill -9 of processes that pin, rename and unpin: every file left is a pin, and none more is alive

for fs in tmpfs ext4; do
	mount_empty $fs "$T/$fs"
	told=$(bpfrace kill "$T/$fs" 8 2>&1) || fail "$fs: $told"
	step "$fs: $told"
	expect_same "$(bpfobj status)" "pins 0 watches 0"
	expect_ok umount "$T/$fs"
done
