# SPDX-License-Identifier: GPL-2.0-only
# what: pinning a map that one may only read, or only write, gives nobody more; administrators are not narrowed

mkdir "$T/bpf"
mount -t bpf -o mode=755 bpf "$T/bpf"
chmod 1777 "$T"
for fs in tmpfs ext4; do
	step "$fs"
	mount_fs $fs "$T/$fs"
	mkdir "$T/$fs/all"
	chmod 1777 "$T/$fs/all"
	id=$(bpfobj pin map "$T/bpf/map")

	step "read only"
	chmod 444 "$T/bpf/map"
	expect_errno EACCES as_user bpfobj get "$T/bpf/map"
	expect_ok as_user bpfobj repin "$T/bpf/map" "$T/$fs/all/read" rdonly
	expect_errno EACCES as_user bpfobj get "$T/$fs/all/read"
	expect_errno EACCES as_user bpfobj get "$T/$fs/all/read" wronly
	expect_errno EACCES as_user bpfobj write "$T/$fs/all/read" 4711
	expect_text 0 as_user bpfobj read "$T/$fs/all/read" rdonly
	# Nor by pinning the pin.
	expect_ok as_user bpfobj repin "$T/$fs/all/read" "$T/$fs/all/again" rdonly
	expect_errno EACCES as_user bpfobj get "$T/$fs/all/again"

	step "write only"
	chmod 222 "$T/bpf/map"
	expect_ok as_user bpfobj repin "$T/bpf/map" "$T/$fs/all/write" wronly
	expect_errno EACCES as_user bpfobj get "$T/$fs/all/write"
	expect_errno EACCES as_user bpfobj get "$T/$fs/all/write" rdonly
	expect_ok as_user bpfobj write "$T/$fs/all/write" 5 wronly

	step "an administrator can open any map by its id anyway"
	expect_ok bpfobj repin "$T/bpf/map" "$T/$fs/all/root" rdonly
	expect_ok bpfobj write "$T/$fs/all/root" 6

	rm "$T/$fs/all/"* "$T/bpf/map"
	gone map "$id"
	umount "$T/$fs"
done
