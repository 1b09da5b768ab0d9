# SPDX-License-Identifier: GPL-2.0-only
# what: what is attached to a file that was there ends with it: unlink, close, umount; the file stays what it is and no mount is busy
. /tests/owner.sh

check_file()
{
	cd "$2"
	: >file
	attach map "$2/file" x
	# A hugetlbfs takes no write(2).
	if [ "$1" != hugetlbfs ]; then
		echo text >file
		echo more >>file
		expect_same "$(cat file)" "text
more"
	fi
	mv file moved
	ln moved second
	drop_caches
	expect_text "map $id" bpfobj attached "$2/second" x
	rm moved
	alive map "$id"
	exec 5<second
	rm second
	alive map "$id"
	exec 5<&-
	gone map "$id"

	mkdir dir
	attach map "$2/dir" x
	rmdir dir
	gone map "$id"

	: >file
	attach map "$2/file" x
	expect_errno EEXIST bpfobj pin map file
	expect_errno EACCES bpfobj get file
	cd "$T"
	[ "$1" != devtmpfs ] || { rm "$2/file"; gone map "$id"; return; }
	unmount_fs "$1" "$T/$1"
	gone map "$id"
	expect_pins 0
}

on_each_fs check_file

step "a file that is a pin itself"
pinned=$(bpfobj pin map "$T/pin")
attach prog "$T/pin" x
expect_text "map $pinned" bpfobj get "$T/pin"
expect_text "prog $id" bpfobj attached "$T/pin" x
rm "$T/pin"
gone prog "$id"
gone map "$pinned"
expect_pins 0
