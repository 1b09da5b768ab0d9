# SPDX-License-Identifier: GPL-2.0-only
# what: of several hard links only the last unlink ends a watch
# timeout: 270
. /tests/watch.sh

load_consumer
slot=0
for fs in $watch_filesystems devtmpfs; do
	step "$fs"
	mount_empty $fs "$T/$fs"
	file=$T/$fs/watched-$$
	: >"$file"
	watch $slot "$file"
	ln "$file" "$file.2"
	ln "$file" "$file.3"
	rm "$file"
	calls $slot 0 "after the first unlink"
	drop_caches
	rm "$file.3"
	calls $slot 0 "after the second unlink"
	ln "$file.2" "$file"
	rm "$file.2"
	calls $slot 0 "after the third unlink"
	watches 1
	rm "$file"
	ended $slot "after the last unlink"
	watches 0
	expect_ok umount "$T/$fs"
	slot=$((slot + 1))
done
unload_consumer
