# SPDX-License-Identifier: GPL-2.0-only
# what: memory of the kernel that nothing points to any more fails the test
# kernels: *-debug
# expect: fail kmemleak: *faults*

# It stays, or nobody would know the names of its functions.
expect_ok insmod /tests/modules/faults.ko fault=leak
