# SPDX-License-Identifier: GPL-2.0-only
# what: unpin and attach against the end of a network namespace: each pin ends once and nothing stays

told=$(bpfrace unpin-netns "$T" 5 2>&1) || fail "$told"
step "$told"
expect_pins 0
