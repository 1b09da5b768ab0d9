# SPDX-License-Identifier: GPL-2.0-only
# what: rmmod waits for a mark that somebody has who was asked for a permission and does not answer
. /tests/owner.sh
. /tests/view.sh

mkdir -p $top/a
load_views
mkdir "$T/mount"
mount -t tmpfs tmpfs "$T/mount"
: >"$T/mount/file"

# waits PATH: whoever opens this finds a mark of ours, of what was made just now.
waits()
{
	listener=$(fileop hold-opens "$1")
	cat "$1" >/dev/null 2>&1 &
	opener=$!
	sleep 0.5
	[ -d "/proc/$opener" ] || fail "nobody was asked"
	for id in $(bpfpin -j list | jq '.[].id'); do
		bpfioctl unpin-id "$id" >/dev/null
	done
	expect_pins 0
	rmmod bpfpin &
	remover=$!
	# A mark is freed within two seconds.
	sleep 3
	[ -d "/proc/$remover" ] || fail "it did not wait"
	kill -KILL "$listener"
	wait "$opener" || :
	wait "$remover" || fail "it is still there"
	module_loaded && fail "it is still there"
	load_module
}

step "at the inode of a file"
attach map "$T/mount/file" x
waits "$T/mount/file"

step "at the directory of a cgroup"
attach map $top/a x
waits $top

step "at the file system of inherited views"
expect_ok bpfpin view add pinned "$progs/plain" at $top/bpf.x inherit
waits $top/a/cgroup.procs

rmdir $top/a $top
