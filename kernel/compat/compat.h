/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Makes the kernel at hand look like the newest one.  Included before
 * everything else by the build.  BPFPIN_HAVE_* are found by compiling the
 * files in probes/.
 */
#ifndef _BPFPIN_COMPAT_H
#define _BPFPIN_COMPAT_H

#include <linux/kconfig.h>

#ifndef CONFIG_FSNOTIFY
#error "bpfpin needs a kernel with CONFIG_FSNOTIFY: it learns the end of a file from there"
#endif
#ifndef CONFIG_DYNAMIC_FTRACE_WITH_REGS
#error "bpfpin needs a kernel with CONFIG_DYNAMIC_FTRACE_WITH_REGS: it extends bpf(2) by that"
#endif
#ifndef CONFIG_KPROBES
#error "bpfpin needs a kernel with CONFIG_KPROBES: it finds functions that are not exported by that"
#endif
#ifndef CONFIG_BPF_SYSCALL
#error "bpfpin needs a kernel with CONFIG_BPF_SYSCALL"
#endif

/* Before anything that prints. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#ifndef __ASSEMBLY__

#include <linux/bpf.h>
#include <linux/bottom_half.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/fsnotify_backend.h>
#include <linux/ftrace.h>
#include <linux/mount.h>
#include <linux/preempt.h>
#include <linux/splice.h>
#ifdef BPFPIN_HAVE_FILELOCK
#include <linux/filelock.h>	/* 6.3: taken out of fs.h */
#endif

/* 6.5: bpf(2) takes a descriptor that a path starts from. */
#ifdef BPFPIN_HAVE_BPF_PATH_FD
#define BPF_OBJ_PIN_PARAMS	u32 ufd, int path_fd, const char __user *pathname
#define BPF_OBJ_PIN_ARGS	ufd, path_fd, pathname
#define BPF_OBJ_GET_PARAMS	int path_fd, const char __user *pathname, int flags
#define BPF_OBJ_GET_ARGS	path_fd, pathname, flags
#define BPF_OBJ_PATH_FD		path_fd
#else
#define BPF_OBJ_PIN_PARAMS	u32 ufd, const char __user *pathname
#define BPF_OBJ_PIN_ARGS	ufd, pathname
#define BPF_OBJ_GET_PARAMS	const char __user *pathname, int flags
#define BPF_OBJ_GET_ARGS	pathname, flags
#define BPF_OBJ_PATH_FD		AT_FDCWD
#endif

/*
 * 6.3: what maps the ids of a mount has a type of its own, with an accessor of
 * the same name.
 */
#ifndef BPFPIN_HAVE_MNT_IDMAP
#define mnt_idmap user_namespace
static inline struct user_namespace *user_namespace(const struct vfsmount *mnt)
{
	return mnt_user_ns(mnt);
}

#define nop_mnt_idmap init_user_ns
#endif

/* 6.5: reading for a pipe through read_iter has a better name. */
#ifndef BPFPIN_HAVE_COPY_SPLICE_READ
#define copy_splice_read generic_file_splice_read
#endif

/* By 6.12: the same under a new name. */
#ifndef BPFPIN_HAVE_FTRACE_REGS_SET_IP
#define ftrace_regs_set_instruction_pointer ftrace_instruction_pointer_set
#endif

/* 6.10: every group's lock is safe in reclaim; before, it had to be asked for. */
#ifdef FSNOTIFY_GROUP_NOFS
#define fsnotify_alloc_group(ops, flags) \
	fsnotify_alloc_group(ops, (flags) | FSNOTIFY_GROUP_NOFS)
#endif

/* 6.8: what is below a directory in the dentry cache is an hlist, with accessors. */
#ifndef BPFPIN_HAVE_D_FIRST_CHILD
static inline struct dentry *d_first_child(struct dentry *dentry)
{
	return list_first_entry_or_null(&dentry->d_subdirs, struct dentry,
					d_child);
}

static inline struct dentry *d_next_sibling(struct dentry *dentry)
{
	return list_is_last(&dentry->d_child, &dentry->d_parent->d_subdirs) ?
	       NULL : list_next_entry(dentry, d_child);
}
#endif

/* 6.10: the mark of an inode is found by the inode. */
#ifndef BPFPIN_HAVE_FSNOTIFY_FIND_INODE_MARK
static inline struct fsnotify_mark *
fsnotify_find_inode_mark(struct inode *inode, struct fsnotify_group *group)
{
	return fsnotify_find_mark(&inode->i_fsnotify_marks, group);
}
#endif

/* 6.10: what a mark is added to is named itself.  Superblocks are, by us. */
#ifndef BPFPIN_HAVE_FSNOTIFY_ADD_MARK_OBJECT
#define fsnotify_add_mark(mark, sb, type, flags) \
	fsnotify_add_mark(mark, &(sb)->s_fsnotify_marks, type, flags, NULL)
#endif

/*
 * By 6.12 the end of a link is always left to a worker; in 6.1 that is so in
 * atomic context only.  What makes a context atomic depends on what is counted.
 */
static inline void bpf_link_put_by_worker(struct bpf_link *link)
{
	if (IS_ENABLED(CONFIG_PREEMPT_COUNT)) {
		preempt_disable();
		bpf_link_put(link);
		preempt_enable();
	} else {
		local_bh_disable();
		bpf_link_put(link);
		local_bh_enable();
	}
}

#define bpf_link_put bpf_link_put_by_worker

/* What the kernel has but does not export. */
#include "../module/symbols.h"

#include "inode_fops.h"

#endif /* !__ASSEMBLY__ */

#endif /* _BPFPIN_COMPAT_H */
