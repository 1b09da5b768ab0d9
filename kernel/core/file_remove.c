// SPDX-License-Identifier: GPL-2.0-only
/*
 * Removing the file of a pin, or what a pin left behind, and nothing else:
 * the look at the file and its removal are one step under the lock of its
 * directory, so that nobody can slip another file under the name.
 */

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/security.h>

#include "file_remove.h"
#include "pin_file.h"
#include "stamp.h"

/*
 * Finds and locks the directory of a file.  Returns a reference to it with its
 * inode locked, or -ENOENT if the name is gone.
 */
struct dentry *bpf_lock_parent(struct dentry *dentry)
{
	struct dentry *parent;

	for (;;) {
		parent = dget_parent(dentry);
		inode_lock_nested(d_inode(parent), I_MUTEX_PARENT);
		/* Without d_lock: names here are held by the directory's lock. */
		if (data_race(d_unhashed(dentry)))
			break;
		if (READ_ONCE(dentry->d_parent) == parent) {
			/* kernfs forgets no name in a directory that it removes. */
			if (IS_DEADDIR(d_inode(parent)))
				break;
			return parent;
		}
		/* Renamed in between. */
		inode_unlock(d_inode(parent));
		dput(parent);
	}
	inode_unlock(d_inode(parent));
	dput(parent);
	return ERR_PTR(-ENOENT);
}

/**
 * struct removal - what is to be removed; its directory is locked at each call
 * @may_remove: is it that?  0 or a negative errno; called twice, the second time with
 *	@unwritten: nobody has the file open for writing, and can open it so until it
 *	is removed
 * @stays: it was, the first time, but could not be removed; may be NULL
 */
struct removal {
	int (*may_remove)(struct removal *removal, struct dentry *dentry,
			  bool unwritten);
	void (*stays)(struct removal *removal);
};

/* Removes the file if it is what is to be removed; its directory is locked. */
static int unlink_if(const struct path *dir, struct dentry *dentry,
		     struct removal *removal, struct inode **delegated)
{
	struct inode *inode = d_inode(dentry);
	bool unwritten;
	int ret;

	/* A look first: whoever opens any other file for writing is not kept off. */
	ret = removal->may_remove(removal, dentry, true);
	if (ret)
		return ret;

	unwritten = atomic_dec_unless_positive(&inode->i_writecount);
	ihold(inode);
	ret = removal->may_remove(removal, dentry, unwritten);
	if (!ret)
		ret = security_path_unlink(dir, dentry);
	if (!ret)
		ret = vfs_unlink(mnt_idmap(dir->mnt), d_inode(dir->dentry),
				 dentry, delegated);
	if (ret && removal->stays)
		removal->stays(removal);
	if (unwritten)
		atomic_inc(&inode->i_writecount);
	iput(inode);
	return ret;
}

/*
 * Removes a file if it is what is to be removed, with the rights and the errors of
 * unlink(2).
 */
static int remove_if(const struct path *path, struct removal *removal)
{
	struct inode *delegated = NULL;
	struct dentry *parent;
	struct path dir;
	int ret;

	/* What is mounted somewhere cannot be removed from there. */
	if (path->dentry == path->mnt->mnt_root)
		return -EBUSY;

	ret = mnt_want_write(path->mnt);
	if (ret)
		return ret;

retry:
	parent = bpf_lock_parent(path->dentry);
	if (IS_ERR(parent)) {
		ret = PTR_ERR(parent);
		goto drop_write;
	}

	dir.mnt = path->mnt;
	dir.dentry = parent;
	/* Moved out of what the caller's mount shows. */
	ret = is_subdir(parent, path->mnt->mnt_root) ? 0 : -ENOENT;
	if (!ret)
		ret = unlink_if(&dir, path->dentry, removal, &delegated);

	inode_unlock(d_inode(parent));
	dput(parent);
	/* A server of files has lent it out: wait until it is back. */
	if (delegated) {
		ret = break_deleg_wait(&delegated);
		if (!ret)
			goto retry;
	}
drop_write:
	mnt_drop_write(path->mnt);
	return ret;
}

struct unpin_request {
	struct removal removal;
	u32 id;			/* that it has to be, or 0 */
	struct bpf_pin *pin;	/* that it is */
	bool ends_it;		/* it is the removal that ends the pin */
};

static struct unpin_request *request_of(struct removal *removal)
{
	return container_of(removal, struct unpin_request, removal);
}

static int is_pin(struct removal *removal, struct dentry *dentry,
		  bool unwritten)
{
	struct bpf_pin *pin = bpf_pin_file_find(d_inode(dentry));
	struct unpin_request *request = request_of(removal);

	if (!pin)
		return -EINVAL;
	if (!bpf_pin_may_see(pin) || (request->id && request->id != pin->id.nr)) {
		bpf_pin_put(pin);
		return -EINVAL;
	}
	/* The second time, or after a wait. */
	if (request->pin)
		bpf_pin_put(request->pin);
	request->pin = pin;
	/* Where the file is the pin, and not inherited from it. */
	request->ends_it = pin->watch.owner.kind->gone &&
		pin->watch.owner.what == d_inode(dentry)->i_private;
	if (request->ends_it)
		WRITE_ONCE(pin->removal, BPF_END_UNPIN);
	return 0;
}

static void pin_stays(struct removal *removal)
{
	struct unpin_request *request = request_of(removal);

	if (request->ends_it)
		WRITE_ONCE(request->pin->removal, BPF_END_NONE);
}

/**
 * bpf_file_unpin() - remove the file of a pin and end the pin
 * @path_fd: directory where a relative path begins, or AT_FDCWD
 * @pathname: the file; a last symlink is not followed
 * @id: which pin it has to be, or 0; comes back as the one it was
 *
 * The pin ends even if the file is open or has further names.
 *
 * Context: may sleep; a system call of the user whose rights count.
 * Return: 0; -EINVAL if the file is no pin, not the caller's to end, or not
 * @id; else as unlink(2).
 */
int bpf_file_unpin(int path_fd, const char __user *pathname, u32 *id)
{
	struct unpin_request request = {
		.removal = { .may_remove = is_pin, .stays = pin_stays },
		.id = *id,
	};
	struct path path;
	int ret;

	ret = user_path_at(path_fd, pathname, 0, &path);
	if (ret)
		return ret;

	/*
	 * With one reference to the name, that of the path, the inode would go
	 * with the name: it would be the unlink that ends the pin.
	 */
	dget(path.dentry);
	ret = remove_if(&path, &request.removal);
	if (request.pin) {
		if (!ret) {
			*id = request.pin->id.nr;
			bpf_pin_end(request.pin, BPF_END_UNPIN);
		}
		bpf_pin_put(request.pin);
	}
	dput(path.dentry);
	path_put(&path);
	return ret;
}

static int is_stale_pin(struct removal *removal, struct dentry *dentry,
			bool unwritten)
{
	struct inode *inode = d_inode(dentry);
	char stamp[BPF_STAMP_LEN];
	struct bpf_pin *pin;
	int ret;
	u32 id;

	pin = bpf_pin_file_find(inode);
	if (pin) {
		ret = bpf_pin_may_see(pin) ? -EBUSY : -EINVAL;
		bpf_pin_put(pin);
		return ret;
	}

	switch (bpf_stamp_read(dentry, stamp, &id)) {
	case BPF_STAMP_ALIVE:
		return -EBUSY;
	case BPF_STAMP_STALE:
		/* Somebody uses it for something by now. */
		return i_size_read(inode) || !unwritten ? -EINVAL : 0;
	default:
		return -EINVAL;
	}
}

/**
 * bpf_file_clean() - remove what a pin left behind
 * @path_fd: directory where a relative path begins, or AT_FDCWD
 * @pathname: the file; a last symlink is not followed
 *
 * Context: may sleep; a system call of the user whose rights count.
 * Return: 0; -EINVAL if the file is not an empty regular one with our stamp;
 * -EBUSY if the pin of the stamp lives (a pin that is not the caller's to see is no
 * stale one: -EINVAL); else as unlink(2).
 */
int bpf_file_clean(int path_fd, const char __user *pathname)
{
	struct removal removal = { .may_remove = is_stale_pin };
	struct path path;
	int ret;

	ret = user_path_at(path_fd, pathname, 0, &path);
	if (ret)
		return ret;
	ret = remove_if(&path, &removal);
	path_put(&path);
	return ret;
}
