# SPDX-License-Identifier: GPL-2.0-only
# what: a file that is open outlives its last name: its watch ends inside the last close(2)
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
	holder=$(bpfobj hold-file "$file")
	exec 5<"$file"
	rm "$file"
	calls $slot 0 "unlinked, two descriptors"
	drop_caches
	kill -KILL "$holder"
	wait_for sh -c "! [ -e /proc/$holder ] || grep -q ') Z' /proc/$holder/stat"
	calls $slot 0 "unlinked, one descriptor"
	watches 1
	exec 5<&-
	ended $slot "after the last close"
	expect_same "$(slot $slot pid)" $$ "the process of the callback"
	watches 0
	expect_ok umount "$T/$fs"

	step "$fs: the holder is killed"
	mount_empty $fs "$T/$fs"
	: >"$file"
	watch $((slot + 1)) "$file"
	holder=$(bpfobj hold-file "$file")
	rm "$file"
	calls $((slot + 1)) 0 "unlinked, open"
	kill -KILL "$holder"
	wait_for sh -c "[ \"\$(awk '\$1 == $((slot + 1)) { print \$2 }' $consumer/slots)\" = 1 ]"
	expect_same "$(slot $((slot + 1)) pid)" "$holder" "the process of the callback"
	expect_ok umount "$T/$fs"
	slot=$((slot + 2))
done
unload_consumer
