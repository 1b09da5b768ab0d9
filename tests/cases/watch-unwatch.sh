# SPDX-License-Identifier: GPL-2.0-only
# what: a watch that was stopped is not called, stopping it again is ENOENT, and nothing keeps the inode
# timeout: 270
. /tests/watch.sh

load_consumer
slot=0
for fs in $watch_filesystems devtmpfs; do
	step "$fs"
	mount_empty $fs "$T/$fs"
	file=$T/$fs/watched-$$
	: >"$file"
	expect_errno ENOENT consumer "unwatch $slot"
	watch $slot "$file"
	watches 1
	unwatch $slot
	watches 0
	expect_errno ENOENT consumer "unwatch $slot"

	step "$fs: watched once more"
	watch $slot "$file"
	unwatch $slot
	drop_caches
	rm "$file"
	calls $slot 0 "after unlink"
	expect_errno ENOENT consumer "unwatch $slot"

	step "$fs: stopped between unlink and close"
	: >"$file"
	exec 5<"$file"
	watch $slot "$file"
	rm "$file"
	unwatch $slot
	exec 5<&-
	calls $slot 0 "after close"

	step "$fs: stopped after its end"
	: >"$file"
	watch $slot "$file"
	rm "$file"
	calls $slot 1 "after unlink"
	expect_errno ENOENT consumer "unwatch $slot"
	expect_ok umount "$T/$fs"
	calls $slot 1 "after umount"
	slot=$((slot + 1))
done

step "the inode is free once it is not watched"
mount_empty small "$T/small"
i=0
while [ $i -lt 20 ]; do
	: >"$T/small/x" || fail "round $i: no inode left"
	watch $slot "$T/small/x"
	[ $((i % 2)) = 0 ] || unwatch $slot
	rm "$T/small/x"
	i=$((i + 1))
done
calls $slot 10 "of twenty, half of them stopped"
expect_ok umount "$T/small"
unload_consumer
