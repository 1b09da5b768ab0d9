# SPDX-License-Identifier: GPL-2.0-only
# what: unpin and attach against the last close(2) of a socket: each pin ends once and nothing stays

told=$(bpfrace unpin-close "$T" 5 2>&1) || fail "$told"
step "$told"
expect_pins 0
