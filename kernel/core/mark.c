// SPDX-License-Identifier: GPL-2.0-only
/*
 * Marks: how the end of an inode is learned from fsnotify.
 *
 * An inode with watches has one mark, however many these are: fsnotify looks at
 * all marks of an inode when one goes.  Its mask is zero, so it asks for no event
 * and only waits for the inode to end.
 *
 * A plain mark holds the inode, so that memory pressure cannot end it, and goes
 * at the last unlink (in dput(), by fsnotify_inoderemove()) and at umount
 * (fsnotify_unmount_inodes()).  A loose one does not hold the inode and goes
 * with it: right where nothing but the last reference ends an inode, and wrong
 * on disks, which forget inodes that nobody uses.
 *
 * References.  Each watch has a share in the mark; the last one to go destroys
 * the mark and gives back the reference of fsnotify_init_mark().  fsnotify has
 * further ones, so the memory goes when fsnotify says so, in mark_free().
 *
 * Locks.  None of ours.  A mark without shares that fsnotify still finds is on
 * its way out: who finds it tries again.
 *
 * fsnotify calls freeing_mark once for each mark, from whoever destroys it: the
 * end of the inode, or the last share.  In the first case the inode still is
 * there: fsnotify gives up its reference after this, or, if two names end at
 * once on 6.1, our caller has a name or umount's reference.
 */

#include <linux/fs.h>
#include <linux/fsnotify_backend.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "mark.h"
#include "mark_group.h"
#include "watch.h"

/**
 * struct bpf_mark - the mark of an inode
 * @mark: what fsnotify knows
 * @shares: how many watches there are; zero when it is being destroyed
 * @inode: that it is on, which is there as long as it has shares
 */
struct bpf_mark {
	struct fsnotify_mark mark;
	refcount_t shares;
	struct inode *inode;
};

static struct bpf_mark_group marks;
static struct kmem_cache *mark_cache;

static struct bpf_mark *mark_of(struct fsnotify_mark *mark)
{
	return container_of(mark, struct bpf_mark, mark);
}

static enum bpf_end end_of_inode(const struct bpf_mark *mark)
{
	if (mark->mark.flags & FSNOTIFY_MARK_FLAG_NO_IREF)
		return BPF_END_CLOSE;
	return READ_ONCE(mark->inode->i_sb->s_flags) & SB_ACTIVE ?
	       BPF_END_UNLINK : BPF_END_UMOUNT;
}

static void mark_freeing(struct fsnotify_mark *fsn_mark,
			 struct fsnotify_group *group)
{
	struct bpf_mark *mark = mark_of(fsn_mark);

	/* Destroyed by the last share: the inode may be gone, or another's. */
	if (!refcount_read(&mark->shares))
		return;
	/* Orders "no longer alive" before the look for watches; see mark_watch(). */
	smp_mb();
	bpf_watch_fire_all(mark->inode, end_of_inode(mark));
}

static void mark_free(struct fsnotify_mark *mark)
{
	kmem_cache_free(mark_cache, mark_of(mark));
	bpf_mark_group_freed(&marks);
}

/* Never called: the marks ask for no event. */
static int mark_handle_inode_event(struct fsnotify_mark *mark, u32 mask,
				   struct inode *inode, struct inode *dir,
				   const struct qstr *file_name, u32 cookie)
{
	return 0;
}

static const struct fsnotify_ops mark_ops = {
	.handle_inode_event	= mark_handle_inode_event,
	.freeing_mark		= mark_freeing,
	.free_mark		= mark_free,
};

/* A mark with one share; -EEXIST if the inode has one by now. */
static struct bpf_mark *mark_create(struct inode *inode, unsigned int flags)
{
	struct bpf_mark *mark;
	int ret;

	mark = kmem_cache_zalloc(mark_cache, GFP_KERNEL_ACCOUNT);
	if (!mark)
		return ERR_PTR(-ENOMEM);
	refcount_set(&mark->shares, 1);
	mark->inode = inode;
	bpf_mark_group_begin(&marks, &mark->mark);
	mark->mark.flags |= flags;
	ret = fsnotify_add_inode_mark(&mark->mark, inode, 0);
	if (ret) {
		fsnotify_put_mark(&mark->mark);
		return ERR_PTR(ret);
	}
	return mark;
}

/* A share in the mark that the inode has; NULL if it has none. */
static struct bpf_mark *mark_get(struct inode *inode)
{
	struct fsnotify_mark *fsn_mark;
	struct bpf_mark *mark;
	bool shared;

	/* Of most inodes nobody ever watched any. */
	if (!rcu_access_pointer(inode->i_fsnotify_marks))
		return NULL;
	for (;;) {
		fsn_mark = fsnotify_find_inode_mark(inode, marks.fsn);
		if (!fsn_mark)
			return NULL;
		mark = mark_of(fsn_mark);
		shared = refcount_inc_not_zero(&mark->shares);
		/* Not the last reference, if it is shared. */
		fsnotify_put_mark(fsn_mark);
		if (shared)
			return mark;
		/* Even if that has to wait for us to leave the processor. */
		schedule_timeout_uninterruptible(1);
	}
}

static void mark_put(struct bpf_mark *mark)
{
	if (!refcount_dec_and_test(&mark->shares))
		return;
	/* Not if the end of the inode has done that. */
	if (READ_ONCE(mark->mark.flags) & FSNOTIFY_MARK_FLAG_ATTACHED)
		fsnotify_destroy_mark(&mark->mark, marks.fsn);
	fsnotify_put_mark(&mark->mark);
}

static bool mark_is_alive(const struct bpf_mark *mark)
{
	return READ_ONCE(mark->mark.flags) & FSNOTIFY_MARK_FLAG_ALIVE;
}

static int mark_watch(struct bpf_watch *watch, unsigned int flags)
{
	struct inode *inode = watch->owner.what;
	int ret;

	do {
		watch->mark = mark_get(inode) ?: mark_create(inode, flags);
	} while (watch->mark == ERR_PTR(-EEXIST));
	if (IS_ERR(watch->mark)) {
		ret = PTR_ERR(watch->mark);
		goto put_watch;
	}

	ret = bpf_watch_begin(watch);
	if (ret)
		goto put_mark;

	/*
	 * On 6.1 an inode can end that the caller holds: by its last name, while
	 * the caller came by one that is gone.  Either its end sees the watch, or
	 * we see that.
	 */
	smp_mb();
	if (!mark_is_alive(watch->mark) && bpf_watch_cancel(watch)) {
		bpf_watch_void(watch);
		ret = -ENOENT;
		goto put_mark;
	}
	return 0;

put_mark:
	mark_put(watch->mark);
put_watch:
	bpf_watch_put(watch);
	return ret;
}

/* An owner kind's @watch, with a plain mark. */
int bpf_mark_watch(struct bpf_watch *watch)
{
	return mark_watch(watch, 0);
}

/* An owner kind's @watch, with a loose mark. */
int bpf_mark_watch_loosely(struct bpf_watch *watch)
{
	return mark_watch(watch, FSNOTIFY_MARK_FLAG_NO_IREF);
}

/* An owner kind's @unwatch. */
void bpf_mark_unwatch(struct bpf_watch *watch)
{
	mark_put(watch->mark);
	bpf_watch_put(watch);
}

int bpf_mark_init(void)
{
	int ret;

	mark_cache = KMEM_CACHE(bpf_mark, SLAB_ACCOUNT);
	if (!mark_cache)
		return -ENOMEM;
	ret = bpf_mark_group_init(&marks, &mark_ops);
	if (ret)
		kmem_cache_destroy(mark_cache);
	return ret;
}

/* No watch is left, but the last marks may still be on their way. */
void bpf_mark_exit(void)
{
	bpf_mark_group_exit(&marks);
	kmem_cache_destroy(mark_cache);
}
