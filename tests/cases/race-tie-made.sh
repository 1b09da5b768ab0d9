# SPDX-License-Identifier: GPL-2.0-only
# what: a tie that is made while owner and target go

mkdir "$T/mnt"
told=$(bpfrace tie-made "$T/mnt" 8 2>&1) || fail "$told"
step "$told"
expect_same "$(bpfobj status)" "pins 0 watches 0"
