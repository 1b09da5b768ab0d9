# SPDX-License-Identifier: GPL-2.0-only
# what: umount against the owner's end and untie: it is never busy

mkdir "$T/mnt"
told=$(bpfrace tie-umount "$T/mnt" 8 2>&1) || fail "$told"
step "$told"
expect_same "$(bpfobj status)" "pins 0 watches 0"
