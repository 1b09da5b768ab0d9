# SPDX-License-Identifier: GPL-2.0-only
# what: the owner's end while a directory is moved out and in: what is outside stays

mkdir "$T/mnt"
told=$(bpfrace tie-rename "$T/mnt" 8 2>&1) || fail "$told"
step "$told"
expect_same "$(bpfobj status)" "pins 0 watches 0"
