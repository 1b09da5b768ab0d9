# SPDX-License-Identifier: GPL-2.0-only
# what: events are read whole, from where the monitor began, by each monitor; what cannot be read stays

expect_ok bpfmonitor check-reads
expect_pins 0
