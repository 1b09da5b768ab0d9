// SPDX-License-Identifier: GPL-2.0-only
/*
 * Watches: a callback on the end of an inode, by means of fsnotify.
 *
 * References.  A watch is a mark of fsnotify with a mask of zero: it asks for
 * no event and only waits for its inode to end.  The mark holds the inode, so
 * memory pressure cannot end it.  The memory of a watch has a reference count:
 * one for the mark, given back in free_mark, and a short one for everybody who
 * found the watch in the table.  It is freed a grace period of RCU after the
 * last, so that the table can be read under RCU.
 *
 * Locks.  group->mark_mutex (in fsnotify) > bucket lock of the table.  Neither
 * is held while a callback runs.  Callbacks run inside watch_srcu, which
 * bpf_watch_barrier() waits for.
 *
 * How a watch ends.  Its state leaves LIVE once, by cmpxchg, and who does that
 * ends it: the inode's end (freeing_mark: LIVE -> FIRING, callback, off the
 * table, -> DONE) or bpf_watch_cancel() (LIVE -> CANCELLED, no callback, then
 * bpf_watch_remove(): off the table, -> DONE).  The loser of a race waits for
 * DONE, on either side: fsnotify drops its hold on the inode as soon as
 * freeing_mark returns, whatever references the mark has, so an end that comes
 * while somebody else still follows the inode has to wait for him.
 *
 * fsnotify calls freeing_mark once for each mark, from whoever destroys it: the
 * last dput() of an unlinked file, umount, or ourselves in bpf_watch_remove().
 * We keep the reference of fsnotify_init_mark() until the watch is DONE, so
 * free_mark comes strictly later, and never inside group->mark_mutex, where the
 * inode that goes with it could want another mark destroyed.
 */

#include <linux/fs.h>
#include <linux/module.h>
#include <linux/rhashtable.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include <linux/wait_bit.h>

#include "object.h"
#include "owner.h"
#include "watch.h"

enum watch_state {
	WATCH_LIVE,
	WATCH_FIRING,
	WATCH_DONE,
	WATCH_CANCELLED,
};

static struct fsnotify_group *watch_group;
static struct kmem_cache *watch_cache;
static struct rhltable watch_table;
/* Why bpf_watch_init() failed, for those who ask later; 0 if it did not. */
static int watch_error = -ENODEV;
/* Watches that have not ended. */
static atomic_t watches_live = ATOMIC_INIT(0);
/* Watches whose memory is not free yet; the exit waits for zero. */
static atomic_t watches_allocated = ATOMIC_INIT(0);
DEFINE_STATIC_SRCU(watch_srcu);

static const struct rhashtable_params watch_table_params = {
	.key_len = sizeof_field(struct bpf_watch, inode),
	.key_offset = offsetof(struct bpf_watch, inode),
	.head_offset = offsetof(struct bpf_watch, node),
	.automatic_shrinking = true,
};

static struct bpf_watch *watch_of_mark(struct fsnotify_mark *mark)
{
	return container_of(mark, struct bpf_watch, mark);
}

static void watch_free_rcu(struct rcu_head *rcu)
{
	struct bpf_watch *watch = container_of(rcu, struct bpf_watch, rcu);

	watch->destroy(watch);
	atomic_dec(&watches_allocated);
}

static void watch_release(struct kref *refs)
{
	struct bpf_watch *watch = container_of(refs, struct bpf_watch, refs);

	call_rcu(&watch->rcu, watch_free_rcu);
}

void bpf_watch_put(struct bpf_watch *watch)
{
	kref_put(&watch->refs, watch_release);
}

/* The watch is out of the table; whoever found it there has its reference. */
static void watch_unhash(struct bpf_watch *watch)
{
	rhltable_remove(&watch_table, &watch->node, watch_table_params);
	atomic_dec(&watches_live);
}

/* Nobody follows the inode any more, and no callback runs. */
static void watch_done(struct bpf_watch *watch)
{
	watch_unhash(watch);
	atomic_set_release(&watch->state, WATCH_DONE);
	/* Orders the state before the look at who waits. */
	smp_mb();
	wake_up_var(&watch->state);
}

static void watch_wait_done(struct bpf_watch *watch)
{
	wait_var_event(&watch->state,
		       atomic_read_acquire(&watch->state) == WATCH_DONE);
}

/* The watch has ended: its reference to the mark, and its hold on this module. */
static void watch_forget_mark(struct bpf_watch *watch)
{
	fsnotify_put_mark(&watch->mark);
	/* bpf_watch_exit() waits for what is still to run. */
	module_put(THIS_MODULE);
}

/*
 * The inode ends, or bpf_watch_remove() destroys the mark.  In the first case
 * the inode still is there: fsnotify gives up its reference after this, or, if
 * two names end at once on 6.1, our caller has a name or umount's reference.
 */
static void watch_freeing_mark(struct fsnotify_mark *mark,
			       struct fsnotify_group *group)
{
	struct bpf_watch *watch = watch_of_mark(mark);
	int idx;

	if (atomic_cmpxchg(&watch->state, WATCH_LIVE, WATCH_FIRING) != WATCH_LIVE) {
		watch_wait_done(watch);
		return;
	}

	idx = srcu_read_lock(&watch_srcu);
	WRITE_ONCE(watch->runner, current);
	watch->ops->free_inode(watch->object, watch->type, watch->priv);
	WRITE_ONCE(watch->runner, NULL);
	srcu_read_unlock(&watch_srcu, idx);

	watch_done(watch);
	/* Not the last reference: our caller has one. */
	watch_forget_mark(watch);
}

static void watch_free_mark(struct fsnotify_mark *mark)
{
	bpf_watch_put(watch_of_mark(mark));
}

/* Never called: the marks ask for no event. */
static int watch_handle_inode_event(struct fsnotify_mark *mark, u32 mask,
				    struct inode *inode, struct inode *dir,
				    const struct qstr *file_name, u32 cookie)
{
	return 0;
}

static const struct fsnotify_ops watch_fsnotify_ops = {
	.handle_inode_event	= watch_handle_inode_event,
	.freeing_mark		= watch_freeing_mark,
	.free_mark		= watch_free_mark,
};

/**
 * bpf_watch_add() - begin a watch in memory of the caller's
 * @watch: zeroed, but for @destroy, which frees the memory around it
 * @inode: held by the caller through a dentry or an open file
 * @ops: whose callback
 * @priv: its argument
 *
 * On success the memory belongs to the watch.  On failure @destroy will be
 * called too, after a grace period: the caller forgets it either way.
 *
 * Context: may sleep.
 * Return: as bpf_watch_inode().
 */
int bpf_watch_add(struct bpf_watch *watch, struct inode *inode,
		  const struct notify_ops *ops, void *priv)
{
	int ret;

	__module_get(THIS_MODULE);
	kref_init(&watch->refs);
	atomic_set(&watch->state, WATCH_LIVE);
	watch->inode = inode;
	watch->ops = ops;
	watch->priv = priv;
	atomic_inc(&watches_allocated);

	ret = bpf_owner_can_watch(inode);
	if (ret)
		goto put_watch;

	if (!bpf_inode_type(inode, &watch->type))
		watch->object = inode->i_private;

	/* The caller holds the inode, so it cannot end before the table knows. */
	fsnotify_init_mark(&watch->mark, watch_group);
	ret = fsnotify_add_inode_mark(&watch->mark, inode, 0);
	if (ret)
		goto forget_mark;

	atomic_inc(&watches_live);
	ret = rhltable_insert(&watch_table, &watch->node, watch_table_params);
	if (ret)
		goto destroy_mark;
	return 0;

destroy_mark:
	atomic_dec(&watches_live);
	/* Nobody has to be called, or waited for. */
	atomic_set(&watch->state, WATCH_DONE);
	fsnotify_destroy_mark(&watch->mark, watch_group);
forget_mark:
	watch_forget_mark(watch);
	return ret;

put_watch:
	bpf_watch_put(watch);
	module_put(THIS_MODULE);
	return ret;
}

/**
 * bpf_watch_cancel() - make sure that a callback will not run
 * @watch: the caller has a reference
 *
 * Context: may sleep: if the callback runs, waits until it has.
 * Return: true if this call ended the watch; the caller then has to call
 * bpf_watch_remove(), and may follow @watch->inode until then: an end of the
 * inode waits for it.  So the caller may take no lock of a file system between.
 */
bool bpf_watch_cancel(struct bpf_watch *watch)
{
	int state = atomic_cmpxchg(&watch->state, WATCH_LIVE, WATCH_CANCELLED);

	if (state == WATCH_LIVE)
		return true;
	watch_wait_done(watch);
	return false;
}

/**
 * bpf_watch_remove() - take away a cancelled watch
 * @watch: the caller has a reference and got true from bpf_watch_cancel()
 *
 * Context: may sleep; gives back the mark's reference to the inode, which may
 * be the last one.
 */
void bpf_watch_remove(struct bpf_watch *watch)
{
	WARN_ON_ONCE(atomic_read(&watch->state) != WATCH_CANCELLED);
	watch_done(watch);
	fsnotify_destroy_mark(&watch->mark, watch_group);
	watch_forget_mark(watch);
}

/**
 * bpf_watch_find_rcu() - find a watch by inode and callback
 * @inode: held by the caller, or else only a number
 * @ops: whose callback
 *
 * Context: under rcu_read_lock().
 * Return: a watch that may have ended, valid as long as the caller stays
 * under RCU or takes a reference with bpf_watch_get(); NULL if there is none.
 */
struct bpf_watch *bpf_watch_find_rcu(const struct inode *inode,
				     const struct notify_ops *ops)
{
	struct rhlist_head *list, *pos;
	struct bpf_watch *watch;

	list = rhltable_lookup(&watch_table, &inode, watch_table_params);
	rhl_for_each_entry_rcu(watch, pos, list, node)
		if (watch->ops == ops)
			return watch;
	return NULL;
}

static void watch_destroy(struct bpf_watch *watch)
{
	kmem_cache_free(watch_cache, watch);
}

int bpf_watch_inode(struct inode *inode, const struct notify_ops *ops,
		    void *priv)
{
	struct bpf_watch *watch;

	if (watch_error)
		return watch_error;

	watch = kmem_cache_zalloc(watch_cache, GFP_KERNEL_ACCOUNT);
	if (!watch)
		return -ENOMEM;
	watch->destroy = watch_destroy;
	return bpf_watch_add(watch, inode, ops, priv);
}
EXPORT_SYMBOL_GPL(bpf_watch_inode);

/*
 * A watch with these three values, with a reference that is the caller's; one
 * that still lives if there is one, or else one that is just ending.
 */
static struct bpf_watch *watch_get(const struct inode *inode,
				   const struct notify_ops *ops, void *priv)
{
	struct bpf_watch *watch, *ending = NULL;
	struct rhlist_head *list, *pos;

	rcu_read_lock();
	list = rhltable_lookup(&watch_table, &inode, watch_table_params);
	rhl_for_each_entry_rcu(watch, pos, list, node) {
		if (watch->ops != ops || watch->priv != priv ||
		    !bpf_watch_get(watch))
			continue;
		if (ending)
			bpf_watch_put(ending);
		ending = watch;
		if (atomic_read(&watch->state) == WATCH_LIVE)
			break;
	}
	rcu_read_unlock();
	return ending;
}

int bpf_unwatch_inode(struct inode *inode, const struct notify_ops *ops,
		      void *priv)
{
	struct bpf_watch *watch;
	int ret = -ENOENT;

	if (watch_error)
		return -ENOENT;

	/* Another of the same three values may be stopped by somebody else. */
	while (ret == -ENOENT && (watch = watch_get(inode, ops, priv))) {
		if (READ_ONCE(watch->runner) == current) {
			ret = -EDEADLK;
		} else if (bpf_watch_cancel(watch)) {
			bpf_watch_remove(watch);
			ret = 0;
		}
		bpf_watch_put(watch);
	}
	return ret;
}
EXPORT_SYMBOL_GPL(bpf_unwatch_inode);

void bpf_watch_barrier(void)
{
	synchronize_srcu(&watch_srcu);
}
EXPORT_SYMBOL_GPL(bpf_watch_barrier);

/* Why no inode can be watched: 0 if they can, or a negative errno. */
int bpf_watch_error(void)
{
	return watch_error;
}

/* The number of watches that have not ended, those of pins included. */
unsigned int bpf_watch_count(void)
{
	return atomic_read(&watches_live);
}

/**
 * bpf_watch_init() - set up the machinery
 *
 * Return: 0 or a negative errno, which bpf_watch_inode() will return from
 * then on.
 */
int bpf_watch_init(void)
{
	int ret;

	watch_cache = KMEM_CACHE(bpf_watch, SLAB_ACCOUNT);
	if (!watch_cache) {
		ret = -ENOMEM;
		goto fail;
	}

	ret = rhltable_init(&watch_table, &watch_table_params);
	if (ret)
		goto destroy_cache;

	watch_group = fsnotify_alloc_group(&watch_fsnotify_ops,
					   FSNOTIFY_GROUP_DUPS);
	if (IS_ERR(watch_group)) {
		ret = PTR_ERR(watch_group);
		goto destroy_table;
	}

	watch_error = 0;
	return 0;

destroy_table:
	rhltable_destroy(&watch_table);
destroy_cache:
	kmem_cache_destroy(watch_cache);
fail:
	watch_error = ret;
	return ret;
}

/*
 * Nobody can begin a watch any more and none is left, but the last may still
 * be on their way through fsnotify's reaper and RCU.
 */
void bpf_watch_exit(void)
{
	if (watch_error) {
		rcu_barrier();
		return;
	}

	WARN_ON_ONCE(atomic_read(&watches_live));
	while (atomic_read(&watches_allocated)) {
		fsnotify_wait_marks_destroyed();
		rcu_barrier();
		if (atomic_read(&watches_allocated))
			schedule_timeout_uninterruptible(1);
	}
	fsnotify_put_group(watch_group);
	/* The last steps of who brought the count to zero. */
	fsnotify_wait_marks_destroyed();
	rcu_barrier();
	bpf_watch_barrier();

	rhltable_destroy(&watch_table);
	kmem_cache_destroy(watch_cache);
	watch_error = -ENODEV;
}
