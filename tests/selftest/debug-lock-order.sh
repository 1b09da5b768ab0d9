# SPDX-License-Identifier: GPL-2.0-only
# what: locks taken in two orders fail the test, without any deadlock
# kernels: *-debug
# expect: fail kernel log: *possible circular locking dependency detected*

commit_fault lock-order
