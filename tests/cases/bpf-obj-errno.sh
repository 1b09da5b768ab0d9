# SPDX-License-Identifier: GPL-2.0-only
# what: BPF_OBJ_PIN and BPF_OBJ_GET give on any file system what they give on bpffs
# timeout: 540

# What a process did before must not matter: each call is made in a process
# that last used bpffs, and in one that last used a pin of ours.
mkdir "$T/after"
mount_fs bpf "$T/bpf"
bpfobj pin map "$T/after/tmpfs" >/dev/null
bpfobj pin map "$T/bpf/after" >/dev/null

n64=0123456789012345678901234567890123456789012345678901234567890123
n255=$n64$n64$n64${n64%?}
n256=$n64$n64$n64$n64
# A path may have 4095 bytes.
dots=$(printf './%.0s' $(seq 2045))

calls()
{
	cat <<-END
	ok pin map map
	ok pin prog prog
	ok pin link link
	ok mkdir dir
	ok symlink map to-map
	ok symlink dir to-dir
	ok symlink nowhere dangling
	ok symlink loop loop

	EEXIST pin map map
	EEXIST pin prog map
	EEXIST pin map dir
	EEXIST pin map dir/
	EEXIST pin map to-map
	EEXIST pin map to-dir
	EEXIST pin map dangling
	EEXIST pin map loop
	EEXIST pin map .
	EEXIST pin map ..
	EEXIST pin map /
	EEXIST pin map dir/..
	EEXIST repin map map
	ENOENT pin map missing/x
	ENOENT pin map dangling/x
	ENOENT pin map new/
	ENOENT pin map ''
	ENOTDIR pin map map/x
	EEXIST pin map map/
	ENOTDIR pin map to-map/x
	ELOOP pin map loop/x
	ENAMETOOLONG pin map $n256
	ENAMETOOLONG pin map $n256/x
	ENAMETOOLONG pin map $dots./what
	EFAULT pin-null
	EINVAL pin-fd 0 new
	EINVAL pin-fd 99 new
	EINVAL pin-fd -1 new
	EINVAL pin-fd 99 map
	EINVAL pin-flags 1 new
	EINVAL pin-flags 8 new
	EINVAL pin-flags 16 new
	EINVAL pin-flags 0x80000000 new
	EINVAL pin-dirty new
	ENOENT get new

	ok pin map $n255
	ok get $n255
	ok unlink $n255
	ok pin map ./dir/../here
	ok get here
	ok get $dots/here
	ENAMETOOLONG get $dots./here
	ok unlink here
	ok pin map to-dir/through
	ok unlink to-dir/through
	ok pin map dir/inside
	ok get dir/inside
	ok get to-dir/inside
	ok get dir//inside
	ok get dir/../dir/./inside
	ok repin dir/inside other
	ok get other
	ok unlink other
	ok unlink dir/inside

	ok get map
	ok get to-map
	ok get prog
	ok get link
	ok get map rdonly
	ok get map wronly
	ok get prog rdonly
	ok get prog wronly
	EINVAL get link rdonly
	EINVAL get link wronly
	EINVAL get map 0x18
	EINVAL get prog 0x18
	EINVAL get link 0x18
	EINVAL get missing 0x18
	EINVAL get map 1
	EINVAL get map 0x40
	EINVAL get map 0x80000000
	EINVAL get missing 1
	ENOENT get missing
	ENOENT get missing rdonly
	ENOENT get missing/
	ENOENT get missing/x
	ENOENT get dangling
	ENOENT get ''
	ENOTDIR get map/
	ENOTDIR get map/x
	ENOTDIR get to-map/
	ELOOP get loop
	EACCES get dir
	EACCES get dir/
	EACCES get .
	EACCES get to-dir
	EACCES get dir rdonly
	EACCES get /
	EACCES get /proc/self/exe
	EACCES get /dev/null
	ENAMETOOLONG get $n256
	EFAULT get-null
	EINVAL get-dirty map

	ok read map rdonly
	ok write map 3
	ok write map 4 wronly
	EPERM write map 5 rdonly
	EPERM read map wronly

	EEXIST link map prog
	EEXIST mkdir map
	ENOTDIR rename dir map
	EISDIR rename map dir
	EISDIR unlink dir
	ENOTDIR open map r,directory
	EEXIST symlink x map
	ok rename map renamed
	ENOENT get map
	ENOENT get to-map
	ok get renamed
	ok link renamed map
	ok get map
	ok unlink renamed
	ok get to-map
	ok unlink map
	ENOENT get to-map
	ok unlink prog
	ENOENT get prog
	ok unlink link
	END
}

# calls_after PIN FOLDER [PATTERN]: all of them in FOLDER, but for those with the
# pattern.
calls_after()
{
	rm -rf "${2:?}/calls"
	mkdir "$2/calls"
	cd "$2/calls"
	calls | grep -v -e "${3:-nothing}" |
		sed "s|^\([^ ]\{1,\}\) |\1 --after $1 |" | expect_calls
	cd "$T"
	rm -rf "$2/calls"
}

check_errno()
{
	without=
	# It has no symlinks.
	[ "$1" != hugetlbfs ] || without='to-\|dangling\|loop'
	calls_after "$T/bpf/after" "$2" "$without"
	calls_after "$T/after/tmpfs" "$2" "$without"
	expect_pins 1
}

step "bpffs, which is the model"
calls_after "$T/bpf/after" "$T/bpf"
calls_after "$T/after/tmpfs" "$T/bpf"
on_each_fs check_errno

step "what bpffs cannot have"
cd "$T/after"
mkfifo fifo
: >file
mknod null c 1 3
expect_calls <<-END
EACCES get file
EACCES get fifo
EACCES get null
EACCES get file rdonly
EEXIST pin map file
EEXIST pin map fifo
ENOTDIR pin map file/x
END
rm "$T/after/tmpfs" "$T/bpf/after"
