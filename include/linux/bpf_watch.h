/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Watching the end of an inode.
 *
 * The idea and the shape of bpf_watch_inode(), struct notify_ops and enum
 * bpf_type are from Hao Luo's RFC "bpf: Support pinning in non-bpf file
 * system" (January 2022).  What is new is the contract below, the refusal of
 * owners for which it cannot be kept, and the way to stop.
 */
#ifndef _LINUX_BPF_WATCH_H
#define _LINUX_BPF_WATCH_H

#include <linux/errno.h>
#include <linux/types.h>

struct inode;

enum bpf_type {
	BPF_TYPE_UNSPEC	= 0,
	BPF_TYPE_PROG,
	BPF_TYPE_MAP,
	BPF_TYPE_LINK,
};

/**
 * struct notify_ops - what to do at an inode's end
 * @free_inode: called once, in process context, free to sleep, in the task
 *	that ended the inode: inside its unlink(2), close(2) or umount(2).
 *	@object and @type are those of a program, map or link pinned at an inode
 *	of bpffs, and bpffs still holds its reference during the call; for any
 *	other inode they are NULL and BPF_TYPE_UNSPEC.  @priv is what was given
 *	to bpf_watch_inode().
 *
 * The ending task may hold the lock of the inode's former parent directory
 * and, at umount, that of the superblock.  So the callback may neither take
 * locks that are held around path walks elsewhere nor wait for somebody who
 * walks a path; hand such things to a workqueue.
 */
struct notify_ops {
	void (*free_inode)(void *object, enum bpf_type type, void *priv);
};

#ifdef CONFIG_FSNOTIFY

/**
 * bpf_watch_inode() - have a function called when an inode ends
 * @inode: the inode; the caller holds a dentry or an open file of it
 * @ops: the function to call; has to stay valid while the watch lives
 * @priv: handed to the callback; with @inode and @ops the watch's identity
 *
 * The inode ends when its last name and its last open file are gone, or when
 * its file system is unmounted, whichever is first.  Memory pressure, renames
 * and further hard links do not end it.  The watch makes no mount busy.
 *
 * One inode takes any number of watches.
 *
 * Context: may sleep; takes the lock of the fsnotify group.
 * Return: 0; -EPERM for an owner whose end cannot be learned on this kernel
 * (the log says why); -ENOENT if the inode is just ending; -ENOMEM; or why
 * the machinery could not be set up when this was loaded.
 */
int bpf_watch_inode(struct inode *inode, const struct notify_ops *ops,
		    void *priv);

/**
 * bpf_unwatch_inode() - stop watching
 * @inode: as given to bpf_watch_inode(); only compared, never followed, so it
 *	may have ended
 * @ops: as given
 * @priv: as given
 *
 * When this returns, the callback of the watch is not running and will not
 * run.  Of several watches with the same three values one is stopped.
 *
 * Context: may sleep, waits for a running callback; not to be called with
 * locks held that the callback takes.
 * Return: 0 if the watch was stopped before its callback began; -ENOENT if
 * there is no such watch (any more): its callback has run to the end; -EDEADLK
 * when called from the callback of that very watch.
 */
int bpf_unwatch_inode(struct inode *inode, const struct notify_ops *ops,
		      void *priv);

/**
 * bpf_watch_barrier() - wait until no callback that has begun is running
 *
 * For the exit function of a module whose watches have fired or were
 * stopped: behind this its callbacks' code is not being executed any more.
 *
 * Context: may sleep; not to be called from a callback.
 */
void bpf_watch_barrier(void);

#else /* !CONFIG_FSNOTIFY */

static inline int bpf_watch_inode(struct inode *inode,
				  const struct notify_ops *ops, void *priv)
{
	return -EPERM;
}

static inline int bpf_unwatch_inode(struct inode *inode,
				    const struct notify_ops *ops, void *priv)
{
	return -ENOENT;
}

static inline void bpf_watch_barrier(void)
{
}

#endif /* CONFIG_FSNOTIFY */

#endif /* _LINUX_BPF_WATCH_H */
