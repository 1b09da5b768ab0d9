# SPDX-License-Identifier: GPL-2.0-only
# what: the path that is shown leads to the pin: after rename, through bind mounts, in other namespaces, uncached
# timeout: 900
. /tests/cli.sh

# shown STATE PATH: the only pin has this path, and it leads there.
shown()
{
	case $1 in
	found)
		json "length == 1 and .[0].path_state == \"found\" and .[0].path == \"$2\"" bpfpin -j list
		expect_text "map $id" bpfobj get "$2" ;;
	*)
		json "length == 1 and .[0].path_state == \"$1\" and .[0].path == null and .[0].path_hint == \"$2\"" \
			bpfpin -j list ;;
	esac
}

for fs in tmpfs ext4 btrfs overlay; do
	step "$fs"
	mnt=$T/$fs
	mount_fs $fs "$mnt"
	mkdir -p "$mnt/a/b" "$T/bind"
	id=$(bpfobj pin map "$mnt/a/b/x")
	shown found "$mnt/a/b/x"

	step "$fs: renamed, and its folder too"
	mv "$mnt/a/b/x" "$mnt/a/y"
	shown found "$mnt/a/y"
	mv "$mnt/a" "$mnt/c"
	shown found "$mnt/c/y"

	step "$fs: linked, and the first name removed"
	ln "$mnt/c/y" "$mnt/z"
	rm "$mnt/c/y"
	# Overlayfs forgets a new link's name until somebody looks.
	stat "$mnt/z" >/dev/null
	shown found "$mnt/z"
	mv "$mnt/z" "$mnt/c/y"

	step "$fs: open and removed"
	ln "$mnt/c/y" "$mnt/c/second"
	stat "$mnt/c/second" >/dev/null
	exec 5<"$mnt/c/second"
	rm "$mnt/c/y"
	shown found "$mnt/c/second"
	rm "$mnt/c/second"
	shown deleted /c/second
	expect_text '* /c/second (deleted) *' bpfpin list
	exec 5<&-
	json '. == []' bpfpin -j list
	gone map "$id"

	step "$fs: only a folder of it is mounted where we look"
	id=$(bpfobj pin map "$mnt/c/x")
	mount --bind "$mnt/c" "$T/bind"
	umount "$mnt"
	shown found "$T/bind/x"
	mount --bind "$T/bind" "$mnt"
	umount "$T/bind"
	shown found "$mnt/x"

	step "$fs: not mounted here, and back"
	nothere=$(unshare -m --propagation private sh -c "umount $mnt; bpfpin -j list" |
		jq -c '.[0] | [.path, .path_state, .path_hint]')
	expect_same "$nothere" '[null,"hidden","/c/x"]' "where it is not mounted"
	shown found "$mnt/x"

	step "$fs: something else is mounted over it"
	mount -t tmpfs tmpfs "$mnt"
	shown hidden /c/x
	: >"$mnt/x"
	shown hidden /c/x
	umount "$mnt"
	shown found "$mnt/x"

	step "$fs: its name is not cached"
	drop_caches
	json 'length == 1' bpfpin -j list
	state=$(jq -r '.[0].path_state' "$T/.out")
	case $state in
	found) shown found "$mnt/x" ;;
	# Where it was made, which leads nowhere now.
	when-pinned) shown when-pinned "$T/$fs/c/x" ;;
	*) fail "path_state is $state" ;;
	esac
	# Whoever looks brings the name back.
	stat "$mnt/x" >/dev/null
	shown found "$mnt/x"

	step "$fs: umount ends it"
	umount "$mnt"
	json '. == []' bpfpin -j list
	gone map "$id"
done

step "ext4: where it was made, if it still is there and the name is not cached"
mount_empty ext4 "$T/ext4"
rm -rf "$T/ext4/c"
id=$(bpfobj pin map "$T/ext4/x")
drop_caches
shown found "$T/ext4/x"
rm "$T/ext4/x"
gone map "$id"

step "in a container: paths as it sees them"
mount_fs tmpfs "$T/tmpfs"
mkdir -p "$T/root/mnt" "$T/tmpfs/sub"
for folder in bin sbin usr dev proc tests lib lib64; do
	mkdir "$T/root/$folder"
	mount --rbind /$folder "$T/root/$folder"
done
mount --bind "$T/tmpfs" "$T/root/mnt"
id=$(bpfobj pin map "$T/tmpfs/sub/x")
expect_same "$(PATH=$PATH unshare -m chroot "$T/root" bpfpin -j list | jq -r '.[0].path')" /mnt/sub/x
expect_ok chroot "$T/root" bpfpin unpin id "$(bpfpin -j list | jq '.[0].id')"
gone map "$id"
[ ! -e "$T/tmpfs/sub/x" ] || fail "the file is still there"
