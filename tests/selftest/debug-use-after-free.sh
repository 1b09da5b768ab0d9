# SPDX-License-Identifier: GPL-2.0-only
# what: memory that is used after it was freed fails the test
# kernels: *-debug
# expect: fail kernel log: *KASAN: slab-use-after-free in *faults*

commit_fault use-after-free
