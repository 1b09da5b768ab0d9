# SPDX-License-Identifier: GPL-2.0-only
# what: a pin is told to be made once, then to be released once, also if it ends at once and monitors come and go

expect_ok bpfmonitor check-order
expect_pins 0
