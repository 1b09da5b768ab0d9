/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_WATCH_H
#define _BPF_CORE_WATCH_H

#include <linux/kref.h>
#include <linux/rhashtable-types.h>
#include <linux/workqueue.h>

#include "owner.h"

struct bpf_cgroup_dir;
struct bpf_mark;
struct bpf_watch;

/**
 * struct bpf_watch_ops - whose watch it is
 * @ended: the owner has ended; called once, in process context, free to sleep,
 *	in the task that ended it, so inside that one's locks: of a directory, a
 *	superblock, rtnl.  It takes none that is held around a wait for user
 *	space or for one of these.
 * @destroy: frees the memory around the watch, after a grace period of RCU
 */
struct bpf_watch_ops {
	void (*ended)(struct bpf_watch *watch);
	void (*destroy)(struct bpf_watch *watch);
};

/**
 * struct bpf_watch - one callback on the end of one owner
 * @mark: for the kinds whose owners are inodes: a share in the inode's mark
 * @dir: for cgroups: where the end is told
 * @kernfs: for files of kernfs, see owner_kernfs.c
 * @kernfs.file: kept open, to be told when the file is removed
 * @kernfs.opener: the task that just opens @kernfs.file, or NULL
 * @kernfs.removed: the file is, or is just being removed
 * @kernfs.follows: it is kept open for the watch of a pin, and this one goes with it
 * @kernfs.task: to close it behind the system call at hand
 * @kernfs.work: to close it where there is none
 * @node: in the table of watches, by @owner.what
 * @refs: one for the kind, one for each that found the watch
 * @state: enum watch_state; who moves it away from LIVE ends the watch
 * @end: why the owner ended, from FIRING on
 * @runner: the task in the callback, to tell a callback that waits for itself
 * @owner: stays where it is until @state is DONE: its end waits for who
 *	cancelled the watch; after that only compared
 * @ops: whose callback
 * @rcu: to free it
 */
struct bpf_watch {
	union {
		struct bpf_mark *mark;
		struct bpf_cgroup_dir *dir;
		struct {
			struct file *file;
			struct task_struct *opener;
			bool removed;
			bool follows;
			union {
				struct callback_head task;
				struct work_struct work;
			};
		} kernfs;
	};
	struct rhlist_head node;
	struct kref refs;
	atomic_t state;
	enum bpf_end end;
	struct task_struct *runner;
	struct bpf_owner owner;
	const struct bpf_watch_ops *ops;
	struct rcu_head rcu;
};

int bpf_watch_init(void);
void bpf_watch_exit(void);
int bpf_watch_error(void);
unsigned int bpf_watch_count(void);

/* For who is told of an owner's end. */
int bpf_watch_add(struct bpf_watch *watch, const struct bpf_owner *owner,
		  const struct bpf_watch_ops *ops);
bool bpf_watch_cancel(struct bpf_watch *watch);
void bpf_watch_remove(struct bpf_watch *watch);
struct bpf_watch *bpf_watch_find_rcu(const void *what,
				     const struct bpf_watch_ops *ops,
				     bool (*match)(struct bpf_watch *watch));

void bpf_watch_where(const struct bpf_watch *watch,
		     struct bpf_owner_where *where, char *buf);
bool bpf_watch_get(struct bpf_watch *watch);
void bpf_watch_put(struct bpf_watch *watch);

/* For the owner kinds. */
int bpf_watch_begin(struct bpf_watch *watch);
bool bpf_watch_is_live(const struct bpf_watch *watch);
void bpf_watch_void(struct bpf_watch *watch);
void bpf_watch_fire_all(const void *what, enum bpf_end end);

#endif /* _BPF_CORE_WATCH_H */
