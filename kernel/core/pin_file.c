// SPDX-License-Identifier: GPL-2.0-only
/*
 * File pins: the sort of pins whose owner is a file made for them.
 *
 * While the pin lives its inode has file operations of ours, for reading, and is
 * shut to writers by the count that is below zero on execution.  Both are undone
 * at the pin's end.
 */

#include <linux/fs.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include "object.h"
#include "owner.h"
#include "pin.h"
#include "pin_file.h"
#include "pin_text.h"
#include "tie.h"

/**
 * struct bpf_file_pin - a pin and its file
 * @pin: the pin
 * @fop: what the inode's files could do before they were a pin's
 */
struct bpf_file_pin {
	struct bpf_pin pin;
	const struct file_operations *fop;
};

static struct kmem_cache *file_pin_cache;

static struct bpf_file_pin *file_pin_of(struct bpf_pin *pin)
{
	return container_of(pin, struct bpf_file_pin, pin);
}

/* The file is as it was.  @own: as for inode_set_fops(). */
static void file_pin_undo(struct bpf_pin *pin, struct inode *inode,
			  struct dentry *own)
{
	const struct file_operations *fop = file_pin_of(pin)->fop;

	/*
	 * If that could not be done with care, 6.1 can count an opener for ever, and
	 * then the module stays.
	 */
	if (!inode_set_fops(inode, own, fop))
		WRITE_ONCE(inode->i_fop, fop);
	atomic_inc(&inode->i_writecount);
}

static void file_pin_let_go(struct bpf_pin *pin, bool lives)
{
	struct inode *inode = pin->watch.owner.what;

	/* An ordinary file is not to be removed by a tie. */
	if (lives)
		bpf_untie_all(inode);
	file_pin_undo(pin, inode, NULL);
}

static void file_pin_free(struct bpf_pin *pin)
{
	kfree(pin->path);
	kmem_cache_free(file_pin_cache, file_pin_of(pin));
}

static const struct bpf_pin_ops file_pin_ops = {
	.watch = {
		.ended		= bpf_pin_ended,
		.destroy	= bpf_pin_destroy,
	},
	.let_go	= file_pin_let_go,
	.free	= file_pin_free,
};

/**
 * bpf_pin_file_alloc() - a pin that will be a file's
 * @raw: as for bpf_pin_prepare()
 * @type: as there
 * @mode: as there
 *
 * Context: may sleep.
 * Return: the pin, or NULL: no memory.
 */
struct bpf_pin *bpf_pin_file_alloc(void *raw, enum bpf_type type, fmode_t mode)
{
	struct bpf_file_pin *file_pin;

	file_pin = kmem_cache_zalloc(file_pin_cache, GFP_KERNEL_ACCOUNT);
	if (!file_pin)
		return NULL;
	bpf_pin_prepare(&file_pin->pin, raw, type, mode);
	return &file_pin->pin;
}

/* For a pin that never became a file's. */
void bpf_pin_file_free(struct bpf_pin *pin)
{
	bpf_pin_abandon(pin);
	file_pin_free(pin);
}

/**
 * bpf_pin_file() - make a file the pin's
 * @pin: from bpf_pin_file_alloc()
 * @owner: kind and file system of the file
 * @dentry: of a regular file that was just made for the pin, held by the caller
 * @path: where it was made, if that is to be remembered, else NULL; the pin
 *	frees it with kfree(), whatever this returns
 *
 * From here on the file cannot be written, truncated or mapped, and reading
 * it tells what it is.
 *
 * Context: may sleep.
 * Return: 0: the pin has the object's reference and is no longer the
 * caller's.  Or a negative errno: the reference is the caller's, the pin is
 * gone, the inode is as before; -ETXTBSY if somebody has it open for writing;
 * -EBUSY if somebody else has it and it cannot be changed right now.
 */
int bpf_pin_file(struct bpf_pin *pin, const struct bpf_owner *owner,
		 struct dentry *dentry, const char *path)
{
	struct inode *inode = d_inode(dentry);
	struct bpf_owner file = { owner->kind, owner->fs, inode, inode };
	const struct file_operations *fop = inode->i_fop;
	int ret;

	pin->path = path;
	if (!atomic_dec_unless_positive(&inode->i_writecount)) {
		bpf_pin_file_free(pin);
		return -ETXTBSY;
	}
	file_pin_of(pin)->fop = fop;
	if (!inode_set_fops(inode, dentry, &bpf_pin_fops)) {
		atomic_inc(&inode->i_writecount);
		bpf_pin_file_free(pin);
		return -EBUSY;
	}

	ret = bpf_pin_hold(pin, &file, &file_pin_ops);
	if (ret)
		file_pin_undo(pin, inode, dentry);
	bpf_pin_put(pin);
	return ret;
}

/* An owner kind's @find. */
struct bpf_pin *bpf_pin_file_find_rcu(const struct inode *inode)
{
	struct bpf_watch *watch = NULL;

	/* Of most inodes nobody ever watched any. */
	if (rcu_access_pointer(inode->i_fsnotify_marks))
		watch = bpf_watch_find_rcu(inode, &file_pin_ops.watch, NULL);
	return watch ? bpf_pin_of_watch(watch) : NULL;
}

/* The pin at a file of any kind, NULL, or an error pointer: see @find. */
static struct bpf_pin *file_pin_find_rcu(const struct bpf_owner_kind *kind,
					 const struct inode *inode)
{
	return kind->find ? kind->find(inode) : NULL;
}

/**
 * bpf_pin_file_object() - the object pinned at a file
 * @kind: of owners that files of its file system are
 * @inode: held by the caller
 * @type: filled in
 * @mode: filled in: how it may be opened at most
 *
 * Context: any.
 * Return: the object with a reference that is the caller's; NULL if there is
 * no pin or it just ended; -ENOENT if the file goes with it.
 */
void *bpf_pin_file_object(const struct bpf_owner_kind *kind,
			  const struct inode *inode, enum bpf_type *type,
			  fmode_t *mode)
{
	struct bpf_pin *pin;
	void *raw = NULL;

	rcu_read_lock();
	pin = file_pin_find_rcu(kind, inode);
	if (IS_ERR(pin)) {
		raw = ERR_CAST(pin);
	} else if (pin) {
		*type = pin->type;
		*mode = pin->mode;
		raw = bpf_pin_object(pin);
		if (!raw && pin->watch.owner.kind->gone)
			raw = ERR_PTR(pin->watch.owner.kind->gone);
	}
	rcu_read_unlock();
	return raw;
}

/**
 * bpf_pin_file_find() - the pin at a file
 * @inode: held by the caller
 *
 * Context: any.
 * Return: the pin with a reference that is the caller's, to be given back with
 * bpf_pin_put(); NULL if there is none.  It may end at any time.
 */
struct bpf_pin *bpf_pin_file_find(const struct inode *inode)
{
	const struct bpf_owner_kind *kind = bpf_owner_of(inode->i_sb).kind;
	struct bpf_pin *pin;

	rcu_read_lock();
	pin = file_pin_find_rcu(kind, inode);
	if (IS_ERR(pin) || (pin && !bpf_watch_get(&pin->watch)))
		pin = NULL;
	rcu_read_unlock();
	return pin;
}

int bpf_pin_file_init(void)
{
	file_pin_cache = KMEM_CACHE(bpf_file_pin, SLAB_ACCOUNT);
	return file_pin_cache ? 0 : -ENOMEM;
}

/* After bpf_watch_exit(): every pin is freed by then. */
void bpf_pin_file_exit(void)
{
	kmem_cache_destroy(file_pin_cache);
}
