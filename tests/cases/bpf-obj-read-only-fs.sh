# SPDX-License-Identifier: GPL-2.0-only
# what: read-only file systems and mounts: EROFS for what would write; pins stay
# timeout: 360

check_read_only()
{
	cd "$2"
	bpfobj pin map map >/dev/null
	bpfobj pin prog prog >/dev/null
	bpfobj pin link link >/dev/null
	cd "$T"

	step "  a read-only mount of a writable file system"
	mkdir -p "$T/ro"
	mount --bind "$2" "$T/ro"
	mount -o remount,bind,ro "$T/ro"
	cd "$T/ro"
	expect_calls <<-END
	EROFS pin map new
	EEXIST pin map map
	ENOENT pin map missing/x
	ok get map
	ok get map rdonly
	ok get map wronly
	ok get prog
	ok get link
	EROFS unlink map
	END
	cd "$T"
	umount "$T/ro"
	[ "$1" != devtmpfs ] || return 0

	step "  a read-only file system"
	expect_ok mount -o remount,ro "$T/$1"
	cd "$2"
	expect_calls <<-END
	EROFS pin map new
	EEXIST pin map map
	ENOENT pin map missing/x
	EROFS get map
	ok get map rdonly
	EROFS get map wronly
	EROFS get prog
	ok get prog rdonly
	EROFS get link
	EROFS unlink map
	END
	cd "$T"
	expect_ok mount -o remount,rw "$T/$1"
	cd "$2"
	expect_calls <<-END
	ENOENT get new
	ok get map
	ok get prog
	ok get link
	END
	rm map prog link
	cd "$T"
}

mount_fs bpf "$T/bpf"
mkdir "$T/bpf/test"
check_read_only bpf "$T/bpf/test"
on_each_fs check_read_only
expect_pins 0
