// SPDX-License-Identifier: GPL-2.0-only
/*
 * Watches: a callback on the end of an owner, exactly once.
 *
 * How the end is learned is the owner kind's; here is what all have in common:
 * the table of watches, and who of several ends a watch.
 *
 * References.  The memory of a watch has a reference count: one for the kind,
 * given back behind the last it does with the watch, and a short one for
 * everybody who found the watch in a table.  It is freed a grace period of RCU
 * after the last, so that the tables can be read under RCU.
 *
 * Locks.  What a kind holds in its @watch > bucket lock of the table.  None of
 * ours is held while a callback runs.  Callbacks run inside watch_srcu, which
 * bpf_watch_barrier() waits for.
 *
 * How a watch ends.  Its state leaves LIVE once, by cmpxchg, and who does that
 * ends it: the owner's end (watch_fire(): LIVE -> FIRING, callback, off the
 * table, -> DONE) or bpf_watch_cancel() (LIVE -> CANCELLED, no callback, then
 * bpf_watch_remove(): off the table, -> DONE).  The loser of a race waits for
 * DONE, on either side: an owner goes as soon as who told its end returns,
 * whatever references the watch has, so an end that comes while somebody else
 * still follows the owner has to wait for him.
 */

#include <linux/hash.h>
#include <linux/module.h>
#include <linux/srcu.h>
#include <linux/string.h>
#include <linux/wait_bit.h>

#include "hashtable.h"
#include "owner.h"
#include "watch.h"

enum watch_state {
	WATCH_NEW,
	WATCH_LIVE,
	WATCH_FIRING,
	WATCH_DONE,
	WATCH_CANCELLED,
};

static struct rhltable watch_table;
/* Why bpf_watch_init() failed, for those who ask later; 0 if it did not. */
static int watch_error = -ENODEV;
/* Watches that have not ended. */
static atomic_t watches_live = ATOMIC_INIT(0);
/* Watches whose memory is not free yet; the exit waits for zero. */
static atomic_t watches_allocated = ATOMIC_INIT(0);
DEFINE_STATIC_SRCU(watch_srcu);

/* Of a pointer, which jhash() would take for a string: it is looked up all the time. */
static u32 watch_hash(const void *key, u32 len, u32 seed)
{
	return hash_64(*(const u64 *)key ^ seed, 32);
}

static const struct rhashtable_params watch_table_params = {
	.hashfn = watch_hash,
	.key_len = sizeof_field(struct bpf_watch, owner.what),
	.key_offset = offsetof(struct bpf_watch, owner.what),
	.head_offset = offsetof(struct bpf_watch, node),
	.automatic_shrinking = true,
};

static void watch_free_rcu(struct rcu_head *rcu)
{
	struct bpf_watch *watch = container_of(rcu, struct bpf_watch, rcu);

	watch->ops->destroy(watch);
	atomic_dec(&watches_allocated);
}

static void watch_release(struct kref *refs)
{
	struct bpf_watch *watch = container_of(refs, struct bpf_watch, refs);

	call_rcu(&watch->rcu, watch_free_rcu);
}

/**
 * bpf_watch_get() - keep a watch that was found
 * @watch: found under RCU
 *
 * Return: true if the caller now has a reference, to be given back with
 * bpf_watch_put(); false if it has not begun or is already forgotten.
 */
bool bpf_watch_get(struct bpf_watch *watch)
{
	return atomic_read_acquire(&watch->state) != WATCH_NEW &&
	       kref_get_unless_zero(&watch->refs);
}

void bpf_watch_put(struct bpf_watch *watch)
{
	kref_put(&watch->refs, watch_release);
}

/* The watch is out of the table; whoever found it there has its reference. */
static void watch_unhash(struct bpf_watch *watch)
{
	hashtable_change(rhltable_remove(&watch_table, &watch->node,
					 watch_table_params));
	atomic_dec(&watches_live);
}

/* Nobody follows the owner any more, and no callback runs. */
static void watch_done(struct bpf_watch *watch)
{
	watch_unhash(watch);
	atomic_set_release(&watch->state, WATCH_DONE);
	/* Orders the state before the look at who waits. */
	smp_mb();
	wake_up_var(&watch->state);
}

/* Nobody has ended it yet. */
bool bpf_watch_is_live(const struct bpf_watch *watch)
{
	return atomic_read(&watch->state) == WATCH_LIVE;
}

static bool watch_is_done(const struct bpf_watch *watch)
{
	return atomic_read_acquire(&watch->state) == WATCH_DONE;
}

static void watch_wait_done(struct bpf_watch *watch)
{
	wait_var_event(&watch->state, watch_is_done(watch));
}

/**
 * bpf_watch_begin() - let a watch be found and end
 * @watch: its kind is sure to call bpf_watch_fire_all() at the owner's end, and
 *	that this does not come before the return, or makes up for it
 *
 * Context: any that a kind's @watch calls this from.
 * Return: 0, or a negative errno and the watch has not begun.
 */
int bpf_watch_begin(struct bpf_watch *watch)
{
	int ret;

	atomic_inc(&watches_live);
	ret = hashtable_change(rhltable_insert(&watch_table, &watch->node,
					       watch_table_params));
	if (ret) {
		atomic_dec(&watches_live);
		return ret;
	}
	atomic_set_release(&watch->state, WATCH_LIVE);
	return 0;
}

/* The owner has ended.  Returns whether the callback was run, and runs once. */
static bool watch_fire(struct bpf_watch *watch, enum bpf_end end)
{
	int idx;

	if (atomic_cmpxchg(&watch->state, WATCH_LIVE, WATCH_FIRING) != WATCH_LIVE) {
		watch_wait_done(watch);
		return false;
	}

	idx = srcu_read_lock(&watch_srcu);
	watch->end = end;
	WRITE_ONCE(watch->runner, current);
	watch->ops->ended(watch);
	WRITE_ONCE(watch->runner, NULL);
	srcu_read_unlock(&watch_srcu, idx);

	watch_done(watch);
	return true;
}

/* Nobody needs a watch any more; bpf_watch_exit() waits for what still runs. */
static void watch_forget(struct bpf_watch *watch)
{
	watch->owner.kind->unwatch(watch);
	module_put(THIS_MODULE);
}

/* A watch that has not been forgotten, with a reference that is the caller's. */
static struct bpf_watch *watch_get_any(const void *what)
{
	struct rhlist_head *list, *pos;
	struct bpf_watch *watch, *found = NULL;

	rcu_read_lock();
	list = rhltable_lookup(&watch_table, &what, watch_table_params);
	rhl_for_each_entry_rcu(watch, pos, list, node) {
		if (bpf_watch_get(watch)) {
			found = watch;
			break;
		}
	}
	rcu_read_unlock();
	return found;
}

/**
 * bpf_watch_fire_all() - an owner has ended
 * @what: the owner
 * @end: why
 *
 * Context: may sleep: runs the callbacks, and waits for who has just cancelled a
 * watch.  When this returns no watch that had begun before is left.
 */
void bpf_watch_fire_all(const void *what, enum bpf_end end)
{
	struct bpf_watch *watch;

	while ((watch = watch_get_any(what))) {
		if (watch_fire(watch, end))
			watch_forget(watch);
		bpf_watch_put(watch);
	}
}

/**
 * bpf_watch_add() - begin a watch in memory of the caller's
 * @watch: zeroed
 * @owner: held by the caller, and may be just ending
 * @ops: what to do at its end
 *
 * When this returns, successful or not, the memory belongs to the watch: the
 * caller has a reference, to be given back with bpf_watch_put(), and @ops->destroy
 * will be called a grace period after the last.  The watch may have ended already.
 *
 * Context: may sleep.
 * Return: 0; -ENOENT if the owner is just ending; -ENOMEM or another error of
 * the kind; or why the machinery could not be set up.
 */
int bpf_watch_add(struct bpf_watch *watch, const struct bpf_owner *owner,
		  const struct bpf_watch_ops *ops)
{
	int ret = watch_error;

	__module_get(THIS_MODULE);
	/* One for the kind, one for the caller. */
	refcount_set(&watch->refs.refcount, 2);
	watch->owner = *owner;
	watch->ops = ops;
	atomic_inc(&watches_allocated);

	if (ret)
		bpf_watch_put(watch);
	else
		ret = owner->kind->watch(watch);
	if (ret)
		module_put(THIS_MODULE);
	return ret;
}

/**
 * bpf_watch_cancel() - make sure that a callback will not run
 * @watch: the caller has a reference
 *
 * Context: may sleep: if the callback runs, waits until it has.
 * Return: true if this call ended the watch; the caller then has to call
 * bpf_watch_remove(), and may follow the owner until then: its end waits for
 * that.  So the caller may take no lock of a file system or of rtnl between.
 */
bool bpf_watch_cancel(struct bpf_watch *watch)
{
	int state = atomic_cmpxchg(&watch->state, WATCH_LIVE, WATCH_CANCELLED);

	if (state == WATCH_LIVE)
		return true;
	watch_wait_done(watch);
	return false;
}

/* For a kind that has cancelled a watch itself: it is over, and was never told. */
void bpf_watch_void(struct bpf_watch *watch)
{
	WARN_ON_ONCE(atomic_read(&watch->state) != WATCH_CANCELLED);
	watch_done(watch);
}

/**
 * bpf_watch_remove() - take away a cancelled watch
 * @watch: the caller has a reference and got true from bpf_watch_cancel()
 *
 * Context: may sleep; gives back a mark's reference to its inode, which may be
 * the last one.
 */
void bpf_watch_remove(struct bpf_watch *watch)
{
	bpf_watch_void(watch);
	watch_forget(watch);
}

/**
 * bpf_watch_find_rcu() - find a watch by owner and callback
 * @what: the owner, held by the caller, or else only a number
 * @ops: whose callback
 * @match: is it one that the caller wants?  NULL if any will do
 *
 * Context: under rcu_read_lock().
 * Return: a watch that may have ended, valid as long as the caller stays
 * under RCU or takes a reference with bpf_watch_get(); NULL if there is none.
 */
struct bpf_watch *bpf_watch_find_rcu(const void *what,
				     const struct bpf_watch_ops *ops,
				     bool (*match)(struct bpf_watch *watch))
{
	struct rhlist_head *list, *pos;
	struct bpf_watch *watch;

	if (watch_error)
		return NULL;
	list = rhltable_lookup(&watch_table, &what, watch_table_params);
	rhl_for_each_entry_rcu(watch, pos, list, node)
		if (watch->ops == ops && (!match || match(watch)))
			return watch;
	return NULL;
}

/**
 * bpf_watch_where() - where the owner of a watch is
 * @watch: kept from ending by a spinlock
 * @where: filled in
 * @buf: PATH_MAX bytes for the path
 *
 * Context: any.
 */
void bpf_watch_where(const struct bpf_watch *watch,
		     struct bpf_owner_where *where, char *buf)
{
	memset(where, 0, sizeof(*where));
	watch->owner.kind->where(watch, where, buf);
}

void bpf_watch_barrier(void)
{
	synchronize_srcu(&watch_srcu);
}
EXPORT_SYMBOL_GPL(bpf_watch_barrier);

/* Why nothing can be watched: 0 if it can, or a negative errno. */
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
 * Return: 0 or a negative errno, which bpf_watch_add() will return from then on.
 */
int bpf_watch_init(void)
{
	int ret;

	ret = rhltable_init(&watch_table, &watch_table_params);
	if (ret)
		goto fail;
	ret = bpf_owner_init();
	if (ret)
		goto destroy_table;

	watch_error = 0;
	return 0;

destroy_table:
	rhltable_destroy(&watch_table);
fail:
	watch_error = ret;
	return ret;
}

/*
 * Nobody can begin a watch any more and none is left, but the last may still
 * be on their way through RCU.
 */
void bpf_watch_exit(void)
{
	if (watch_error) {
		rcu_barrier();
		return;
	}

	WARN_ON_ONCE(atomic_read(&watches_live));
	while (atomic_read(&watches_allocated)) {
		rcu_barrier();
		if (atomic_read(&watches_allocated))
			schedule_timeout_uninterruptible(1);
	}
	bpf_owner_exit();
	rcu_barrier();
	bpf_watch_barrier();

	rhltable_destroy(&watch_table);
	watch_error = -ENODEV;
}
