# SPDX-License-Identifier: GPL-2.0-only
# what: a test that leaves a BPF object behind is reported as failed
# expect: fail BPF objects before and after differ: +map *

bpfobj pin map /sys/fs/bpf/selftest-leak
