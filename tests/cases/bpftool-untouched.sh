# SPDX-License-Identifier: GPL-2.0-only
# what: bpftool opens what is pinned on bpffs, as ever

mount_fs bpf "$T/bpf"
id=$(bpfobj pin map "$T/bpf/map")
bpfobj write "$T/bpf/map" 42
expect_text "$id: array*" bpftool map show pinned "$T/bpf/map"
expect_text '*"0x2a"*' bpftool -j map dump pinned "$T/bpf/map"
rm "$T/bpf/map"
gone map "$id"
