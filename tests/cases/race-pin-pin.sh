# SPDX-License-Identifier: GPL-2.0-only
# what: of four processes that pin at one name one wins, the others get EEXIST, and the pin is the winner's

for fs in tmpfs ext4; do
	mount_empty $fs "$T/$fs"
	told=$(bpfrace pin-pin "$T/$fs" 5 2>&1) || fail "$fs: $told"
	step "$fs: $told"
	expect_same "$(bpfobj status)" "pins 0 watches 0"
	expect_ok umount "$T/$fs"
done
