# SPDX-License-Identifier: GPL-2.0-only
# what: files of pins that ended are ordinary without the module, and known as stale when it comes back
# timeout: 270

for fs in ext4 xfs btrfs overlay; do
	step "$fs"
	mount_empty $fs "$T/$fs"
	id=$(bpfobj pin map "$T/$fs/x")
	expect_ok bpfioctl unpin-id "$(bpfpin -j show "$T/$fs/x" | jq .id)"
	gone map "$id"
	expect_errno ESTALE bpfobj get "$T/$fs/x"
	unload_module
	expect_errno EACCES bpfobj get "$T/$fs/x"
	expect_same "$(stat -c %s "$T/$fs/x")" 0 "size"
	expect_ok bpfobj open "$T/$fs/x" rw
	load_module
	expect_errno ESTALE bpfobj get "$T/$fs/x"
	expect_errno EEXIST bpfobj pin map "$T/$fs/x"
	expect_fail bpfpin show "$T/$fs/x"
	expect_text "Error: $T/$fs/x was left behind by a pin that has ended*" echo "$output"
	expect_fail bpfpin unpin "$T/$fs/x"
	expect_text "Error: $T/$fs/x was left behind by a pin that has ended*" echo "$output"
	expect_text "removed $T/$fs/x" bpfpin clean "$T/$fs/x"
	[ ! -e "$T/$fs/x" ] || fail "clean did not remove it"
	id=$(bpfobj pin map "$T/$fs/x")
	expect_text "map $id" bpfobj get "$T/$fs/x"
	rm "$T/$fs/x"
	gone map "$id"
	expect_ok umount "$T/$fs"
done
