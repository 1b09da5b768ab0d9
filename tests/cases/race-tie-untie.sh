# SPDX-License-Identifier: GPL-2.0-only
# what: the owner's end against untie: one of them has the tie

mkdir "$T/mnt"
told=$(bpfrace tie-untie "$T/mnt" 8 2>&1) || fail "$told"
step "$told"
expect_same "$(bpfobj status)" "pins 0 watches 0"
