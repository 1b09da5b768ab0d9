# SPDX-License-Identifier: GPL-2.0-only
# what: what a security module forbids at a pin, a get or an unlink stays forbidden
# timeout: 360

# denied HOOK COMMAND...
denied()
{
	hook=$1
	shift
	expect_errno EDOM lsmdeny "$hook" bpfobj "$@"
}

check_denied()
{
	bpfobj pin map "$2/map" >/dev/null
	bpfobj pin prog "$2/prog" >/dev/null
	# As for any new file: its path, its inode.
	denied path_mknod repin "$2/map" "$2/new"
	denied inode_create repin "$2/map" "$2/new"
	# As for bpf(2): the call, the object.
	denied bpf repin "$2/map" "$2/new"
	denied bpf get "$2/map"
	denied bpf_map get "$2/map"
	denied bpf_map get "$2/map" rdonly
	denied bpf_prog get "$2/prog"
	denied bpf_map repin "$2/map" "$2/new"
	denied inode_unlink unlink "$2/map"
	[ ! -e "$2/new" ] || fail "a file was left behind"
	expect_same "$(ls "$2" | tr '\n' ' ')" "map prog "
	[ "$1" = bpf ] || expect_pins 2
	# Another's module does not disturb.
	expect_ok lsmdeny bpf_prog bpfobj get "$2/map" >/dev/null
	expect_ok lsmdeny inode_create bpfobj get "$2/map" >/dev/null
	rm "$2/map" "$2/prog"
}

mount_fs bpf "$T/bpf"
mkdir "$T/bpf/test"
check_denied bpf "$T/bpf/test"
on_each_fs check_denied tmpfs ext4 btrfs overlay
