# SPDX-License-Identifier: GPL-2.0-only
# what: hard link against unlink of the first name: the pin lives if the link came in time

for fs in tmpfs ext4; do
	mount_empty $fs "$T/$fs"
	told=$(bpfrace link-unlink "$T/$fs" 5 2>&1) || fail "$fs: $told"
	step "$fs: $told"
	expect_same "$(bpfobj status)" "pins 0 watches 0"
	expect_ok umount "$T/$fs"
done
