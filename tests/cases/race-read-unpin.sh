# SPDX-License-Identifier: GPL-2.0-only
# what: two readers against unpin: each reads the whole line, or nothing of an ordinary file

for fs in tmpfs ext4; do
	mount_empty $fs "$T/$fs"
	told=$(bpfrace read-unpin "$T/$fs" 5 2>&1) || fail "$fs: $told"
	step "$fs: $told"
	expect_same "$(bpfobj status)" "pins 0 watches 0"
	expect_ok umount "$T/$fs"
done
