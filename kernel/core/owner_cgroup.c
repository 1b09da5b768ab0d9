// SPDX-License-Identifier: GPL-2.0-only
/*
 * Owner kind "cgroup": directories of cgroup file systems.
 *
 * A cgroup is known by its kernfs node, not by an inode: the inodes of kernfs
 * come and go with memory pressure while the cgroup lives, and up to Linux 7.0
 * nothing is told to one at the removal.  But a cgroup is removed by rmdir(2)
 * and by nothing else, and that tells whoever asked for it at the inode of the
 * directory above, before it returns.  So each directory with a watched cgroup
 * in it gets one mark, whatever the number of watches.
 *
 * References.  A watch holds the kernfs node, which keeps neither the cgroup nor
 * its directory, only the memory.  It also has a share in the mark of the
 * directory above; the mark holds that one's inode, and the superblock with an
 * active reference: cgroups live on without any mount, and so must our mark.
 * That makes no mount busy.
 *
 * This is for what is attached to a cgroup.  A file pin in its directory is an
 * owner of the kind "kernfs".
 *
 * Locks.  i_rwsem of the directory above > dirs_mutex > fsnotify's.  A watch
 * begins under the i_rwsem of the cgroup's own directory, under which rmdir
 * declares that dead, so a removal is either seen or told.
 */

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/fsnotify_backend.h>
#include <linux/kernel.h>
#include <linux/kernfs.h>
#include <linux/magic.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "mark_group.h"
#include "owner.h"
#include "pin_kernfs.h"
#include "watch.h"

/**
 * struct bpf_cgroup_dir - a directory in which watched cgroups are
 * @mark: on its inode
 * @sb: with an active reference
 * @watches: how many have a share in this; guarded by dirs_mutex
 * @work: lets the superblock go
 */
struct bpf_cgroup_dir {
	struct fsnotify_mark mark;
	struct super_block *sb;
	unsigned int watches;
	struct work_struct work;
};

static struct bpf_mark_group dirs;
static DEFINE_MUTEX(dirs_mutex);

static void *cgroup_what(struct inode *inode)
{
	return inode->i_private;
}

static bool is_root(const struct inode *inode)
{
	return inode == d_inode(inode->i_sb->s_root);
}

static const char *cgroup_refuse(struct inode *inode, unsigned int what)
{
	if (!S_ISDIR(inode->i_mode) && bpf_kernfs_is_pin(inode->i_private))
		return NULL;
	if (!S_ISDIR(inode->i_mode))
		return "the files of a cgroup are the kernel's; its directory can own something";
	/* A file in it can be removed. */
	if (what == BPF_OWNER_WATCH && is_root(inode))
		return "the root cgroup never ends";
	return NULL;
}

static const char *cgroup1_refuse(struct inode *inode, unsigned int what)
{
	if (what == BPF_OWNER_PIN && is_root(inode))
		return "a pin in the root would keep the hierarchy from ending at umount";
	return cgroup_refuse(inode, what);
}

/* A cgroup was removed from the marked directory. */
static int dir_handle_inode_event(struct fsnotify_mark *mark, u32 mask,
				  struct inode *inode, struct inode *dir,
				  const struct qstr *file_name, u32 cookie)
{
	if (inode && mask & FS_ISDIR)
		bpf_watch_fire_all(cgroup_what(inode), BPF_END_RMDIR);
	return 0;
}

static void dir_free_mark(struct fsnotify_mark *mark)
{
	kfree(container_of(mark, struct bpf_cgroup_dir, mark));
	bpf_mark_group_freed(&dirs);
}

static const struct fsnotify_ops dirs_ops = {
	.handle_inode_event	= dir_handle_inode_event,
	.free_mark		= dir_free_mark,
};

static struct bpf_cgroup_dir *dir_create(struct inode *inode)
{
	struct bpf_cgroup_dir *dir;
	int ret;

	dir = kzalloc(sizeof(*dir), GFP_KERNEL_ACCOUNT);
	if (!dir)
		return ERR_PTR(-ENOMEM);

	bpf_mark_group_begin(&dirs, &dir->mark);
	dir->mark.mask = FS_DELETE | FS_ISDIR;
	ret = fsnotify_add_inode_mark(&dir->mark, inode, 0);
	if (ret) {
		fsnotify_put_mark(&dir->mark);
		return ERR_PTR(ret);
	}
	/* The caller's hold on the inode keeps the superblock active. */
	dir->sb = inode->i_sb;
	atomic_inc(&dir->sb->s_active);
	return dir;
}

/* A share in the mark of the directory with this inode. */
static struct bpf_cgroup_dir *dir_get(struct inode *inode)
{
	struct bpf_cgroup_dir *dir;
	struct fsnotify_mark *mark;

	mutex_lock(&dirs_mutex);
	mark = fsnotify_find_inode_mark(inode, dirs.fsn);
	if (mark) {
		dir = container_of(mark, struct bpf_cgroup_dir, mark);
		/* It has shares, or it would not be there. */
		fsnotify_put_mark(mark);
	} else {
		dir = dir_create(inode);
	}
	if (!IS_ERR(dir))
		dir->watches++;
	mutex_unlock(&dirs_mutex);
	return dir;
}

/*
 * Not where the last watch goes: that can be inside cgroup_mutex, which mounting
 * takes with the superblock locked, and the last reference takes that lock.
 */
static void dir_put_work(struct work_struct *work)
{
	struct bpf_cgroup_dir *dir = container_of(work, struct bpf_cgroup_dir,
						  work);

	deactivate_super(dir->sb);
	fsnotify_put_mark(&dir->mark);
}

static void dir_put(struct bpf_cgroup_dir *dir)
{
	mutex_lock(&dirs_mutex);
	if (--dir->watches) {
		mutex_unlock(&dirs_mutex);
		return;
	}
	fsnotify_destroy_mark(&dir->mark, dirs.fsn);
	mutex_unlock(&dirs_mutex);
	INIT_WORK(&dir->work, dir_put_work);
	queue_work(bpf_owner_queue, &dir->work);
}

/* The directory above; the caller holds @inode.  NULL if nobody knows it. */
static struct dentry *dentry_above(struct inode *inode)
{
	struct dentry *dentry, *above = NULL;

	dentry = d_find_any_alias(inode);
	if (dentry && !IS_ROOT(dentry))
		above = dget_parent(dentry);
	dput(dentry);
	return above;
}

static int cgroup_watch(struct bpf_watch *watch)
{
	struct inode *inode = watch->owner.inode;
	struct kernfs_node *kn = watch->owner.what;
	struct dentry *above;
	int ret = -ENOENT;

	above = dentry_above(inode);
	if (!above)
		goto put_watch;
	watch->dir = dir_get(d_inode(above));
	dput(above);
	if (IS_ERR(watch->dir)) {
		ret = PTR_ERR(watch->dir);
		goto put_watch;
	}
	kernfs_get(kn);

	inode_lock_shared(inode);
	if (!IS_DEADDIR(inode))
		ret = bpf_watch_begin(watch);
	inode_unlock_shared(inode);
	if (!ret)
		return 0;

	kernfs_put(kn);
	dir_put(watch->dir);
put_watch:
	bpf_watch_put(watch);
	return ret;
}

static void cgroup_unwatch(struct bpf_watch *watch)
{
	kernfs_put(watch->owner.what);
	dir_put(watch->dir);
	bpf_watch_put(watch);
}

static void cgroup_where(const struct bpf_watch *watch,
			 struct bpf_owner_where *where, char *buf)
{
	struct kernfs_node *kn = watch->owner.what;
	int len;

	where->dev = watch->dir->sb->s_dev;
	where->ino = kernfs_ino(kn);
	/* If it is too long 6.1 tells the length, newer kernels an error. */
	len = kernfs_path(kn, buf, PATH_MAX);
	if (len >= 0 && len < PATH_MAX) {
		where->path = buf;
		where->in_fs = true;
	}
}

static int dirs_init(void)
{
	return bpf_mark_group_init(&dirs, &dirs_ops);
}

/* Each mark went with its last watch, but may still be on its way. */
static void dirs_exit(void)
{
	bpf_mark_group_exit(&dirs);
}

#define CAN	(BPF_OWNER_PIN | BPF_OWNER_WATCH)

static const struct bpf_owner_fs cgroup_fs[] = {
	{ CGROUP2_SUPER_MAGIC,	"cgroup2",	CAN | BPF_OWNER_VIEW, NULL,
	  cgroup_refuse },
	{ CGROUP_SUPER_MAGIC,	"cgroup",	CAN, NULL, cgroup1_refuse },
};

const struct bpf_owner_kind bpf_owner_cgroup = {
	.name	= "cgroup",
	.fs	= cgroup_fs,
	.nr_fs	= ARRAY_SIZE(cgroup_fs),
	.init	= dirs_init,
	.exit	= dirs_exit,
	.what	= cgroup_what,
	.files	= &bpf_owner_kernfs,
	.watch	= cgroup_watch,
	.unwatch = cgroup_unwatch,
	.permission = bpf_owner_inode_permission,
	.where	= cgroup_where,
	.refuse_name = bpf_kernfs_refuse_name,
	.create	= bpf_kernfs_create,
	.find	= bpf_kernfs_find,
};
