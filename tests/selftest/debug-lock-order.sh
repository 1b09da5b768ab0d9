# SPDX-License-Identifier: GPL-2.0-only
# what: locks taken in two orders fail the test, without any deadlock
# kernels: *-debug
# expect: fail kernel log: *possible circular locking dependency detected*

expect_ok insmod /tests/modules/faults.ko fault=lock-order
expect_ok rmmod faults
