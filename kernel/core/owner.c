// SPDX-License-Identifier: GPL-2.0-only
/*
 * Owner kinds: which policy goes for an inode.
 *
 * A kind is looked up by the file system an inode is on.  A file system is
 * supported when a test has shown that it keeps the contract, and not before:
 * what is in no table is refused.
 */

#include <linux/dcache.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mount.h>
#include <linux/nospec.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "mark.h"
#include "owner.h"
#include "watch.h"

static const struct bpf_owner_kind * const owner_kinds[] = {
	&bpf_owner_file,
	&bpf_owner_transient,
	&bpf_owner_cgroup,
	&bpf_owner_kernfs,
	&bpf_owner_netns,
	&bpf_owner_netdev,
	&bpf_owner_bpffs,
	&bpf_owner_unsupported,
};

struct workqueue_struct *bpf_owner_queue;

static const struct bpf_owner_fs unknown_fs = {
	.type	= "",
	.reason	= "nobody has shown yet that this file system tells the end of its files",
};

static bool is_of_type(const struct super_block *sb,
		       const struct bpf_owner_fs *fs)
{
	return (!fs->magic || fs->magic == sb->s_magic) &&
	       !strcmp(fs->type, sb->s_type->name);
}

/**
 * bpf_owner_of() - the policy for the inodes of a superblock
 * @sb: the superblock
 *
 * Context: any.
 * Return: kind and file system; for an unknown one a row that can nothing.
 */
struct bpf_owner bpf_owner_of(const struct super_block *sb)
{
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(owner_kinds); i++) {
		const struct bpf_owner_kind *kind = owner_kinds[i];

		for (j = 0; j < kind->nr_fs; j++)
			if (is_of_type(sb, &kind->fs[j]))
				return (struct bpf_owner){ kind, &kind->fs[j] };
	}
	return (struct bpf_owner){ &bpf_owner_unsupported, &unknown_fs };
}

/**
 * bpf_owner_of_inode() - the owner that an inode stands for
 * @inode: held by the caller, and what it stands for with it
 *
 * Context: any.
 * Return: the owner, perhaps one that can nothing.
 */
struct bpf_owner bpf_owner_of_inode(struct inode *inode)
{
	struct bpf_owner owner = bpf_owner_of(inode->i_sb);

	if (owner.kind->files && !S_ISDIR(inode->i_mode))
		owner.kind = owner.kind->files;
	owner.what = owner.kind->what ? owner.kind->what(inode) : inode;
	owner.inode = inode;
	return owner;
}

/* The owner that a network device is. */
struct bpf_owner bpf_owner_of_netdev(struct net_device *dev)
{
	return (struct bpf_owner){ &bpf_owner_netdev, bpf_owner_netdev.fs, dev };
}

/**
 * bpf_owner_row() - the table of kinds and file systems, row by row
 * @index: counted from 0
 * @owner: filled in
 *
 * Context: any.
 * Return: 0, or -ENOENT behind the last row.
 */
int bpf_owner_row(unsigned int index, struct bpf_owner *owner)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(owner_kinds); i++) {
		if (index < owner_kinds[i]->nr_fs) {
			index = array_index_nospec(index, owner_kinds[i]->nr_fs);
			owner->kind = owner_kinds[i];
			owner->fs = &owner_kinds[i]->fs[index];
			return 0;
		}
		index -= owner_kinds[i]->nr_fs;
	}
	return -ENOENT;
}

static const char *owner_refusal(const struct bpf_owner *owner,
				 struct inode *inode, unsigned int what)
{
	const char *reason = NULL;

	if (!(owner->fs->can & what))
		return owner->fs->reason ?:
		       "it takes files of pins, and nothing can be attached there";

	if (owner->fs->refuse) {
		rcu_read_lock();
		reason = owner->fs->refuse(inode, what);
		rcu_read_unlock();
	}
	return reason;
}

/**
 * bpf_owner_refusal() - why something cannot be done with an inode
 * @inode: the inode; for a pin the directory it would be made in
 * @what: BPF_OWNER_PIN or BPF_OWNER_WATCH
 *
 * Context: any.
 * Return: the reason, or NULL if it can be done.
 */
const char *bpf_owner_refusal(struct inode *inode, unsigned int what)
{
	struct bpf_owner owner = bpf_owner_of(inode->i_sb);

	return owner_refusal(&owner, inode, what);
}

/* Why no file pin can have the name of @dentry, or NULL; it can be negative. */
const char *bpf_owner_name_refusal(const struct dentry *dentry)
{
	const struct bpf_owner_kind *kind = bpf_owner_of(dentry->d_sb).kind;

	return kind->refuse_name ? kind->refuse_name(&dentry->d_name) : NULL;
}

static int owner_can(const struct bpf_owner *owner, struct inode *inode,
		     unsigned int what, const char *refusal)
{
	const char *reason = owner_refusal(owner, inode, what);

	if (!reason)
		return 0;
	pr_info_ratelimited("%s on %s: %s\n", refusal,
			    inode->i_sb->s_type->name, reason);
	return -EPERM;
}

/* 0 if the end of an inode can be learned, else -EPERM and the log says why. */
int bpf_owner_can_watch(const struct bpf_owner *owner)
{
	return owner_can(owner, owner->inode, BPF_OWNER_WATCH, "no watch");
}

/*
 * 0 if a file pin can be made in @dir, else -EPERM and the log says why; @owner is
 * what bpf_owner_of() says of its superblock.
 */
int bpf_owner_can_pin(const struct bpf_owner *owner, struct inode *dir)
{
	return owner_can(owner, dir, BPF_OWNER_PIN, "no pin");
}

/**
 * bpf_owner_inode_permission() - may the caller attach something to a file?
 * @owner: whose inode it is
 * @path: by which the caller came
 * @file: as he has it open, or NULL
 *
 * Context: may sleep.
 * Return: 0 if he may write the file, or owns it, or has it open for writing;
 * else -EACCES or what else a security module says.
 */
int bpf_owner_inode_permission(const struct bpf_owner *owner,
			       const struct path *path, const struct file *file)
{
	if (file && file->f_mode & FMODE_WRITE)
		return 0;
	if (inode_owner_or_capable(mnt_idmap(path->mnt), d_inode(path->dentry)))
		return 0;
	return path_permission(path, MAY_WRITE);
}

/* A name of the file, or NULL; under RCU, valid as long as that. */
static struct dentry *name_of_inode_rcu(struct inode *inode)
{
	struct dentry *dentry, *unhashed = NULL;

	spin_lock(&inode->i_lock);
	hlist_for_each_entry(dentry, &inode->i_dentry, d_u.d_alias) {
		/* Opened by a file handle, and nobody knows its name. */
		if (data_race(IS_ROOT(dentry)))
			continue;
		/* Without d_lock: removed a moment later is removed afterwards. */
		if (!data_race(d_unhashed(dentry)))
			break;
		unhashed = dentry;
	}
	spin_unlock(&inode->i_lock);
	return dentry ?: unhashed;
}

/**
 * bpf_owner_inode_where() - where a file is
 * @watch: its owner cannot end
 * @where: filled in
 * @buf: PATH_MAX bytes for the path
 *
 * No reference to the inode or to a name of it is taken: that would be one
 * too many for an umount that comes just then.
 *
 * Context: any.
 */
void bpf_owner_inode_where(const struct bpf_watch *watch,
			   struct bpf_owner_where *where, char *buf)
{
	struct inode *inode = watch->owner.what;
	struct dentry *name;

	where->dev = inode->i_sb->s_dev;
	where->ino = inode->i_ino;
	where->unlinked = !READ_ONCE(inode->i_nlink);

	rcu_read_lock();
	name = name_of_inode_rcu(inode);
	if (name) {
		where->path = dentry_path_raw(name, buf, PATH_MAX);
		where->in_fs = !IS_ERR(where->path);
	}
	rcu_read_unlock();
	if (IS_ERR(where->path))
		where->path = NULL;
}

/* Sets up all kinds: all or nothing. */
int bpf_owner_init(void)
{
	unsigned int i;
	int ret;

	bpf_owner_queue = alloc_workqueue("bpfpin_owner", WQ_UNBOUND,
					  WQ_MAX_ACTIVE);
	if (!bpf_owner_queue)
		return -ENOMEM;
	ret = bpf_mark_init();
	if (ret)
		goto destroy_queue;
	for (i = 0; i < ARRAY_SIZE(owner_kinds); i++) {
		ret = owner_kinds[i]->init ? owner_kinds[i]->init() : 0;
		if (ret)
			goto exit_kinds;
	}
	return 0;

exit_kinds:
	while (i--)
		if (owner_kinds[i]->exit)
			owner_kinds[i]->exit();
	bpf_mark_exit();
destroy_queue:
	destroy_workqueue(bpf_owner_queue);
	return ret;
}

/* No watch is left. */
void bpf_owner_exit(void)
{
	unsigned int i = ARRAY_SIZE(owner_kinds);

	destroy_workqueue(bpf_owner_queue);
	while (i--)
		if (owner_kinds[i]->exit)
			owner_kinds[i]->exit();
	bpf_mark_exit();
}
