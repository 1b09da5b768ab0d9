# SPDX-License-Identifier: GPL-2.0-only
# what: pin against unlink of one name: the unlink comes too early or ends the pin

for fs in tmpfs ext4; do
	mount_empty $fs "$T/$fs"
	told=$(bpfrace pin-unlink "$T/$fs" 5 2>&1) || fail "$fs: $told"
	step "$fs: $told"
	expect_same "$(bpfobj status)" "pins 0 watches 0"
	expect_ok umount "$T/$fs"
done
