// SPDX-License-Identifier: GPL-2.0-only
/*
 * Directories of kernfs with pins in them: there unlink(2) works.
 *
 * kernfs has no unlink at all: its files are the kernel's.  While a directory
 * has pins, its inode gets a copy of kernfs's operations with one that removes
 * pins, and says of any other file what vfs_unlink() says where there is none.
 *
 * References.  Each pin has a share in its directory, and holds the inode as
 * long, by the file that it keeps open.
 *
 * Locks.  The directory's i_rwsem is held by whoever takes or gives back a
 * share, so nobody is inside vfs_unlink(), which looks at the operation twice,
 * when it comes or goes.  dirs_lock is innermost.
 *
 * Unloading.  Who has just looked up the operations does not sleep before he has
 * what he wants of them: the kind's exit waits for that.  And inside ours the
 * i_rwsem is held, without which the last share is not given back.
 */

#include <linux/fs.h>
#include <linux/hashtable.h>
#include <linux/kernfs.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "kernfs_dir.h"
#include "pin_kernfs.h"

/**
 * struct pins_dir - a directory with pins
 * @node: in the table, by @inode
 * @inode: of the directory
 * @pins: how many have a share; guarded by the inode's i_rwsem
 */
struct pins_dir {
	struct hlist_node node;
	struct inode *inode;
	unsigned int pins;
};

static DEFINE_HASHTABLE(dirs, 6);
static DEFINE_SPINLOCK(dirs_lock);	/* guards dirs */

/* As kernfs's own but for unlink. */
static struct inode_operations dir_iops __ro_after_init;

static int dir_unlink(struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);
	struct kernfs_node *kn = inode->i_private;

	if (!bpf_kernfs_is_pin(kn))
		return -EPERM;
	/* Ends the pin on the way. */
	kernfs_remove(kn);
	clear_nlink(inode);
	return 0;
}

static struct pins_dir *dir_find(const struct inode *inode)
{
	struct pins_dir *dir;

	spin_lock(&dirs_lock);
	hash_for_each_possible(dirs, dir, node, (unsigned long)inode)
		if (dir->inode == inode)
			break;
	spin_unlock(&dirs_lock);
	return dir;
}

/**
 * bpf_kernfs_dir_get() - a share in a directory: files of pins can be unlinked
 * @inode: of the directory; its i_rwsem is held
 *
 * Return: 0; -EPERM if it is none of the ordinary ones; -ENOMEM.
 */
int bpf_kernfs_dir_get(struct inode *inode)
{
	struct pins_dir *dir = dir_find(inode);

	if (dir) {
		dir->pins++;
		return 0;
	}
	if (inode->i_op != &kernfs_dir_iops)
		return -EPERM;

	dir = kzalloc(sizeof(*dir), GFP_KERNEL_ACCOUNT);
	if (!dir)
		return -ENOMEM;
	dir->inode = inode;
	dir->pins = 1;
	spin_lock(&dirs_lock);
	hash_add(dirs, &dir->node, (unsigned long)inode);
	spin_unlock(&dirs_lock);
	WRITE_ONCE(inode->i_op, &dir_iops);
	return 0;
}

/* Gives back a share; the directory's i_rwsem is held. */
void bpf_kernfs_dir_put(struct inode *inode)
{
	struct pins_dir *dir = dir_find(inode);

	if (--dir->pins)
		return;
	WRITE_ONCE(inode->i_op, &kernfs_dir_iops);
	spin_lock(&dirs_lock);
	hash_del(&dir->node);
	spin_unlock(&dirs_lock);
	kfree(dir);
}

void bpf_kernfs_dir_init(void)
{
	dir_iops = kernfs_dir_iops;
	dir_iops.unlink = dir_unlink;
}
