# SPDX-License-Identifier: GPL-2.0-only
# what: BPF_F_PATH_FD: relative to a directory's descriptor, for pin and get
# kernels: >= 6.5
# timeout: 360

calls()
{
	cat <<-END
	ok --path-fd $1/dir pin map map
	ok --path-fd $1/dir get map
	ok --path-fd $1 get dir/map
	ok get dir/map
	ok --path-fd $1/dir get map rdonly
	ok --path-fd $1/dir get ../dir/map
	ok --path-fd $1/dir pin prog ../prog
	ok get prog
	ok --path-fd /proc get $1/prog
	ok --path-fd /proc pin link $1/link
	ok get link
	ENOENT --path-fd $1/dir get prog
	ENOENT --path-fd $1 get map
	ENOENT --path-fd $1/dir get ''
	ENOENT --path-fd $1/dir pin map ''
	EEXIST --path-fd $1/dir pin map map
	EEXIST --path-fd $1/dir pin map .
	ENOENT --path-fd $1/dir pin map missing/x
	ENOTDIR --path-fd $1/dir pin map map/x
	EINVAL --path-fd $1/dir get map 0x18
	EINVAL --path-fd $1 get link rdonly
	EACCES --path-fd $1 get dir
	EFAULT --path-fd $1 get-null
	EFAULT --path-fd $1 pin-null
	ENOTDIR get map 0x4000
	ENOTDIR pin-flags 0x4000 new
	ENOENT get new
	ok unlink dir/map
	ok unlink prog
	ok unlink link
	END
}

check_path_fd()
{
	cd "$2"
	mkdir dir
	calls "$2" | expect_calls
	cd "$T"
	expect_pins 0
}

mount_fs bpf "$T/bpf"
mkdir "$T/bpf/test"
check_path_fd bpf "$T/bpf/test"
on_each_fs check_path_fd
