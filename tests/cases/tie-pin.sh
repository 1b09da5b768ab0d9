# SPDX-License-Identifier: GPL-2.0-only
# what: the file of a tied pin goes with its pin at the owner's end, on every file system
# timeout: 400
. /tests/tie.sh

check_tied()
{
	: >"$T/owner"
	for type in prog map link; do
		id=$(bpfobj pin $type "$2/x")
		: >"$T/owner"
		tie "$2/x" path "$T/owner"
		ties 1 3
		drop_caches
		alive $type "$id"
		ls "$2" >/dev/null
		rm "$T/owner"
		wait_gone $type "$id"
		vanished "$2/x"
		ties 0 0
	done

	# Renamed, with a second name, and open: the pin ends, the tied name goes.
	id=$(bpfobj pin map "$2/x")
	: >"$T/owner"
	tie "$2/x" path "$T/owner"
	mv "$2/x" "$2/y"
	ln "$2/y" "$2/z"
	exec 5<"$2/y"
	rm "$T/owner"
	wait_gone map "$id"
	vanished "$2/y"
	ties 0 0
	exec 5<&-
	expect_same "$(stat -c '%s %h' "$2/z")" "0 1" "the other name"
	rm "$2/z"

	# Removed by hand.
	id=$(bpfobj pin map "$2/x")
	: >"$T/owner"
	tie "$2/x" path "$T/owner"
	rm "$2/x"
	gone map "$id"
	expect_same "$(bpfioctl ties -)" "0 0" "when unlink returns"

	# Unpinned: what stays behind is an ordinary file, and no tie removes that.
	id=$(bpfobj pin map "$2/x")
	tie "$2/x" path "$T/owner"
	expect_ok bpfioctl unpin-id "$(bpfioctl file "$2/x" | cut -d ' ' -f 2)"
	gone map "$id"
	expect_same "$(bpfioctl ties -)" "0 0" "when unpin returns"
	rm "$T/owner"
	[ -f "$2/x" ] || fail "an ordinary file was removed"
	rm "$2/x"

	# The owner is a pin's file, too.
	id=$(bpfobj pin map "$2/x")
	owner=$(bpfobj pin prog "$2/owner")
	tie "$2/x" path "$2/owner"
	expect_ok bpfioctl unpin-path "$2/owner"
	gone prog "$owner"
	wait_gone map "$id"
	vanished "$2/x"
	ties 0 0

	# At umount both go, and it is not busy.
	id=$(bpfobj pin map "$2/x")
	: >"$T/owner"
	tie "$2/x" path "$T/owner"
	[ "$1" != devtmpfs ] || { rm "$2/x" "$T/owner"; return; }
	expect_ok umount "${2%/*}"
	gone map "$id"
	ties 0 0
	rm "$T/owner"
	[ "$1" != overlay ] || umount "${2%/*}.layers"
}
on_each_fs check_tied

step "a file system that was made read-only keeps the file and not the pin"
mount_empty ext4 "$T/ext4"
id=$(bpfobj pin map "$T/ext4/x")
: >"$T/owner"
tie "$T/ext4/x" path "$T/owner"
exec 5<"$T/ext4/x"
mount -o remount,ro "$T/ext4"
rm "$T/owner"
wait_gone map "$id"
ties 0 0
exec 5<&-
wait_for kernel_said "not all that was tied is removed (-30)"
[ -f "$T/ext4/x" ] || fail "the file is gone"
mount -o remount,rw "$T/ext4"
expect_ok bpfioctl clean "$T/ext4/x"

umount "$T/ext4"

# forgotten COMMAND...: ties $disk/a/b/x, runs the command, has the kernel forget all
# names and ends the owner.
forgotten()
{
	mkdir -p "$disk/a/b"
	id=$(bpfobj pin map "$disk/a/b/x")
	: >"$T/owner"
	tie "$disk/a/b/x" path "$T/owner"
	"$@"
	# What was just used is spared the first time, and an overlay's name holds
	# that of its upper layer.
	drop_caches
	drop_caches
	drop_caches
	rm "$T/owner"
	wait_gone map "$id"
	ties 0 0
}

# stays FILE: as what is stale.
stays()
{
	wait_for kernel_said "tie $tie: the pin has ended, but its file stays: it is not at "
	expect_text "STALE *" bpfioctl file "$1"
	expect_ok bpfioctl clean "$1"
}

look_for_forgotten()
{
	disk=$2
	forgotten true
	vanished "$disk/a/b/x"

	# What is mounted over the way there is not looked at.
	mkdir "$T/inner"
	forgotten mount --bind "$T/inner" "$disk/a"
	umount "$disk/a"
	rmdir "$T/inner"
	vanished "$disk/a/b/x"

	# Another file, directory or link where it was is not touched.
	forgotten mv "$disk/a/b/x" "$disk/y"
	stays "$disk/y"
	forgotten sh -c "mv $disk/a/b/x $disk/y; echo text >$disk/a/b/x"
	expect_same "$(cat "$disk/a/b/x")" text
	rm "$disk/a/b/x"
	stays "$disk/y"
	forgotten sh -c "mv $disk/a $disk/c; ln -s c $disk/a"
	stays "$disk/c/b/x"
	rm -r "$disk/a" "$disk/c"

	# With a second name only the tied one goes.
	forgotten ln "$disk/a/b/x" "$disk/y"
	vanished "$disk/a/b/x"
	expect_ok bpfioctl clean "$disk/y"
}

# A name that is anybody's choice makes no lines in the log.
log_of_forgotten()
{
	disk=$2
	dir=$disk/$(printf 'a\nfake')
	mkdir "$dir"
	id=$(bpfobj pin map "$dir/x")
	: >"$T/owner"
	tie "$dir/x" path "$T/owner"
	mv "$dir/x" "$disk/y"
	drop_caches
	drop_caches
	rm "$T/owner"
	wait_gone map "$id"
	ties 0 0
	wait_for kernel_said 'a\\nfake/x any more'
	expect_ok bpfioctl clean "$disk/y"
	rmdir "$dir"
}

step "a name that the kernel has forgotten is looked for where it was"
on_each_fs look_for_forgotten ext4 xfs btrfs overlay
on_each_fs log_of_forgotten ext4
