# SPDX-License-Identifier: GPL-2.0-only
# what: umount(2) succeeds with watches on the mount and ends them before it returns; a lazy one at the last close
# timeout: 360
. /tests/watch.sh

load_consumer
slot=0
for fs in $watch_filesystems; do
	step "$fs"
	mount_empty $fs "$T/$fs"
	for name in a b c; do
		: >"$T/$fs/$name"
		watch $((slot)) "$T/$fs/$name"
		slot=$((slot + 1))
	done
	mkdir "$T/$fs/d"
	watch $slot "$T/$fs/d"
	watches 4
	expect_ok mount -o remount,ro "$T/$fs"
	mkdir -p "$T/bind"
	expect_ok mount --bind "$T/$fs" "$T/bind"
	expect_ok umount "$T/$fs"
	watches 4
	expect_ok umount "$T/bind"
	for i in 0 1 2 3; do
		ended $((slot - i)) "after umount"
	done
	watches 0
	slot=$((slot + 1))

	step "$fs: lazy"
	mount_empty $fs "$T/$fs"
	: >"$T/$fs/open"
	: >"$T/$fs/closed"
	watch $slot "$T/$fs/open"
	watch $((slot + 1)) "$T/$fs/closed"
	exec 5<"$T/$fs/open"
	expect_fail umount "$T/$fs"
	expect_text "*busy*" echo "$output"
	expect_ok umount -l "$T/$fs"
	calls $slot 0 "after lazy umount, open"
	calls $((slot + 1)) 0 "after lazy umount"
	drop_caches
	calls $((slot + 1)) 0 "after drop_caches"
	exec 5<&-
	ended $slot "after the last close"
	ended $((slot + 1)) "after the last close of another"
	watches 0
	slot=$((slot + 2))
done
unload_consumer
