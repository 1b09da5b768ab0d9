# SPDX-License-Identifier: GPL-2.0-only
# what: a test that finds nothing wrong is reported as passed
# expect: ok

# Two processors, whatever the kernel: with one no race would be one.
expect_same "$(nproc)" 2
id=$(bpfobj pin map /sys/fs/bpf/selftest)
alive map "$id"
rm /sys/fs/bpf/selftest
gone map "$id"
