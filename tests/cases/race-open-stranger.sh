# SPDX-License-Identifier: GPL-2.0-only
# what: who asks about a file that is no pin keeps nobody from opening it for writing

for fs in tmpfs ext4 overlay; do
	mount_empty $fs "$T/$fs"
	told=$(bpfrace open-stranger "$T/$fs" 5 2>&1) || fail "$fs: $told"
	step "$fs: $told"
	rm "$T/$fs/x"
	expect_ok umount "$T/$fs"
	[ $fs != overlay ] || expect_ok umount "$T/overlay.layers"
done
