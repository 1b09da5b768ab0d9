# SPDX-License-Identifier: GPL-2.0-only
# what: what cannot be tied, to what, and by whom
. /tests/tie.sh

mount_fs bpf "$T/bpf"
cd "$T/bpf"
mkdir -p d/sub
chmod 755 .
bpfobj pin map d/x >/dev/null
: >"$T/owner"
: >"$T/file"
owner="path $T/owner"

step "targets"
# shellcheck disable=SC2086 # words
{
	expect_errno EINVAL bpfioctl tie "$T/file" $owner
	expect_errno EINVAL bpfioctl tie "$T/bpf" $owner
	expect_errno EINVAL bpfioctl tie . $owner
	expect_errno EINVAL bpfioctl tie /dev/null $owner
	expect_errno EBUSY bpfioctl tie /proc $owner
	expect_errno EBUSY bpfioctl tie / $owner
	expect_errno ENOENT bpfioctl tie none $owner
	expect_errno ENOENT bpfioctl tie '' $owner
	expect_errno ENOTDIR bpfioctl tie d/x/y $owner
	mount -t tmpfs tmpfs d/sub
	expect_errno EBUSY bpfioctl tie d/sub $owner
	umount d/sub
	mkdir "$T/bind"
	mount --bind d "$T/bind"
	expect_errno EBUSY bpfioctl tie "$T/bind" $owner
	umount "$T/bind"
	id=$(bpfobj pin map "$T/was-pin")
	bpfioctl unpin-id "$(bpfioctl file "$T/was-pin" | cut -d ' ' -f 2)" >/dev/null
	gone map "$id"
	expect_errno EINVAL bpfioctl tie "$T/was-pin" $owner
	mount -o remount,bind,ro "$T/bpf"
	expect_errno EROFS bpfioctl tie d $owner
	mount -o remount,bind,rw "$T/bpf"
	mount -o remount,ro "$T/bpf"
	expect_errno EROFS bpfioctl tie d $owner
	mount -o remount,rw "$T/bpf"
	# A name that is gone, though somebody has it open.
	mkdir gone
	exec 5<gone
	rmdir gone
	expect_errno ENOENT bpfioctl tie /proc/self/fd/5/. $owner
	exec 5<&-
}

step "owners"
expect_errno EINVAL bpfioctl tie d path d
expect_errno EINVAL bpfioctl tie d path d/x
expect_errno EINVAL bpfioctl tie d path d/sub
expect_errno EINVAL bpfioctl tie d/x path d/x
ln -s d/x l
expect_errno EINVAL bpfioctl tie d path l
tie d/x path d
tie d/sub path d/x
tie l path d/x
expect_text 1 bpfioctl untie-path d/x
expect_text 1 bpfioctl untie-path d/sub
expect_text 1 bpfioctl untie-path l
expect_errno ENOENT bpfioctl tie d path none
expect_errno EBADF bpfioctl tie d fd 99
expect_errno ENODEV bpfioctl tie d dev 9999
expect_errno EOPNOTSUPP bpfioctl tie d path /proc/self/status
expect_errno EOPNOTSUPP bpfioctl tie d path /proc/self/ns/net
expect_errno EOPNOTSUPP bpfioctl tie d path /sys/fs/cgroup
expect_errno EBADF bpfioctl tie d dev 1 99
ties 0 0

step "who"
chmod 666 "$T/owner"
# shellcheck disable=SC2086 # words
{
	expect_errno EPERM as_user bpfioctl tie d $owner
	expect_errno EPERM as_user_with net_admin bpfioctl tie d $owner
	expect_errno EPERM unshare -U -r bpfioctl tie d $owner
	expect_errno EACCES with_bpf bpfioctl tie d $owner
	expect_errno EACCES as_user_with sys_admin bpfioctl tie d $owner
	chmod 1777 .
	expect_errno EPERM with_bpf bpfioctl tie d $owner
	chmod 777 .
	expect_ok with_bpf bpfioctl tie d $owner
	chmod 1777 .
	as_user mkdir d1000
	expect_ok with_bpf bpfioctl tie d1000 $owner
	ties 2 4
	chmod 644 "$T/owner"
	expect_errno EPERM with_bpf bpfioctl tie d $owner
	expect_errno EACCES with_bpf bpfioctl tie d1000 $owner
	chmod 755 d
	chmod 700 d/sub
	mkdir d/sub/s
	expect_errno EACCES with_bpf bpfioctl tie d/sub/s $owner
}
expect_errno EPERM with_bpf bpfioctl tie d1000 dev 1

step "who may see and untie: as for pins"
tie d path "$T/owner"
expect_errno ENOENT as_user bpfioctl tie-info "$tie"
expect_errno ENOENT as_user bpfioctl untie "$tie"
expect_errno ENOENT as_other bpfioctl untie-path d
expect_errno ENOENT setpriv --inh-caps=-all --bounding-set=-all bpfioctl untie "$tie"
expect_text "$tie 0 1 1 bpf /d - file tmpfs 1 0 /owner" with_bpf bpfioctl tie-info "$tie"
expect_text "* 1000 1 1 bpf /d - *" as_user bpfioctl tie-next 0
expect_text 1 as_user bpfioctl untie-path d
expect_text 1 as_user bpfioctl untie-path d1000
expect_errno ENOENT as_user bpfioctl tie-next 0
ties 1 2
expect_text 1 with_bpf bpfioctl untie "$tie"
ties 0 0
