// SPDX-License-Identifier: GPL-2.0-only
/*
 * Removing what is tied: a tree of bpffs, or the file of a pin.
 *
 * It runs in a worker, with the kernel's rights and no mount.  For mount points it
 * is as rm(1) in the initial mount namespace: what is mounted there makes an entry
 * stay (EBUSY), what is mounted in others is detached with its mount point.
 *
 * References.  The caller holds the inode and an active superblock.
 *
 * Locks.  Freezing (sb_start_write()) > s_vfs_rename_mutex > i_rwsem of the parent
 * directory > that of the entry, as in rename(2) and rmdir(2); none is held from
 * one entry to the next.  With s_vfs_rename_mutex held no directory moves to
 * another, so an entry that is found below the tied one is there when it is
 * removed: what was moved out in time is not touched.
 *
 * All entries of bpffs are in the dentry cache, so that is what is walked.  New
 * ones come in front of those that are there, where a walk does not see them: it
 * ends, whatever others do meanwhile, and if they did, the tree is walked again.
 */

#include <linux/dcache.h>
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/slab.h>

#include "file_remove.h"
#include "owner.h"
#include "pin_file.h"
#include "tie_remove.h"

/* How often a tree is walked while others put things into it. */
#define WALKS		1000
/*
 * How often, and how far apart, a file system is asked whether it is remounted, and
 * what could not be done for want of memory is tried.
 */
#define TRIES		500
#define TRY_WAIT_MS	20

/**
 * struct removal - what is being removed
 * @id: of the tie
 * @top: what is tied
 * @count: entries removed in this walk
 * @error: why one stays, or 0
 */
struct removal {
	u32 id;
	struct dentry *top;
	unsigned long count;
	int error;
};

/**
 * struct level - a directory that is being walked
 * @up: the one above, or NULL
 * @dir: the directory, held as the child of the one above
 * @child: where the walk is, with a reference
 */
struct level {
	struct level *up;
	struct dentry *dir;
	struct dentry *child;
};

/*
 * A name of the inode, with a reference: @name, or any if that is NULL.  NULL if
 * the dentry cache has none.
 */
static struct dentry *find_name(struct inode *inode, const struct dentry *name)
{
	struct dentry *alias, *found = NULL;

	spin_lock(&inode->i_lock);
	hlist_for_each_entry(alias, &inode->i_dentry, d_u.d_alias) {
		if (name && alias != name)
			continue;
		spin_lock(&alias->d_lock);
		if (!d_unhashed(alias) && !IS_ROOT(alias))
			found = dget_dlock(alias);
		spin_unlock(&alias->d_lock);
		if (found)
			break;
	}
	spin_unlock(&inode->i_lock);
	return found;
}

/*
 * The next entry of a directory behind @prev, whose reference is given back; NULL
 * if there is none or somebody moved @prev away.
 */
static struct dentry *next_child(struct dentry *dir, struct dentry *prev)
{
	struct dentry *child, *found = NULL;

	spin_lock(&dir->d_lock);
	if (!prev)
		child = d_first_child(dir);
	else if (READ_ONCE(prev->d_parent) == dir)
		child = d_next_sibling(prev);
	else
		child = NULL;
	for (; child; child = d_next_sibling(child)) {
		spin_lock_nested(&child->d_lock, DENTRY_D_LOCK_NESTED);
		/* Neither a place of readdir(3) nor what was removed. */
		if (simple_positive(child))
			found = dget_dlock(child);
		spin_unlock(&child->d_lock);
		if (found)
			break;
	}
	spin_unlock(&dir->d_lock);
	dput(prev);
	return found;
}

/*
 * The kind of an entry never changes as long as it has an inode; the other flags in
 * the same word do, under a lock that is not needed for this.
 */
bool bpf_tie_is_dir(const struct dentry *dentry)
{
	/* See above. */
	return data_race(d_is_dir(dentry));
}

/* Removes an entry if it is what is tied, or still below that. */
static int remove_entry(const struct removal *removal, struct dentry *dentry)
{
	struct super_block *sb = dentry->d_sb;
	struct dentry *parent;
	int ret = 0;

	mutex_lock(&sb->s_vfs_rename_mutex);
	parent = bpf_lock_parent(dentry);
	if (IS_ERR(parent)) {
		/* Somebody else has removed it. */
		mutex_unlock(&sb->s_vfs_rename_mutex);
		return 0;
	}
	if (dentry == removal->top || is_subdir(parent, removal->top)) {
		struct inode *dir = d_inode(parent);

		if (bpf_tie_is_dir(dentry))
			ret = vfs_rmdir(&nop_mnt_idmap, dir, dentry);
		else
			ret = vfs_unlink(&nop_mnt_idmap, dir, dentry, NULL);
	}
	inode_unlock(d_inode(parent));
	dput(parent);
	mutex_unlock(&sb->s_vfs_rename_mutex);
	return ret;
}

static void remove_and_note(struct removal *removal, struct dentry *dentry)
{
	int ret = remove_entry(removal, dentry);
	struct name_snapshot name;

	if (!ret) {
		removal->count++;
	} else if (ret != -ENOTEMPTY) {
		/* It may be anybody's choice: escaped. */
		take_dentry_name_snapshot(&name, dentry);
		pr_warn_ratelimited("tie %u: %*pE stays (%d)%s\n", removal->id,
				    (int)name.name.len, name.name.name, ret,
				    ret == -EBUSY ?
				    ": something is mounted there" : "");
		release_dentry_name_snapshot(&name);
		removal->error = ret;
	}
}

/*
 * There is nobody to tell that there was no memory, and what is not removed now stays
 * for ever.
 */
static struct level *descend(struct level *up, struct dentry *dir)
{
	struct level *level = kmalloc(sizeof(*level), GFP_KERNEL | __GFP_NOFAIL);

	*level = (struct level){ .up = up, .dir = dir };
	return level;
}

/* Removes what is below @removal->top, once over; the deepest first. */
static void remove_below(struct removal *removal)
{
	struct level *level = descend(NULL, removal->top);
	struct dentry *child;

	while (level) {
		struct level *up = level->up;

		cond_resched();
		child = next_child(level->dir, level->child);
		level->child = child;
		if (!child) {
			if (up)
				remove_and_note(removal, level->dir);
			kfree(level);
			level = up;
		} else if (bpf_tie_is_dir(child)) {
			level = descend(level, child);
		} else {
			remove_and_note(removal, child);
		}
	}
}

static int remove_tree(u32 id, struct dentry *top)
{
	struct removal removal = { .id = id, .top = top };
	unsigned int walk;
	int ret;

	for (walk = 0; walk < WALKS; walk++) {
		removal.count = 0;
		removal.error = 0;
		if (bpf_tie_is_dir(top))
			remove_below(&removal);
		ret = remove_entry(&removal, top);
		if (ret != -ENOTEMPTY)
			return ret;
		/* Something stays, and all else is gone. */
		if (removal.error && !removal.count)
			return removal.error;
	}
	return ret;
}

/*
 * Unlinks the file of a living pin; its directory is locked.  An ordinary file, or
 * one that somebody could just write, is none.
 */
static int unlink_pin_locked(struct inode *dir, struct dentry *dentry,
			     struct bpf_pin *pin, struct inode **delegated)
{
	struct inode *inode = d_inode(dentry);
	int ret = -ENOENT;

	if (!atomic_dec_unless_positive(&inode->i_writecount))
		return ret;
	/* Where the file is the pin, its removal is what ends it. */
	if (pin->watch.owner.kind->gone)
		WRITE_ONCE(pin->removal, BPF_END_TIE);
	if (bpf_watch_is_live(&pin->watch))
		ret = vfs_unlink(&nop_mnt_idmap, dir, dentry, delegated);
	if (ret)
		WRITE_ONCE(pin->removal, BPF_END_NONE);
	atomic_inc(&inode->i_writecount);
	return ret;
}

/*
 * The same for any file system, one with disks below it too: that must not become
 * read-only meanwhile, which a mount would see to if there was one.  To wait for
 * s_umount with a directory locked would be the wrong order.
 */
static int unlink_pin(struct dentry *dentry, struct bpf_pin *pin)
{
	struct super_block *sb = dentry->d_sb;
	struct inode *delegated = NULL;
	struct dentry *parent;
	unsigned int i;
	int ret = -EAGAIN;

	for (i = 0; i < TRIES && (ret == -EAGAIN || ret == -ENOMEM); i++) {
		if (i)
			msleep(TRY_WAIT_MS);
		ret = -EAGAIN;
		parent = bpf_lock_parent(dentry);
		if (IS_ERR(parent))
			return PTR_ERR(parent);
		if (down_read_trylock(&sb->s_umount)) {
			ret = unlink_pin_locked(d_inode(parent), dentry, pin,
						&delegated);
			up_read(&sb->s_umount);
		}
		inode_unlock(d_inode(parent));
		dput(parent);
		/* A server of files has lent it out: wait until it is back. */
		if (delegated)
			ret = break_deleg_wait(&delegated) ?: -EAGAIN;
	}
	return ret;
}

/*
 * What is at a path from the root of a file system, with a reference, or an error
 * pointer.  Neither symlinks nor mounts are followed.
 */
static struct dentry *walk(struct dentry *root, const char *path)
{
	struct dentry *dentry = dget(root), *dir;
	size_t len;

	for (path += strspn(path, "/"); *path; path += strspn(path, "/")) {
		len = strcspn(path, "/");
		dir = dentry;
		dentry = bpf_tie_is_dir(dir) ?
			 lookup_positive_unlocked(path, dir, len) :
			 ERR_PTR(-ENOTDIR);
		dput(dir);
		if (IS_ERR(dentry))
			break;
		path += len;
	}
	return dentry;
}

/*
 * The name of the inode at a path from the root of its file system, with a
 * reference; NULL if it is not there any more.
 */
static struct dentry *look_up(struct inode *inode, const char *path)
{
	struct dentry *dentry;
	unsigned int i;

	for (i = 0; i < TRIES; i++) {
		dentry = walk(inode->i_sb->s_root, path);
		if (dentry != ERR_PTR(-ENOMEM))
			break;
		msleep(TRY_WAIT_MS);
	}
	if (IS_ERR(dentry))
		return NULL;
	if (d_inode(dentry) == inode)
		return dentry;
	dput(dentry);
	return NULL;
}

/* Ends the pin at a file and removes its name, or one of its names. */
static int remove_pin(u32 id, struct inode *inode, const struct dentry *name,
		      const char *path)
{
	struct super_block *sb = inode->i_sb;
	struct dentry *dentry;
	struct bpf_pin *pin;
	int ret = 0;

	pin = bpf_pin_file_find(inode);
	if (!pin)
		return 0;
	/* Disks may have forgotten the name, and found it again or not. */
	dentry = find_name(inode, name) ?: find_name(inode, NULL);
	if (!dentry && path)
		dentry = look_up(inode, path);
	if (dentry) {
		/*
		 * With one reference to the name the inode would go with it: it
		 * would be the unlink that ends the pin.
		 */
		dget(dentry);
		sb_start_write(sb);
		ret = unlink_pin(dentry, pin);
		sb_end_write(sb);
	} else if (READ_ONCE(inode->i_nlink)) {
		/* It may be anybody's choice: escaped. */
		path = path ?: "its place";
		pr_info("tie %u: the pin has ended, but its file stays: it is not at %*pE any more, and its name is forgotten\n",
			id, (int)strlen(path), path);
	}
	bpf_pin_end(pin, BPF_END_TIE);
	bpf_pin_put(pin);
	if (dentry) {
		dput(dentry);
		dput(dentry);
	}
	return ret == -ENOENT ? 0 : ret;
}

static int remove_from_bpffs(u32 id, struct inode *inode,
			     const struct dentry *name)
{
	struct dentry *top;
	int ret;

	/* Another name of the same object was not tied. */
	top = find_name(inode, name);
	if (!top)
		return 0;
	sb_start_write(top->d_sb);
	ret = remove_tree(id, top);
	sb_end_write(top->d_sb);
	dput(top);
	return ret;
}

/**
 * bpf_tie_remove() - remove what was tied
 * @id: of the tie, for the log
 * @inode: of what was tied; held by the caller, with an active superblock
 * @name: that was tied; only compared
 * @path: where it was, if the name may be forgotten, or NULL
 *
 * Context: may sleep, with no lock held: takes those of directories.
 */
void bpf_tie_remove(u32 id, struct inode *inode, const struct dentry *name,
		    const char *path)
{
	int ret;

	if (bpf_owner_of(inode->i_sb).kind == &bpf_owner_bpffs)
		ret = remove_from_bpffs(id, inode, name);
	else
		ret = remove_pin(id, inode, name, path);
	if (ret)
		pr_warn("tie %u: the owner has ended, but not all that was tied is removed (%d)\n",
			id, ret);
}

/* As the kernel's own look before unlink(2). */
static int may_delete(const struct path *dir, struct dentry *dentry)
{
	struct mnt_idmap *idmap = mnt_idmap(dir->mnt);
	struct inode *parent = d_inode(dir->dentry);
	struct inode *inode = d_inode(dentry);
	int ret;

	ret = inode_permission(idmap, parent, MAY_WRITE | MAY_EXEC);
	if (ret)
		return ret;
	if (IS_APPEND(parent) || check_sticky(idmap, parent, inode) ||
	    IS_APPEND(inode) || IS_IMMUTABLE(inode) ||
	    HAS_UNMAPPED_ID(idmap, inode))
		return -EPERM;
	/* Of a directory too: that of rmdir(2) is not exported. */
	return security_path_unlink(dir, dentry);
}

/**
 * bpf_tie_may_remove() - may the caller remove this?
 * @path: what is to be tied
 *
 * Context: may sleep; a system call of the user whose rights count.
 * Return: 0 or what unlink(2) would say; -ENOENT if it has no name any more.
 */
int bpf_tie_may_remove(const struct path *path)
{
	struct path dir = { .mnt = path->mnt };
	int ret;

	ret = mnt_want_write(path->mnt);
	if (ret)
		return ret;
	dir.dentry = bpf_lock_parent(path->dentry);
	if (IS_ERR(dir.dentry)) {
		ret = PTR_ERR(dir.dentry);
	} else {
		ret = may_delete(&dir, path->dentry);
		inode_unlock(d_inode(dir.dentry));
		dput(dir.dentry);
	}
	mnt_drop_write(path->mnt);
	return ret;
}
