# SPDX-License-Identifier: GPL-2.0-only
# what: memory pressure and drop_caches neither end a watch nor move it to another inode
# timeout: 270
. /tests/watch.sh

load_consumer
slot=0
for fs in $watch_filesystems devtmpfs; do
	step "$fs"
	mount_empty $fs "$T/$fs"
	file=$T/$fs/watched-$$
	: >"$file"
	mkdir "$file.d"
	before=$(stat -c %i "$file")
	watch $slot "$file"
	watch $((slot + 1)) "$file.d"
	drop_caches
	drop_caches
	calls $slot 0 "after drop_caches"
	calls $((slot + 1)) 0 "of the directory, after drop_caches"
	watches 2
	expect_same "$(stat -c %i "$file")" "$before" "inode number"
	# Were it another inode in memory, this would not be noticed.
	rm "$file"
	ended $slot "after unlink"
	rmdir "$file.d"
	ended $((slot + 1)) "after rmdir"
	expect_ok umount "$T/$fs"
	slot=$((slot + 2))
done
unload_consumer
