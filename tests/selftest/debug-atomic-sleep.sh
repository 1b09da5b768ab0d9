# SPDX-License-Identifier: GPL-2.0-only
# what: what could sleep where that is forbidden fails the test
# kernels: *-debug
# expect: fail kernel log: *sleeping function called from invalid context*faults*

commit_fault atomic-sleep
