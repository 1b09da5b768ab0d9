# SPDX-License-Identifier: GPL-2.0-only
# what: file_flags open a map read-only or write-only, and need just that permission
# timeout: 360

# The mode of the pin and what a user who is not the owner can do with it.
calls()
{
	cat <<-END
	EACCES get 600
	EACCES get 600 rdonly
	EACCES get 600 wronly
	EACCES get 644
	ok get 644 rdonly
	EACCES get 644 wronly
	ok read 644 rdonly
	EPERM write 644 1 rdonly
	EACCES write 644 1 wronly
	EACCES get 622
	EACCES get 622 rdonly
	ok get 622 wronly
	ok write 622 2 wronly
	EPERM read 622 wronly
	ok get 666
	ok get 666 rdonly
	ok get 666 wronly
	ok write 666 3
	ok read 666
	EACCES repin 644 new
	EACCES open 600 r
	END
}

check_flags()
{
	cd "$2"
	for mode in 600 644 622 666; do
		bpfobj pin map $mode >/dev/null
		chmod $mode $mode
	done
	chmod 755 .
	calls | expect_calls with_bpf
	calls | expect_calls as_user
	expect_same "$(bpfobj read 622)" 2 "value in the map"
	expect_same "$(bpfobj read 666)" 3 "value in the map"
	expect_same "$(bpfobj read 644)" 0 "value in the map"
	rm 600 644 622 666
	cd "$T"
}

mount_fs bpf "$T/bpf"
mkdir "$T/bpf/dir"
check_flags bpf "$T/bpf/dir"
on_each_fs check_flags
