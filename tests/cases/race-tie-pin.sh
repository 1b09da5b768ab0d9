# SPDX-License-Identifier: GPL-2.0-only
# what: the file of a tied pin: the owner's end, unlink and unpin

mkdir "$T/mnt"
told=$(bpfrace tie-pin "$T/mnt" 8 2>&1) || fail "$told"
step "$told"
expect_same "$(bpfobj status)" "pins 0 watches 0"
