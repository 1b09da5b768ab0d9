# SPDX-License-Identifier: GPL-2.0-only
# what: owner, mode and folders decide who can pin, open and remove, as on bpffs
# timeout: 540

check_modes()
{
	cd "$2"
	for mask in 000 022 077 377 777; do
		(umask $mask && bpfobj pin map "m$mask" >/dev/null)
	done
	expect_same "$(stat -c '%n %a %u:%g %s %F' m* | tr '\n' ',')" \
		"m000 600 0:0 0 regular empty file,m022 600 0:0 0 regular empty file,m077 600 0:0 0 regular empty file,m377 400 0:0 0 regular empty file,m777 0 0:0 0 regular empty file,"
	rm m*
	# Another owner; a folder that gives its group to new files.
	mkdir mine set
	chown 1000:1000 mine
	bpfobj pin map mine/of-root >/dev/null
	with_bpf bpfobj pin map mine/of-user >/dev/null
	chmod 2777 set
	chown 0:1001 set
	with_bpf bpfobj pin map set/group >/dev/null
	expect_same "$(stat -c '%n %a %u:%g' mine/* set/* | tr '\n' ',')" \
		"mine/of-root 600 0:0,mine/of-user 600 1000:1000,set/group 600 1000:1001,"
	rm -r mine set
	cd "$T"
}

# Calls of user 1000, who can make maps and nothing else.
calls_of_user()
{
	cat <<-END
	EACCES pin map of-root/new
	EACCES pin map closed/new
	EACCES pin map unsearchable/new
	EACCES pin map unsearchable/pin
	EACCES pin map readable-only/new
	EEXIST pin map of-root/pin
	EEXIST pin map unreadable/pin
	ok pin map of-user/new
	ok get of-user/new
	ok pin map write-only/new
	ok get write-only/new
	ok pin map sticky/new
	ok get sticky/new
	EACCES get closed/pin
	EACCES get unsearchable/pin
	EACCES get unsearchable/missing
	EACCES get readable-only/pin
	EACCES get of-root/pin
	EACCES get of-root/pin rdonly
	EACCES get of-root/pin wronly
	ENOENT get of-root/missing
	ok get unreadable/shared
	ENOENT get unreadable/missing
	EACCES get unreadable/pin
	ok get of-root/shared
	ok get of-root/shared rdonly
	ok get of-root/program
	ok repin of-root/program of-user/program
	ok get of-user/program
	EACCES repin of-root/shared of-root/again
	EACCES repin of-root/pin of-user/again
	EACCES unlink of-root/shared
	EACCES rename of-root/shared of-root/renamed
	EPERM unlink sticky/pin
	EPERM rename sticky/pin sticky/renamed
	EPERM unlink sticky/shared
	ok unlink sticky/new
	ok unlink of-user/pin
	ok unlink of-user/new
	ok unlink of-user/program
	ok unlink write-only/new
	END
}

# Without CAP_BPF: no new objects, but what is open or may be opened can be used.
calls_without()
{
	cat <<-END
	EPERM pin map of-user/new
	EPERM pin prog of-user/new
	ENOENT get of-user/new
	EACCES get of-root/pin
	ok get of-root/shared
	ok get of-root/program
	ok repin of-root/shared of-user/again
	ok get of-user/again
	ok repin of-root/program of-user/program
	EACCES repin of-root/shared of-root/again
	ok unlink of-user/again
	ok unlink of-user/program
	END
}

# Where the administrator lets everybody use bpf(2).
calls_allowed()
{
	cat <<-END
	ok pin map of-user/new
	ok get of-user/new
	EACCES pin map of-root/new
	EACCES get of-root/pin
	ok unlink of-user/new
	END
}

check_users()
{
	cd "$2"
	chmod 755 .
	for dir in of-root of-user closed unsearchable unreadable readable-only write-only sticky; do
		mkdir $dir
		bpfobj pin map $dir/pin >/dev/null
		bpfobj pin map $dir/shared >/dev/null
		chmod 666 $dir/shared
	done
	bpfobj pin prog of-root/program >/dev/null
	chmod 666 of-root/program
	chown 1000 of-user
	chmod 700 closed
	chmod 766 unsearchable
	chmod 744 readable-only
	chmod 711 unreadable
	chmod 733 write-only
	chmod 1777 sticky
	calls_of_user | expect_calls with_bpf
	calls_without | expect_calls as_user
	echo 0 >/proc/sys/kernel/unprivileged_bpf_disabled
	calls_allowed | expect_calls as_user
	echo 2 >/proc/sys/kernel/unprivileged_bpf_disabled
	# Everything is there that was not to be removed.
	expect_same "$(ls */* | wc -l)" 16 "number of pins"
	rm -r ./*
	cd "$T"
}

check_permissions()
{
	check_modes "$@"
	check_users "$@"
	expect_pins 0
}

expect_same "$(cat /proc/sys/kernel/unprivileged_bpf_disabled)" 2 "unprivileged_bpf_disabled"
mount_fs bpf "$T/bpf"
mkdir "$T/bpf/test"
check_permissions bpf "$T/bpf/test"
on_each_fs check_permissions
