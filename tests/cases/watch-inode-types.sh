# SPDX-License-Identifier: GPL-2.0-only
# what: directories, symlinks, fifos, device nodes and named sockets can be watched like files
# timeout: 270
. /tests/watch.sh

load_consumer
slot=0
for fs in tmpfs ext4 xfs btrfs overlay; do
	step "$fs"
	mount_empty $fs "$T/$fs"
	cd "$T/$fs"
	mkdir directory
	ln -s directory symlink
	ln -s nowhere dangling
	mkfifo fifo
	mknod null c 1 3
	first=$slot
	for name in directory symlink dangling fifo null; do
		watch $slot "$T/$fs/$name"
		slot=$((slot + 1))
	done
	drop_caches
	slot=$first
	for name in directory symlink dangling fifo null; do
		calls $slot 0 "$name, before"
		if [ $name = directory ]; then rmdir $name; else rm $name; fi
		ended $slot "$name"
		slot=$((slot + 1))
	done
	watches 0

	step "$fs: a directory that is somebody's working directory"
	mkdir -p "$T/$fs/busy"
	watch $slot "$T/$fs/busy"
	cd "$T/$fs/busy"
	rmdir "$T/$fs/busy"
	calls $slot 0 "after rmdir"
	cd /
	ended $slot "after chdir"
	slot=$((slot + 1))

	step "$fs: its root directory"
	watch $slot "$T/$fs"
	expect_ok umount "$T/$fs"
	ended $slot "after umount"
	slot=$((slot + 1))
done
unload_consumer
