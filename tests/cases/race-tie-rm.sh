# SPDX-License-Identifier: GPL-2.0-only
# what: the owner's end, rm -r, untie and a list at once

mkdir "$T/mnt"
told=$(bpfrace tie-rm "$T/mnt" 8 2>&1) || fail "$told"
step "$told"
expect_same "$(bpfobj status)" "pins 0 watches 0"
