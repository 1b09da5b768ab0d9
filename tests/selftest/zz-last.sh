# SPDX-License-Identifier: GPL-2.0-only
# what: a test after a crash, a hang and a leak runs in a fresh guest
# expect: ok

expect_same "$(bpfobj count)" "0 0 0"
