// SPDX-License-Identifier: GPL-2.0-only
/*
 * Groups of marks, whose exit waits for the last of them.
 *
 * fsnotify frees a mark when its last reference is gone, from a worker, and not
 * only its group has some: a listener to permissions (fanotify(7)) that has been
 * asked has one to each mark at the objects that he is asked about, whosever that
 * is, until he answers.  He takes as long as he likes.  So a mark that was
 * destroyed still calls its group's free_mark at any time, and a module that has
 * its code has to stay until then.
 */

#include <linux/fsnotify_backend.h>
#include <linux/sched.h>

#include "mark_group.h"

/**
 * bpf_mark_group_init() - make a group without marks
 * @group: zeroed
 * @ops: free_mark() has to call bpf_mark_group_freed() behind all else
 *
 * Context: may sleep.
 * Return: 0 or a negative errno.
 */
int bpf_mark_group_init(struct bpf_mark_group *group,
			const struct fsnotify_ops *ops)
{
	group->fsn = fsnotify_alloc_group(ops, 0);
	return PTR_ERR_OR_ZERO(group->fsn);
}

static bool group_is_used(const struct bpf_mark_group *group)
{
	return atomic_read(&group->marks) ||
	       atomic_read(&group->fsn->user_waits);
}

/**
 * bpf_mark_group_exit() - give up a group
 * @group: its marks are destroyed; or there is none
 *
 * Context: sleeps until the last mark is free: for as long as somebody does not
 * answer who was asked for a permission.
 */
void bpf_mark_group_exit(struct bpf_mark_group *group)
{
	if (IS_ERR(group->fsn))
		return;
	while (group_is_used(group)) {
		fsnotify_wait_marks_destroyed();
		if (group_is_used(group))
			schedule_timeout_uninterruptible(1);
	}
	fsnotify_put_group(group->fsn);
	/* The last steps of who brought the count to zero. */
	fsnotify_wait_marks_destroyed();
}

/**
 * bpf_mark_group_begin() - fsnotify_init_mark() of a mark of the group
 * @group: the group
 * @mark: zeroed
 *
 * Context: any.
 */
void bpf_mark_group_begin(struct bpf_mark_group *group,
			  struct fsnotify_mark *mark)
{
	atomic_inc(&group->marks);
	fsnotify_init_mark(mark, group->fsn);
}

/**
 * bpf_mark_group_freed() - the memory of a mark is free
 * @group: the group; nothing of the caller's may be needed after this but to return
 *
 * Context: any.
 */
void bpf_mark_group_freed(struct bpf_mark_group *group)
{
	atomic_dec(&group->marks);
}
