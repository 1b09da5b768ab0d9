# SPDX-License-Identifier: GPL-2.0-only
# what: a watch is told of the last unlink once, in the process that unlinks, before unlink(2) returns
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
	watches 1
	calls $slot 0 "before"
	pid=$(sh -c "echo \$\$; exec bpfobj unlink $file")
	ended $slot "after unlink"
	expect_same "$(slot $slot pid)" "$pid" "the process of the callback"
	watches 0
	expect_ok umount "$T/$fs"
	calls $slot 1 "after umount"
	slot=$((slot + 1))
done
unload_consumer
