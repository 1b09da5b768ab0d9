# SPDX-License-Identifier: GPL-2.0-only
# what: each allocation fails once of making a tie, dissolving it and asking for it
# kernels: *-debug
# timeout: 600
. /tests/faults.sh

mount_empty ext4 "$T/ext4"
mount_fs bpf "$T/bpf"
mkdir $top
expect_ok bpffault --set-up
fault tie dir "$T/bpf/dir" netns
fault tie dir "$T/bpf/dir" cgroup:$top/own
fault tie dir "$T/bpf/dir" dev:bpffault0
for path in "$T/bpf/bpf-x" "$T/ext4/bpf-x" $top/bpf-x; do
	fault tie map "$path" socket
	fault untie map "$path" socket
	fault untie-path map "$path" socket
	fault tie-info map "$path" "file:$T/bpf-own"
done
rmdir $top
