# SPDX-License-Identifier: GPL-2.0-only
# what: bpfpin unpin ends pins by path, by id and all of them, with their files: linked, open, deleted ones too
# timeout: 720
. /tests/cli.sh

for fs in tmpfs ext4; do
	mount_empty $fs "$T/$fs"
	cd "$T/$fs"

	step "$fs: by path"
	for type in prog map link; do
		id=$(bpfobj pin $type x)
		quiet unpin x
		gone $type "$id"
		[ ! -e x ] || fail "the file is still there"
	done
	id=$(bpfobj pin map x)
	pin=$(pin_id x)
	json ". == {id: $pin, path: \"x\", file_stays: false}" bpfpin -j unpin x
	gone map "$id"
	error "cannot unpin x: No such file or directory" unpin x

	step "$fs: by id"
	id=$(bpfobj pin map x)
	pin=$(pin_id x)
	mv x y
	quiet unpin id "$pin"
	gone map "$id"
	[ ! -e y ] || fail "the file is still there"
	error "there is no pin with id $pin" unpin id "$pin"
	id=$(bpfobj pin map x)
	pin=$(pin_id x)
	json ". == {id: $pin, path: \"$T/$fs/x\", file_stays: false}" bpfpin -j unpin id "$pin"
	gone map "$id"

	step "$fs: with two names: one goes, the other stays as an ordinary file"
	id=$(bpfobj pin map x)
	ln x y
	quiet unpin y
	gone map "$id"
	[ ! -e y ] || fail "the name is still there"
	[ -f x ] && [ ! -s x ] || fail "the other name is not an ordinary file"
	rm x

	step "$fs: open"
	id=$(bpfobj pin map x)
	exec 5<x
	quiet unpin x
	gone map "$id"
	exec 5<&-

	step "$fs: deleted and open"
	id=$(bpfobj pin map x)
	pin=$(pin_id x)
	exec 5<x
	rm x
	alive map "$id"
	json ". == {id: $pin, path: null, file_stays: false}" bpfpin -j unpin id "$pin"
	gone map "$id"
	exec 5<&-

	step "$fs: the object is still used by somebody else"
	held=$(bpfobj hold map x)
	id=${held% *}
	quiet unpin x
	alive map "$id"
	kill -KILL "${held#* }"
	wait_gone map "$id"

	step "$fs: a read-only file system: by id it ends, the file stays"
	id=$(bpfobj pin map x)
	pin=$(pin_id x)
	mount -o remount,ro "$T/$fs"
	error "cannot unpin x: the file system is read-only" unpin x
	alive map "$id"
	expect_text "pin $pin has ended; its file $T/$fs/x stays, as the file system is read-only" \
		bpfpin unpin id "$pin"
	gone map "$id"
	mount -o remount,rw "$T/$fs"
	rm x

	step "$fs: what is no pin stays"
	: >file
	ln -s file link
	mkdir directory
	error "file is no pin" unpin file
	error "link is no pin" unpin link
	error "directory is no pin" unpin directory
	[ -e file ] && [ -L link ] && [ -d directory ] || fail "something was removed"
	id=$(bpfobj pin map x)
	ln -sf x link
	error "link is no pin" unpin link
	alive map "$id"
	rm -r file link directory x
	cd /
	umount "$T/$fs"
done

step "all: on two file systems, renamed, linked, open, deleted, hidden"
mount_empty ext4 "$T/ext4"
mount_fs tmpfs "$T/tmpfs"
mkdir "$T/over"
mount_fs tmpfs "$T/over"
ids=''
for name in tmpfs/a tmpfs/b tmpfs/deleted ext4/c ext4/d over/hidden; do
	ids="$ids $(bpfobj pin map "$T/$name")"
done
mv "$T/tmpfs/b" "$T/tmpfs/renamed"
ln "$T/ext4/d" "$T/ext4/linked"
exec 5<"$T/tmpfs/deleted" 6<"$T/ext4/c"
rm "$T/tmpfs/deleted"
mount -t tmpfs tmpfs "$T/over"
: >"$T/over/hidden"
expect_fail rmmod bpfpin
expect_text "6 pins ended; the files of 1 stay, as no path that can be written leads to them from here" \
	bpfpin unpin --all
for id in $ids; do
	gone map "$id"
done
[ -e "$T/over/hidden" ] || fail "somebody else's file was removed"
umount "$T/over"
[ -f "$T/over/hidden" ] || fail "the file that cannot be reached is gone"
rm "$T/over/hidden"
expect_same "$(ls "$T/tmpfs")" ""
expect_same "$(ls "$T/ext4" | grep -v lost+found | wc -l)" 1 "the second name"
rm -f "$T/ext4/d" "$T/ext4/linked"
exec 5<&- 6<&-
expect_text "0 pins ended" bpfpin unpin --all
json '. == {unpinned: [], failed: []}' bpfpin -j unpin --all

step "all, as JSON, and by a user: his own"
root=$(bpfobj pin map "$T/root")
chmod 1777 "$T"
user=$(as_user_with bpf bpfobj pin map "$T/user")
pin=$(pin_id "$T/user")
as_user bpfpin -j unpin -a >"$T/.out" 2>"$T/.err" || fail "a user cannot end his own"
expect_json ". == {unpinned: [{id: $pin, path: \"$T/user\", file_stays: false}], failed: []}" "unpin -a"
gone map "$user"
alive map "$root"

step "all, but one cannot be"
user=$(as_user_with bpf bpfobj pin map "$T/user")
mkdir -m 755 "$T/shut"
mv "$T/user" "$T/shut/"
code=0
as_user bpfpin -j unpin -a >"$T/.out" 2>"$T/.err" || code=$?
expect_same $code 1 "exit code"
expect_json '.unpinned == [] and .error == "1 of 1 pins could not be ended" and .failed[0].error == "Permission denied"' "unpin -a"
alive map "$user"
expect_text "2 pins ended" bpfpin unpin --all
gone map "$user"
gone map "$root"
