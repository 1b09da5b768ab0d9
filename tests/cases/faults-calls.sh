# SPDX-License-Identifier: GPL-2.0-only
# what: each function of the kernel's that can fail by something else than memory does so once where the module calls it
# kernels: *-debug
# timeout: 900
. /tests/watch.sh
. /tests/faults.sh

mount_empty ext4 "$T/ext4"
mount_fs bpf "$T/bpf"
mkdir -p $top/a/b
load_fail_call

step "a pin on ext4"
fault_calls pin map "$T/ext4/bpf-x" <<END
user_path_create -36 ENAMETOOLONG
security_path_mknod -13 EACCES
vfs_create -28 ENOSPC
__vfs_setxattr -28 ENOSPC
__vfs_setxattr -95 EOPNOTSUPP
fsnotify_add_mark -12 ENOMEM
END
fault_calls pin prog "$T/bpf-x" <<END
bpf_prog_get -1 EINVAL
END
fault_calls pin link "$T/bpf-x" <<END
bpf_link_get_from_fd -9 EINVAL
END

step "a pin in a cgroup"
fault_calls pin map $top/bpf-x <<END
security_path_mknod -13 EACCES
inode_permission -13 EACCES
security_inode_create -13 EACCES
__kernfs_create_file -28 ENOSPC
lookup_one -13 EACCES
mnt_clone_internal -12 ENOMEM
dentry_open -23 ENFILE
END

step "opening what is pinned"
fault_calls get map "$T/ext4/bpf-x" <<END
user_path_at -40 ELOOP
inode_permission -13 EACCES
bpf_map_new_fd -24 EMFILE
END
fault_calls get prog "$T/bpf-x" <<END
bpf_prog_new_fd -24 EMFILE
END
fault_calls get link $top/bpf-x <<END
bpf_link_new_fd -24 EMFILE
END
fault_calls open map "$T/bpf-x" <<END
single_open -12 ENOMEM
END
fault_calls open iter $top/bpf-x <<END
anon_inode_getfile -23 ENFILE
END

step "ending it"
for folder in "$T" "$T/ext4" $top; do
	fault_calls unpin-path map "$folder/bpf-x" <<END
user_path_at -40 ELOOP
mnt_want_write -30 EROFS
security_path_unlink -13 EACCES
vfs_unlink -5 EIO
END
done
fault_calls clean map "$T/ext4/bpf-x" <<END
mnt_want_write -30 EROFS
vfs_unlink -5 EIO
END
# What cannot be closed behind the call is closed by a worker.
fault_calls unlink map $top/bpf-x <<END
task_work_add -3 -
END

step "attaching"
fault_calls attach "file:$T/bpf-own" <<END
strncpy_from_user -14 EFAULT
user_path_at -40 ELOOP
fsnotify_add_mark -12 ENOMEM
END
fault_calls attach socket <<END
fget 0 EBADF,EINVAL
fsnotify_add_mark -12 ENOMEM
END
fault_calls attach cgroup:$top/own <<END
fsnotify_add_mark -12 ENOMEM
d_find_any_alias 0 ENOENT
END
fault_calls attach dev:bpffault0 <<END
dev_get_by_index 0 ENODEV
rtnl_lock_killable -4 EINTR
END
fault_calls open-attached socket <<END
bpf_map_new_fd -24 EMFILE
END

# Only while the tables grow, so it depends on the time.
for n in 1 2 3 4 5 6 7 8; do
	for owner in socket cgroup:$top/own; do
		fault --none --only $n --call rhashtable_insert_slow:-12 --errors ENOMEM attach-many $owner
	done
done

step "ties"
fault_calls tie map "$T/ext4/bpf-x" socket <<END
user_path_at -40 ELOOP
mnt_want_write -30 EROFS
inode_permission -13 EACCES
security_path_unlink -13 EACCES
fsnotify_add_mark -12 ENOMEM
END
fault_calls tie dir "$T/bpf/dir" cgroup:$top/own <<END
fsnotify_add_mark -12 ENOMEM
END
fault_calls untie-path dir "$T/bpf/dir" socket <<END
user_path_at -40 ELOOP
END

step "views"
fault_calls view-inherit $top/bpf.x <<END
user_path_create -36 ENAMETOOLONG
inode_permission -13 EACCES
__kernfs_create_file -12 ENOMEM
fsnotify_add_mark -12 ENOMEM
END
fault_calls override $top/bpf.x $top/a/bpf.x <<END
user_path_at -40 ELOOP
mnt_want_write -30 EROFS
inode_permission -13 EACCES
__kernfs_create_file -12 ENOMEM
END
fault_calls remove-override $top/bpf.x $top/a/bpf.x <<END
__kernfs_create_file -12 -
END
fault_calls mkdir $top/bpf.x $top/c <<END
__kernfs_create_file -12 -
END
fault_calls read view $top/bpf.x <<END
kernfs_get_active 0 ENODEV
bpf_iter_run_prog 1 EIO
END
fault_calls replace $top/bpf.x <<END
user_path_at -40 ELOOP
END

step "watches of others"
load_consumer
: >"$T/file"
fault_calls watch "$T/file" <<END
fsnotify_add_mark -12 ENOMEM
END
unload_consumer

step "loading"
unload_module
fault_calls insmod "$module" "$T/bpf-x" <<END
register_kprobe -1 EPERM
__kmem_cache_create_args 0 ENOMEM
rhashtable_init_noprof -12 ENOMEM
rhltable_init_noprof -12 ENOMEM
fsnotify_alloc_group -24 -
alloc_workqueue 0 ENOMEM
anon_inode_getfile -23 -
prepare_kernel_cred 0 -
register_pernet_subsys -28 -
register_netdevice_notifier -17 -
misc_register -16 EBUSY
ftrace_set_filter_ip -22 -
register_ftrace_function -16 -
END
load_module
unload_fail_call
rmdir $top/a/b $top/a $top
