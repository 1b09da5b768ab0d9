// SPDX-License-Identifier: GPL-2.0-only
/*
 * Marks: how the end of an inode is learned from fsnotify.
 *
 * A watch is a mark with a mask of zero: it asks for no event and only waits for
 * its inode to end.
 *
 * A plain mark holds the inode, so that memory pressure cannot end it, and goes
 * at the last unlink (in dput(), by fsnotify_inoderemove()) and at umount
 * (fsnotify_unmount_inodes()).  A loose one does not hold the inode and goes
 * with it: right where nothing but the last reference ends an inode, and wrong
 * on disks, which forget inodes that nobody uses.
 *
 * fsnotify calls freeing_mark once for each mark, from whoever destroys it: the
 * end of the inode, or bpf_mark_unwatch().  In the first case the inode still is
 * there: fsnotify gives up its reference after this, or, if two names end at
 * once on 6.1, our caller has a name or umount's reference.  We keep the
 * reference of fsnotify_init_mark() until the watch is DONE, so free_mark comes
 * strictly later, and never inside group->mark_mutex, where the inode that goes
 * with it could want another mark destroyed.
 */

#include <linux/fs.h>

#include "mark.h"
#include "watch.h"

static struct fsnotify_group *mark_group;

static struct bpf_watch *watch_of_mark(struct fsnotify_mark *mark)
{
	return container_of(mark, struct bpf_watch, mark);
}

static enum bpf_end end_of_mark(const struct fsnotify_mark *mark,
				const struct inode *inode)
{
	if (mark->flags & FSNOTIFY_MARK_FLAG_NO_IREF)
		return BPF_END_CLOSE;
	return inode->i_sb->s_flags & SB_ACTIVE ? BPF_END_UNLINK :
						  BPF_END_UMOUNT;
}

static void mark_freeing(struct fsnotify_mark *mark,
			 struct fsnotify_group *group)
{
	struct bpf_watch *watch = watch_of_mark(mark);

	/* Ours to destroy, and the inode may be gone. */
	if (bpf_watch_is_done(watch))
		return;
	if (!bpf_watch_fire(watch, end_of_mark(mark, watch->owner.what)))
		return;
	/* Not the last reference: our caller has one. */
	fsnotify_put_mark(mark);
	bpf_watch_fired(watch);
}

static void mark_free(struct fsnotify_mark *mark)
{
	bpf_watch_put(watch_of_mark(mark));
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

static int mark_watch(struct bpf_watch *watch, unsigned int flags)
{
	int ret;

	/*
	 * On 6.1 the inode can end as soon as it has the mark, though the caller
	 * holds it: by its last name, while the caller came by one that is gone.
	 */
	fsnotify_init_mark(&watch->mark, mark_group);
	watch->mark.flags |= flags;
	ret = fsnotify_add_inode_mark(&watch->mark, watch->owner.what, 0);
	if (!ret) {
		ret = bpf_watch_begin(watch);
		if (ret)
			fsnotify_destroy_mark(&watch->mark, mark_group);
	}
	if (ret)
		fsnotify_put_mark(&watch->mark);
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
	fsnotify_destroy_mark(&watch->mark, mark_group);
	fsnotify_put_mark(&watch->mark);
}

int bpf_mark_init(void)
{
	mark_group = fsnotify_alloc_group(&mark_ops, FSNOTIFY_GROUP_DUPS);
	return PTR_ERR_OR_ZERO(mark_group);
}

/* No mark is left. */
void bpf_mark_exit(void)
{
	fsnotify_put_group(mark_group);
	/* The last steps of who gave back the last mark. */
	fsnotify_wait_marks_destroyed();
}
