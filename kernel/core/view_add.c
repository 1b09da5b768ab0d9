// SPDX-License-Identifier: GPL-2.0-only
/*
 * Making a view with all that BPF_OBJ_PIN cannot say, in the place of one that is
 * inherited, too; and giving a view another program.
 */

#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/kernfs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/sched/signal.h>

#include "object.h"
#include "owner.h"
#include "pin.h"
#include "pin_file.h"
#include "pin_kernfs.h"
#include "view.h"
#include "view_add.h"

/*
 * The program behind a descriptor, if it can write views and the caller may make
 * some; or an error pointer.
 */
static void *get_prog(u32 ufd, fmode_t *mode)
{
	enum bpf_type type;
	void *raw = bpf_object_from_fd(ufd, &type, mode);

	if (!IS_ERR(raw) && !bpf_object_is_view(raw, type)) {
		bpf_object_put(raw, type);
		return ERR_PTR(-EINVAL);
	}
	if (!IS_ERR(raw) && !bpf_capable()) {
		bpf_object_put(raw, type);
		return ERR_PTR(-EPERM);
	}
	return raw;
}

/* May the caller give a new file to others? */
static bool may_give(const struct bpf_view_opts *opts)
{
	return (uid_eq(opts->uid, current_fsuid()) && in_group_p(opts->gid)) ||
	       capable(CAP_CHOWN);
}

static bool takes_views(const struct dentry *dentry)
{
	return bpf_owner_of(dentry->d_sb).fs->can & BPF_OWNER_VIEW;
}

/* Makes the view in a directory that is locked. */
static int add_in(const struct path *dir, struct dentry *dentry, void *prog,
		  fmode_t mode, const struct bpf_view_opts *opts, u32 *id)
{
	struct bpf_new_pin new_pin = {
		.dir = dir, .dentry = dentry, .raw = prog, .type = BPF_TYPE_PROG,
		.object_mode = mode, .owner = bpf_owner_of(dentry->d_sb),
		.view = opts,
	};
	int ret;

	if (!takes_views(dentry))
		return -EOPNOTSUPP;
	if (!may_give(opts))
		return -EPERM;
	ret = bpf_owner_can_pin(&new_pin.owner, d_inode(dir->dentry));
	if (!ret)
		ret = new_pin.owner.kind->create(&new_pin);
	if (!ret)
		*id = new_pin.id;
	return ret;
}

static int may_override(const struct path *path)
{
	struct path dir = { .mnt = path->mnt };
	int ret;

	dir.dentry = dget_parent(path->dentry);
	ret = path_permission(&dir, MAY_WRITE | MAY_EXEC);
	dput(dir.dentry);
	return ret;
}

/* Gives back a file that was removed, unless its name is taken by now. */
static void give_back(struct kernfs_node *removed)
{
	if (!removed)
		return;
	bpf_view_restore(removed->parent, removed->name);
	kernfs_put(removed);
}

/* So often a name may be taken, and nothing be there. */
#define MISSES	8

/*
 * There is a file of that name: removes it if it is inherited.  @removed is set to
 * the one that was at last, as it is to come back if nothing is made there instead.
 * Returns -ENOENT if it is gone by now, or such a name is taken and leads nowhere.
 */
static int override(int path_fd, const char __user *pathname,
		    struct kernfs_node **removed)
{
	struct kernfs_node *kn;
	struct path path;
	int ret;

	ret = user_path_at(path_fd, pathname, 0, &path);
	if (ret)
		return ret;
	ret = -EEXIST;
	if (!takes_views(path.dentry))
		goto put_path;
	kn = d_inode(path.dentry)->i_private;
	if (!bpf_view_is_inherited(kn))
		goto put_path;

	ret = mnt_want_write(path.mnt);
	if (ret)
		goto put_path;
	ret = may_override(&path);
	if (!ret) {
		/* The path can lead elsewhere than before. */
		give_back(*removed);
		kernfs_get(kn);
		*removed = kn;
		kernfs_remove(kn);
	}
	mnt_drop_write(path.mnt);
put_path:
	path_put(&path);
	return ret;
}

/**
 * bpf_view_add() - make a view
 * @ufd: descriptor of a program that iterates over cgroups
 * @path_fd: directory where a relative path begins, or AT_FDCWD
 * @pathname: where to make the file; one there that is inherited gives way
 * @opts: how to make it
 * @id: filled in, of the pin
 *
 * Context: may sleep; a system call of the user whose rights count.
 * Return: 0 or a negative errno: -EBADF; -EINVAL if it is no such program;
 * -EOPNOTSUPP where there are no views; -EEXIST; those of making a file.
 */
int bpf_view_add(u32 ufd, int path_fd, const char __user *pathname,
		 const struct bpf_view_opts *opts, u32 *id)
{
	struct kernfs_node *removed = NULL;
	struct dentry *dentry;
	int ret, misses = 0;
	struct path dir;
	fmode_t mode;
	void *prog;

	prog = get_prog(ufd, &mode);
	if (IS_ERR(prog))
		return PTR_ERR(prog);

	do {
		dentry = user_path_create(path_fd, pathname, &dir, 0);
		ret = PTR_ERR_OR_ZERO(dentry);
		if (!ret) {
			ret = add_in(&dir, dentry, prog, mode, opts, id);
			done_path_create(&dir, dentry);
		}
		/* There is one: an inherited one may have been brought back just now. */
		if (ret != -EEXIST)
			break;
		ret = override(path_fd, pathname, &removed);
		if (ret == -ENOENT)
			ret = ++misses < MISSES ? 0 : -EEXIST;
		/* A change in a cgroup above may bring one back in between. */
		if (!ret && fatal_signal_pending(current))
			ret = -EINTR;
		cond_resched();
	} while (!ret);

	if (ret)
		bpf_object_put(prog, BPF_TYPE_PROG);
	give_back(removed);
	return ret;
}

/**
 * bpf_view_replace() - give a view another program
 * @ufd: descriptor of a program that iterates over cgroups
 * @path_fd: directory where a relative path begins, or AT_FDCWD
 * @pathname: the file where the view was made
 * @id: filled in, of the pin
 *
 * Whoever reads it, or a file that is inherited from it, gets what the old program
 * writes or what the new one does.
 *
 * Context: may sleep; a system call of the user whose rights count.
 * Return: 0 or a negative errno: -EBADF; -EINVAL if it is no such program, or the
 * file is no view that the caller may see, or is inherited; those of a path walk.
 */
int bpf_view_replace(u32 ufd, int path_fd, const char __user *pathname,
		     u32 *id)
{
	struct bpf_pin *pin;
	struct inode *inode;
	struct path path;
	fmode_t mode;
	void *prog;
	int ret;

	prog = get_prog(ufd, &mode);
	if (IS_ERR(prog))
		return PTR_ERR(prog);
	ret = user_path_at(path_fd, pathname, LOOKUP_FOLLOW, &path);
	if (ret)
		goto put_prog;

	ret = -EINVAL;
	inode = d_backing_inode(path.dentry);
	pin = bpf_pin_file_find(inode);
	if (pin) {
		if (bpf_pin_may_see(pin) && bpf_kernfs_pin_view(pin) &&
		    pin->watch.owner.what == inode->i_private)
			ret = bpf_pin_replace(pin, prog);
		*id = pin->id.nr;
		bpf_pin_put(pin);
	}
	path_put(&path);
put_prog:
	if (ret)
		bpf_object_put(prog, BPF_TYPE_PROG);
	return ret;
}
