// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pins: a reference to a BPF object that lasts until its owner's end.
 *
 * References.  A pin holds its object (with a user reference, see object.c).
 * Its memory belongs to its watch, and so does the hold on the inode and on
 * this module.  The table of ids holds nothing: it is read under RCU.
 *
 * Locks.  pin->lock is innermost but for the inode's i_lock and what
 * dentry_path_raw() takes.
 *
 * How a pin ends.  Either its watch fires (the owner ended), or bpf_pin_end()
 * cancels the watch.  The watch decides which, once; both then call
 * pin_release(), which runs while the inode still is held: it takes the object
 * out of the pin under the lock, gives the file back what it was, forgets the
 * id, and drops the object.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/user_namespace.h>
#include <linux/xarray.h>

#include "object.h"
#include "pin.h"
#include "pin_text.h"

static struct kmem_cache *pin_cache;
static DEFINE_XARRAY_ALLOC1(pin_ids);
/* Where the search for a free id goes on. */
static u32 pin_next_id;
static atomic_t pins_live = ATOMIC_INIT(0);

static void pin_ended(void *object, enum bpf_type type, void *priv);

static const struct notify_ops pin_notify_ops = {
	.free_inode = pin_ended,
};

static struct bpf_pin *pin_of_watch(struct bpf_watch *watch)
{
	return container_of(watch, struct bpf_pin, watch);
}

static void pin_destroy(struct bpf_watch *watch)
{
	struct bpf_pin *pin = pin_of_watch(watch);

	kfree(pin->path);
	kmem_cache_free(pin_cache, pin);
}

/* The file was shut to writers by the count that is below zero on execution. */
static void open_to_writers(struct inode *inode)
{
	atomic_inc(&inode->i_writecount);
}

/*
 * The pin has ended and its file has its own operations again; the watch is not
 * DONE, so the inode is still there.
 */
static void pin_release(struct bpf_pin *pin)
{
	void *raw;

	spin_lock(&pin->lock);
	raw = pin->raw;
	pin->raw = NULL;
	spin_unlock(&pin->lock);

	open_to_writers(pin->watch.inode);
	xa_erase(&pin_ids, pin->id);
	atomic_dec(&pins_live);
	bpf_object_put(raw, pin->type);
}

/* The owner has ended: nobody opens it any more. */
static void pin_ended(void *object, enum bpf_type type, void *priv)
{
	struct bpf_pin *pin = priv;

	WRITE_ONCE(pin->watch.inode->i_fop, pin->fop);
	pin_release(pin);
}

/**
 * bpf_pin_alloc() - a pin without an owner
 * @raw: the object; the pin takes over the caller's reference when it is
 *	attached, not before
 * @type: its type
 * @mode: how it may be opened at most
 *
 * Context: may sleep.
 * Return: the pin, or an error pointer.
 */
struct bpf_pin *bpf_pin_alloc(void *raw, enum bpf_type type, fmode_t mode)
{
	struct bpf_pin *pin;
	int ret;

	pin = kmem_cache_zalloc(pin_cache, GFP_KERNEL_ACCOUNT);
	if (!pin)
		return ERR_PTR(-ENOMEM);

	/* An entry without a pin keeps the place: nobody finds it yet. */
	ret = xa_alloc_cyclic(&pin_ids, &pin->id, NULL, xa_limit_32b,
			      &pin_next_id, GFP_KERNEL_ACCOUNT);
	if (ret < 0) {
		kmem_cache_free(pin_cache, pin);
		return ERR_PTR(ret);
	}

	spin_lock_init(&pin->lock);
	pin->watch.destroy = pin_destroy;
	pin->raw = raw;
	pin->type = type;
	pin->mode = mode;
	pin->uid = current_fsuid();
	pin->pid = task_tgid_nr(current);
	get_task_comm(pin->comm, current->group_leader);
	pin->created = ktime_get_real_ns();
	return pin;
}

/* For a pin that was never attached. */
void bpf_pin_free(struct bpf_pin *pin)
{
	xa_erase(&pin_ids, pin->id);
	kmem_cache_free(pin_cache, pin);
}

/**
 * bpf_pin_attach() - give a pin its owner
 * @pin: from bpf_pin_alloc()
 * @inode: a regular file that was just made for the pin
 *
 * From here on the file cannot be written, truncated or mapped, and reading
 * it tells what it is.
 *
 * Context: may sleep.
 * Return: 0: the pin has the object's reference and is no longer the
 * caller's.  Or a negative errno: the reference is the caller's, the pin is
 * gone, the inode is as before; -ETXTBSY if somebody has it open for writing.
 */
int bpf_pin_attach(struct bpf_pin *pin, struct inode *inode)
{
	const struct file_operations *fop = inode->i_fop;
	u32 id = pin->id;
	int ret;

	if (!atomic_dec_unless_positive(&inode->i_writecount)) {
		bpf_pin_free(pin);
		return -ETXTBSY;
	}
	atomic_inc(&pins_live);
	pin->fop = fop;
	WRITE_ONCE(inode->i_fop, &bpf_pin_fops);

	/* A failure takes the memory of the pin too. */
	ret = bpf_watch_add(&pin->watch, inode, &pin_notify_ops, pin);
	if (ret) {
		WRITE_ONCE(inode->i_fop, fop);
		open_to_writers(inode);
		xa_erase(&pin_ids, id);
		atomic_dec(&pins_live);
	}
	return ret;
}

/**
 * bpf_pin_publish() - let a pin be found by its id
 * @pin: attached, and its owner held by the caller, so that it cannot end
 * @path: where it was made, if that is to be remembered, else NULL; the pin
 *	frees it with kfree()
 *
 * Context: any.
 */
void bpf_pin_publish(struct bpf_pin *pin, char *path)
{
	pin->path = path;
	xa_store(&pin_ids, pin->id, pin, 0);
}

/**
 * bpf_pin_object() - the object pinned at a file
 * @inode: held by the caller
 * @type: filled in
 * @mode: filled in: how it may be opened at most
 *
 * Context: any.
 * Return: the object with a reference that is the caller's; NULL if there is
 * no pin or it just ended.
 */
void *bpf_pin_object(const struct inode *inode, enum bpf_type *type,
		     fmode_t *mode)
{
	struct bpf_watch *watch;
	struct bpf_pin *pin;
	void *raw = NULL;

	/* Nobody ever watched this inode. */
	if (!rcu_access_pointer(inode->i_fsnotify_marks))
		return NULL;

	rcu_read_lock();
	watch = bpf_watch_find_rcu(inode, &pin_notify_ops);
	if (watch) {
		pin = pin_of_watch(watch);
		spin_lock(&pin->lock);
		*type = pin->type;
		*mode = pin->mode;
		if (pin->raw)
			raw = bpf_object_get(pin->raw, pin->type);
		spin_unlock(&pin->lock);
	}
	rcu_read_unlock();
	return raw;
}

/**
 * bpf_pin_find() - the pin at a file
 * @inode: held by the caller
 *
 * Context: any.
 * Return: the pin with a reference that is the caller's, to be given back with
 * bpf_pin_put(); NULL if there is none.  It may end at any time.
 */
struct bpf_pin *bpf_pin_find(const struct inode *inode)
{
	struct bpf_watch *watch;

	rcu_read_lock();
	watch = bpf_watch_find_rcu(inode, &pin_notify_ops);
	if (watch && !bpf_watch_get(watch))
		watch = NULL;
	rcu_read_unlock();
	return watch ? pin_of_watch(watch) : NULL;
}

/* As bpf_pin_find(), by the id. */
struct bpf_pin *bpf_pin_find_id(u32 id)
{
	struct bpf_pin *pin;

	rcu_read_lock();
	pin = xa_load(&pin_ids, id);
	if (pin && !bpf_watch_get(&pin->watch))
		pin = NULL;
	rcu_read_unlock();
	return pin;
}

/* As bpf_pin_find(): the one with the lowest id that is at least @id. */
struct bpf_pin *bpf_pin_find_next(u32 id)
{
	struct bpf_pin *pin;
	unsigned long index;

	rcu_read_lock();
	xa_for_each_range(&pin_ids, index, pin, id, U32_MAX)
		if (bpf_watch_get(&pin->watch))
			break;
	rcu_read_unlock();
	return pin;
}

/* Whether there is a pin with this id, or about to be one. */
bool bpf_pin_id_used(u32 id)
{
	XA_STATE(xas, &pin_ids, id);
	void *entry;

	rcu_read_lock();
	/* Not xa_load(): for that a place that is kept is empty. */
	while (xa_is_retry(entry = xas_load(&xas)))
		xas_reset(&xas);
	rcu_read_unlock();
	return entry;
}

/* Gives back the reference of a find. */
void bpf_pin_put(struct bpf_pin *pin)
{
	bpf_watch_put(&pin->watch);
}

/*
 * May the caller see the pin, and end it?  Being root is not enough: it may be
 * that of a container, with nothing of the host's rights but the number.
 */
bool bpf_pin_may_see(const struct bpf_pin *pin)
{
	if (uid_eq(current_fsuid(), pin->uid) &&
	    !uid_eq(pin->uid, GLOBAL_ROOT_UID))
		return true;
	return ns_capable_noaudit(&init_user_ns, CAP_BPF) ||
	       ns_capable_noaudit(&init_user_ns, CAP_SYS_ADMIN);
}

/* A name of the file, or NULL; under RCU, valid as long as that. */
static struct dentry *name_of_inode_rcu(struct inode *inode)
{
	struct dentry *dentry, *unhashed = NULL;

	spin_lock(&inode->i_lock);
	hlist_for_each_entry(dentry, &inode->i_dentry, d_u.d_alias) {
		/* Opened by a file handle, and nobody knows its name. */
		if (IS_ROOT(dentry))
			continue;
		if (!d_unhashed(dentry))
			break;
		unhashed = dentry;
	}
	spin_unlock(&inode->i_lock);
	return dentry ?: unhashed;
}

/**
 * bpf_pin_where() - where a pin is
 * @pin: the caller has a reference
 * @where: filled in
 * @buf: PATH_MAX bytes for the path
 *
 * No reference to the inode or to a name of it is taken: that would be one
 * too many for an umount that comes just then.  The lock of the pin holds the
 * inode, and RCU its names, while they are looked at.
 *
 * Context: any.
 * Return: 0, or -ENOENT if the pin has ended.
 */
int bpf_pin_where(struct bpf_pin *pin, struct bpf_pin_where *where, char *buf)
{
	struct inode *inode = pin->watch.inode;
	struct dentry *name;

	memset(where, 0, sizeof(*where));
	spin_lock(&pin->lock);
	if (!pin->raw) {
		spin_unlock(&pin->lock);
		return -ENOENT;
	}
	bpf_object_describe(pin->raw, pin->type, &where->object);
	where->owner = bpf_owner_of(inode->i_sb);
	where->dev = inode->i_sb->s_dev;
	where->ino = inode->i_ino;
	where->unlinked = !inode->i_nlink;

	rcu_read_lock();
	name = name_of_inode_rcu(inode);
	if (name) {
		where->path = dentry_path_raw(name, buf, PATH_MAX);
		where->in_fs = true;
	} else if (pin->path) {
		strscpy(buf, pin->path, PATH_MAX);
		where->path = buf;
	}
	rcu_read_unlock();
	spin_unlock(&pin->lock);

	if (IS_ERR(where->path))
		where->path = NULL;
	return 0;
}

/**
 * bpf_pin_end() - end a pin now
 * @pin: the caller has a reference
 *
 * Context: may sleep; waits if the owner is just ending it.
 * Return: true if this call ended it.
 */
bool bpf_pin_end(struct bpf_pin *pin)
{
	if (!bpf_watch_cancel(&pin->watch))
		return false;

	inode_set_fops(pin->watch.inode, pin->fop);
	pin_release(pin);
	bpf_watch_remove(&pin->watch);
	return true;
}

/* The number of pins that have not ended. */
unsigned int bpf_pin_count(void)
{
	return atomic_read(&pins_live);
}

int bpf_pin_init(void)
{
	pin_cache = KMEM_CACHE(bpf_pin, SLAB_ACCOUNT);
	return pin_cache ? 0 : -ENOMEM;
}

/* After bpf_watch_exit(): every pin is freed by then. */
void bpf_pin_exit(void)
{
	WARN_ON_ONCE(!xa_empty(&pin_ids));
	kmem_cache_destroy(pin_cache);
}
