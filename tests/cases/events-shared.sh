# SPDX-License-Identifier: GPL-2.0-only
# what: processes that share a monitor get each event once, among them

expect_ok bpfmonitor check-fork
expect_pins 0
