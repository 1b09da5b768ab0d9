# SPDX-License-Identifier: GPL-2.0-only
# what: after a remount a pin's file is a known leftover: empty, ESTALE, to be cleaned
# timeout: 540

# remount FS: everything of the file system is unmounted and mounted again.
remount()
{
	cd "$T"
	expect_ok umount "$T/$1"
	if [ "$1" = overlay ]; then
		layers=$T/overlay.layers
		mount -t overlay -o "lowerdir=$layers/lower,upperdir=$layers/upper,workdir=$layers/work" overlay "$T/overlay"
	else
		mount_fs "$1" "$T/$1"
	fi
	cd "$2"
}

check_leftover()
{
	expect_same "$(stat -c '%s %F %a' "$1")" "0 regular empty file 600"
	expect_same "$(cat "$1")" ""
	expect_text "bpfpin 1 instance ????????-????-????-????-???????????? pin * *" \
		fileop getxattr "$1" trusted.bpfpin
	expect_same "$(fileop listxattr "$1" | grep bpfpin)" trusted.bpfpin
	expect_errno ESTALE bpfobj get "$1"
	expect_errno ESTALE bpfobj get "$1" rdonly
	expect_errno EEXIST bpfobj pin map "$1"
	expect_errno EACCES as_user bpfobj get "$1"
	expect_fail bpfpin show "$1"
	case $output in
	*"left behind"*) ;;
	*) fail "bpfpin show does not say what it is but: $output" ;;
	esac
}

check_stale()
{
	cd "$2"
	chmod 755 .
	map=$(bpfobj pin map map)
	prog=$(bpfobj pin prog prog)
	link=$(bpfobj pin link link)
	instance=$(fileop getxattr map trusted.bpfpin | cut -d ' ' -f 4)
	expect_same "$(fileop getxattr map trusted.bpfpin | cut -d ' ' -f 7-)" \
		"map $map bpfobj_map"
	remount "$@"
	gone map "$map"
	gone prog "$prog"
	gone link "$link"
	for file in map prog link; do
		check_leftover $file
		expect_same "$(fileop getxattr $file trusted.bpfpin | cut -d ' ' -f 4)" "$instance"
	done
	expect_pins 0

	step "  after the module was loaded anew"
	unload_module
	# The stock kernel knows nothing of it.
	expect_errno EACCES bpfobj get map
	load_module
	for file in map prog link; do
		check_leftover $file
	done
	# A pin beside them, with the number of one of them.
	new=$(bpfobj pin map new)
	[ "$(fileop getxattr new trusted.bpfpin | cut -d ' ' -f 4)" != "$instance" ] ||
		fail "the module has the same instance as before"
	check_leftover map

	step "  cleaned"
	expect_same "$(bpfpin clean map)" "removed map"
	[ ! -e map ] || fail "the leftover is still there"
	expect_same "$(bpfpin clean prog link | tr '\n' ' ')" "removed prog removed link "
	expect_same "$(ls | tr '\n' ' ')" "new "
	alive map "$new"
	# The name is free.
	expect_ok bpfobj pin map map >/dev/null
	rm map new
	expect_pins 0
	gone map "$new"
}

chmod 755 "$T"
on_each_fs check_stale ext4 xfs btrfs overlay
