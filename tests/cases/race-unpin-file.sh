# SPDX-License-Identifier: GPL-2.0-only
# what: unpin and attach against the unlink of a file: each pin ends once and nothing stays

told=$(bpfrace unpin-file "$T" 5 2>&1) || fail "$told"
step "$told"
expect_pins 0
