# SPDX-License-Identifier: GPL-2.0-only
# what: the module cannot be removed while a pin lives; once all are ended it can, and their files are ordinary

# refused MESSAGE
refused()
{
	step "$1"
	expect_fail rmmod bpfpin
	module_loaded || fail "the module is gone"
	expect_text "map $id" bpfobj get "${2:-$T/x}"
}

for fs in tmpfs ext4; do
	mount_empty $fs "$T/$fs"
	id=$(bpfobj pin map "$T/$fs/x")
	refused "$fs: a pin" "$T/$fs/x"
	expect_text '*pins*1*' bpfpin status
	mv "$T/$fs/x" "$T/$fs/y"
	refused "$fs: a pin that was renamed" "$T/$fs/y"
	exec 5<"$T/$fs/y"
	rm "$T/$fs/y"
	expect_fail rmmod bpfpin
	alive map "$id"
	exec 5<&-
	gone map "$id"
	unload_module
	load_module
done

step "a pin in a mount namespace of others"
holder=$(unshare -m --propagation private sh -c "
	mount -t tmpfs tmpfs $T/tmpfs; bpfobj hold map $T/tmpfs/hidden")
id=${holder% *}
[ ! -e "$T/tmpfs/hidden" ] || fail "the namespace is not another"
expect_fail rmmod bpfpin
alive map "$id"
kill -KILL "${holder#* }"
wait_gone map "$id"
wait_for rmmod bpfpin
load_module

step "unpin --all lets it go"
for fs in tmpfs ext4; do
	for type in prog map link; do
		bpfobj pin $type "$T/$fs/$type"
	done
done >/dev/null
expect_fail rmmod bpfpin
expect_text "6 pins ended" bpfpin unpin --all
expect_same "$(ls "$T/tmpfs")" "" "files left"
unload_module
load_module

step "unpin by id through the device leaves the file, and that is an ordinary one"
for fs in tmpfs ext4; do
	id=$(bpfobj pin map "$T/$fs/x")
	expect_ok bpfioctl unpin-id "$(bpfpin -j show "$T/$fs/x" | jq .id)"
	gone map "$id"
done
unload_module
for fs in tmpfs ext4; do
	[ -f "$T/$fs/x" ] || fail "no file"
	echo text >"$T/$fs/x"
	expect_same "$(cat "$T/$fs/x")" text
	rm "$T/$fs/x"
done
load_module
