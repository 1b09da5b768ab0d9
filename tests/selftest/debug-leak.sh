# SPDX-License-Identifier: GPL-2.0-only
# what: memory of the kernel that nothing points to any more fails the test
# kernels: *-debug
# expect: fail kmemleak: *faults*

commit_fault leak
