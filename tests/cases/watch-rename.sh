# SPDX-License-Identifier: GPL-2.0-only
# what: a rename does not end a watch, a rename over the file does, an exchange does not
# timeout: 270
. /tests/watch.sh

load_consumer
slot=0
for fs in $watch_filesystems devtmpfs; do
	step "$fs"
	mount_empty $fs "$T/$fs"
	old=$T/$fs/old-$$ new=$T/$fs/new-$$
	mkdir "$T/$fs/folder-$$"
	: >"$old"
	: >"$new"
	watch $slot "$old"
	watch $((slot + 1)) "$new"
	expect_ok bpfobj rename "$old" "$T/$fs/folder-$$/x"
	expect_ok bpfobj rename "$T/$fs/folder-$$/x" "$old"
	calls $slot 0 "after rename"
	calls $((slot + 1)) 0 "before it is renamed over"
	expect_ok bpfobj rename "$old" "$new"
	calls $slot 0 "after rename over another"
	ended $((slot + 1)) "renamed over"
	watches 1
	rm "$new"
	ended $slot "after unlink"
	rmdir "$T/$fs/folder-$$"
	expect_ok umount "$T/$fs"
	calls $((slot + 1)) 1 "renamed over, at the end"
	slot=$((slot + 2))
done
unload_consumer
