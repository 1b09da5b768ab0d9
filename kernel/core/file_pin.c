// SPDX-License-Identifier: GPL-2.0-only
/*
 * File pins: BPF_OBJ_PIN and BPF_OBJ_GET outside bpffs.
 *
 * The order of the checks is that of bpffs, and so are the errors.
 *
 * Locks.  Making a pin holds the lock of the parent directory from before the
 * file exists until it is a pin.  The name is kept out of the dentry cache for
 * that time: who looks it up has to wait for the lock.  Who had looked it up
 * before, or comes by a file handle, can still open the file while it is an
 * ordinary one; if that is for writing, there will be no pin.
 */

#include <linux/bpf.h>
#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/printk.h>
#include <linux/security.h>
#include <linux/slab.h>

#include "file_pin.h"
#include "object.h"
#include "owner.h"
#include "pin_file.h"
#include "stamp.h"

/*
 * Where the file is made, for the time when the name may be forgotten; NULL if there
 * is no path to it, or an error pointer.
 */
static char *path_of_new(const struct path *dir, const struct dentry *dentry)
{
	char *buf, *above, *path = NULL;

	buf = __getname();
	if (!buf)
		return ERR_PTR(-ENOMEM);
	above = d_path(dir, buf, PATH_MAX);
	if (!IS_ERR(above)) {
		path = kasprintf(GFP_KERNEL_ACCOUNT, "%s/%s",
				 strcmp(above, "/") ? above : "",
				 dentry->d_name.name);
		path = path ?: ERR_PTR(-ENOMEM);
	}
	__putname(buf);
	return path;
}

/* The file exists: make it the pin's. */
static int file_become_pin(const struct bpf_new_pin *new_pin,
			   struct bpf_pin *pin)
{
	struct dentry *dentry = new_pin->dentry;
	const struct path *dir = new_pin->dir;
	char *path = NULL;
	int ret;

	if (new_pin->owner.fs->can & BPF_OWNER_STAMP) {
		ret = bpf_stamp_write(mnt_idmap(dir->mnt), dentry, pin);
		if (ret == -EPERM || ret == -EOPNOTSUPP)
			pr_info_ratelimited("no pin on %s: it does not store a trusted attribute (%d)\n",
					    dentry->d_sb->s_type->name, ret);
		if (ret)
			goto free_pin;
		/* A cached name tells it better, but can be forgotten. */
		path = path_of_new(dir, dentry);
		if (IS_ERR(path)) {
			ret = PTR_ERR(path);
			goto free_pin;
		}
	}
	return bpf_pin_file(pin, &new_pin->owner, dentry, path);

free_pin:
	bpf_pin_file_free(pin);
	return ret;
}

/**
 * bpf_file_create() - @create of the kinds on whose file systems anybody can
 *	make files
 * @new_pin: see there
 *
 * Context: may sleep.
 * Return: 0, or a negative errno.
 */
int bpf_file_create(struct bpf_new_pin *new_pin)
{
	umode_t mode = S_IFREG | (0600 & ~current_umask());
	const struct path *dir = new_pin->dir;
	struct dentry *dentry = new_pin->dentry;
	struct mnt_idmap *idmap = mnt_idmap(dir->mnt);
	bool hashed = !d_unhashed(dentry);
	struct bpf_pin *pin;
	int ret;

	ret = bpf_watch_error();
	if (ret)
		return ret;

	ret = security_path_mknod(dir, dentry, mode, 0);
	if (ret)
		return ret;

	pin = bpf_pin_file_alloc(new_pin->raw, new_pin->type,
				 new_pin->object_mode);
	if (!pin)
		return -ENOMEM;

	/* From here on a look-up of the name waits for the directory's lock. */
	if (hashed)
		d_drop(dentry);

	ret = vfs_create(idmap, d_inode(dir->dentry), dentry, mode, true);
	if (ret) {
		bpf_pin_file_free(pin);
		return ret;
	}

	ret = file_become_pin(new_pin, pin);
	/* An ordinary file that should not be there: take it back if we may. */
	if (ret && !vfs_unlink(idmap, d_inode(dir->dentry), dentry, NULL))
		return ret;

	if (hashed && d_unhashed(dentry))
		d_rehash(dentry);
	return ret;
}

/**
 * bpf_file_pin() - BPF_OBJ_PIN on a file system other than bpffs
 * @ufd: descriptor of a program, map or link
 * @path_fd: directory where a relative path begins, or AT_FDCWD
 * @pathname: where to make the file
 * @decided: set to whether the answer is ours to give; it is not where no pin
 *	of ours can be made, and then nothing has been done
 *
 * Context: may sleep; a system call of the user whose rights count.
 * Return: 0 or a negative errno; -EPERM where no pin can be made, -EPERM or
 * -EOPNOTSUPP where the file system cannot store the stamp.
 */
int bpf_file_pin(u32 ufd, int path_fd, const char __user *pathname,
		 bool *decided)
{
	struct bpf_new_pin new_pin;
	struct bpf_owner owner;
	struct dentry *dentry;
	enum bpf_type type;
	struct path dir;
	fmode_t mode;
	void *raw;
	int ret;

	*decided = true;
	raw = bpf_object_from_fd(ufd, &type, &mode);
	/* bpf(2) does not tell a wrong descriptor from one that is not there. */
	if (IS_ERR(raw))
		return -EINVAL;

	dentry = user_path_create(path_fd, pathname, &dir, 0);
	if (IS_ERR(dentry)) {
		ret = PTR_ERR(dentry);
		goto put_object;
	}

	/* Where there is no pin of ours, the kernel has the word, and the order. */
	owner = bpf_owner_of(dentry->d_sb);
	if (owner.kind == &bpf_owner_bpffs)
		ret = -EPERM;
	else
		ret = bpf_owner_can_pin(&owner, d_inode(dir.dentry));
	if (ret) {
		*decided = false;
	} else {
		new_pin = (struct bpf_new_pin){
			&dir, dentry, raw, type, mode, owner
		};
		ret = owner.kind->create(&new_pin);
	}

	done_path_create(&dir, dentry);
put_object:
	if (ret)
		bpf_object_put(raw, type);
	return ret;
}

/* What there is to say of a file that is no pin; bpffs would say EACCES. */
static int file_no_pin(const struct path *path, bool *decided)
{
	char stamp[BPF_STAMP_LEN];
	u32 id;

	*decided = bpf_stamp_read(path->dentry, stamp, &id) != BPF_STAMP_NONE;
	return *decided ? -ESTALE : -EACCES;
}

/**
 * bpf_file_get() - BPF_OBJ_GET on a file system other than bpffs
 * @path_fd: directory where a relative path begins, or AT_FDCWD
 * @pathname: the file
 * @flags: BPF_F_RDONLY, BPF_F_WRONLY and what else bpf(2) allows
 * @decided: set to whether the answer is ours to give; if not, there is no
 *	pin of ours and the caller should ask bpffs, errors included
 *
 * Context: may sleep; a system call of the user whose rights count.
 * Return: a descriptor or a negative errno; -ESTALE for the file of a pin
 * that has ended, -EACCES for more than the pin's maker had.
 */
int bpf_file_get(int path_fd, const char __user *pathname, int flags,
		 bool *decided)
{
	const struct bpf_owner_kind *kind;
	enum bpf_type type;
	struct path path;
	int f_flags, ret;
	fmode_t mode;
	void *raw;

	/* Up to the look at what the path leads to bpffs would say the same. */
	*decided = true;
	f_flags = bpf_get_file_flag(flags);
	if (f_flags < 0)
		return f_flags;

	ret = user_path_at(path_fd, pathname, LOOKUP_FOLLOW, &path);
	if (ret)
		return ret;

	kind = bpf_owner_of(path.dentry->d_sb).kind;
	if (kind == &bpf_owner_bpffs) {
		*decided = false;
		ret = -EACCES;
		goto put_path;
	}

	ret = path_permission(&path, ACC_MODE(f_flags));
	if (ret)
		goto put_path;

	raw = bpf_pin_file_object(kind, d_backing_inode(path.dentry), &type,
				  &mode);
	if (!raw) {
		ret = file_no_pin(&path, decided);
		goto put_path;
	}

	if (IS_ERR(raw)) {
		ret = PTR_ERR(raw);
		goto put_path;
	}

	touch_atime(&path);
	if (OPEN_FMODE(f_flags) & ~mode)
		ret = -EACCES;
	else
		ret = bpf_object_new_fd(raw, type, f_flags);
	if (ret < 0)
		bpf_object_put(raw, type);
put_path:
	path_put(&path);
	return ret;
}
