# SPDX-License-Identifier: GPL-2.0-only
# what: two owners end while entries are added

mkdir "$T/mnt"
told=$(bpfrace tie-two "$T/mnt" 8 2>&1) || fail "$told"
step "$told"
expect_same "$(bpfobj status)" "pins 0 watches 0"
