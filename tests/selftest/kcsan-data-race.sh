# SPDX-License-Identifier: GPL-2.0-only
# what: two that write to the same memory at once, unordered, fail the test
# kernels: *-kcsan
# expect: fail kernel log: *KCSAN: data-race in count*faults*

commit_fault data-race
