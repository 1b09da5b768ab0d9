# SPDX-License-Identifier: GPL-2.0-only
# what: read and poll of a monitor wait and are woken by events, signals and nothing else

expect_ok bpfmonitor check-waits
expect_pins 0
