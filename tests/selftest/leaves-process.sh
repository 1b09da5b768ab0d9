# SPDX-License-Identifier: GPL-2.0-only
# what: processes that a test leaves are killed, and what they held is free
# expect: ok

bpfobj hold map
bpfobj hold link
sleep 1000 &
