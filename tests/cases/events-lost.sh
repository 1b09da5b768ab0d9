# SPDX-License-Identifier: GPL-2.0-only
# what: a reader that is too slow is told how many events it has missed, where it missed them

expect_ok bpfmonitor check-lost
expect_pins 0
