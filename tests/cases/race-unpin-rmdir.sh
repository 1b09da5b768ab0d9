# SPDX-License-Identifier: GPL-2.0-only
# what: unpin and attach against rmdir(2) of a cgroup: each pin ends once and nothing stays

told=$(bpfrace unpin-rmdir /sys/fs/cgroup/test 5 2>&1) || fail "$told"
step "$told"
expect_pins 0
