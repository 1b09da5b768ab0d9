# SPDX-License-Identifier: GPL-2.0-only
# what: UNPIN by path and by id: which pin, which name, what stays behind

for fs in tmpfs ext4; do
	mount_empty $fs "$T/$fs"
	cd "$T/$fs"

	step "$fs: by path"
	id=$(bpfobj pin map x)
	pin=$(bpfioctl file x | cut -d ' ' -f 2)
	expect_errno EINVAL bpfioctl unpin-path x $((pin + 1))
	expect_errno EINVAL bpfioctl unpin-path x 4294967295
	expect_errno ENOENT bpfioctl unpin-path y "$pin"
	alive map "$id"
	expect_text "$pin" bpfioctl unpin-path x "$pin"
	gone map "$id"
	[ ! -e x ] || fail "the file is still there"
	expect_errno ENOENT bpfioctl info "$pin"
	expect_errno ENOENT bpfioctl unpin-id "$pin"
	expect_errno ENOENT bpfioctl unpin-path x

	step "$fs: any pin at the path"
	id=$(bpfobj pin prog x)
	pin=$(bpfioctl file x | cut -d ' ' -f 2)
	expect_text "$pin" bpfioctl unpin-path x
	gone prog "$id"

	step "$fs: by id: the file stays"
	id=$(bpfobj pin map x)
	pin=$(bpfioctl file x | cut -d ' ' -f 2)
	expect_text "$pin" bpfioctl unpin-id "$pin"
	gone map "$id"
	expect_same "$(stat -c '%s %F' x)" "0 regular empty file"
	expect_errno EINVAL bpfioctl unpin-path x
	expect_errno ENOENT bpfioctl unpin-id "$pin"
	echo text >x
	expect_same "$(cat x)" text
	rm x

	step "$fs: with a second name, and open"
	id=$(bpfobj pin map x)
	ln x y
	exec 5<x
	expect_ok bpfioctl unpin-path x
	gone map "$id"
	[ ! -e x ] || fail "the name is still there"
	expect_same "$(stat -c '%s %h' y)" "0 1"
	exec 5<&-
	rm y

	step "$fs: a symlink is not followed, an ordinary file not removed"
	id=$(bpfobj pin map x)
	ln -s x link
	: >file
	mkdir directory
	for name in link file directory; do
		expect_errno EINVAL bpfioctl unpin-path $name
		expect_errno EINVAL bpfioctl clean $name
		[ -e $name ] || fail "$name is gone"
	done
	expect_text "PIN * file $fs *" bpfioctl file link
	expect_errno EBUSY bpfioctl clean x
	rm -r link file directory

	step "$fs: what is mounted over, or read-only, stays"
	: >"$T/other"
	mount --bind "$T/other" x
	expect_errno EBUSY bpfioctl unpin-path x
	umount x
	mount --bind x "$T/other"
	expect_errno EBUSY bpfioctl unpin-path "$T/other"
	expect_text "PIN * file $fs *" bpfioctl file "$T/other"
	umount "$T/other"
	mount -o remount,ro "$T/$fs"
	expect_errno EROFS bpfioctl unpin-path x
	alive map "$id"
	expect_text "map $id" bpfobj get x rdonly
	mount -o remount,rw "$T/$fs"

	step "$fs: the name is bpffs's"
	mount_fs bpf "$T/bpf"
	inner=$(bpfobj pin map "$T/bpf/x")
	expect_errno EINVAL bpfioctl unpin-path "$T/bpf/x"
	expect_errno EINVAL bpfioctl clean "$T/bpf/x"
	expect_text "BPFFS 0 bpffs bpf 2" bpfioctl file "$T/bpf/x"
	expect_text "NONE 0 bpffs bpf 2" bpfioctl file "$T/bpf"
	alive map "$inner"
	umount "$T/bpf"

	rm x
	gone map "$id"
	cd /
	umount "$T/$fs"
done
