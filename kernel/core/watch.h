/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_WATCH_H
#define _BPF_CORE_WATCH_H

#include <linux/bpf_watch.h>
#include <linux/fsnotify_backend.h>
#include <linux/kref.h>
#include <linux/rhashtable-types.h>

/**
 * struct bpf_watch - one callback on the end of one inode
 * @mark: holds the inode until its end and learns of it
 * @node: in the table of watches, by @inode
 * @refs: one for the mark, one for each that found the watch in the table
 * @state: enum watch_state; who moves it away from LIVE ends the watch
 * @runner: the task in the callback, to tell a callback that waits for itself
 * @inode: stays where it is until @state is DONE: the mark holds it, and its
 *	end waits for who cancelled the watch; after that only compared
 * @ops: whose callback
 * @priv: its argument
 * @object: of a bpffs inode, else NULL; owned by that inode
 * @type: of @object
 * @destroy: frees the memory around the watch, after a grace period of RCU
 * @rcu: for that
 */
struct bpf_watch {
	struct fsnotify_mark mark;
	struct rhlist_head node;
	struct kref refs;
	atomic_t state;
	struct task_struct *runner;
	struct inode *inode;
	const struct notify_ops *ops;
	void *priv;
	void *object;
	enum bpf_type type;
	void (*destroy)(struct bpf_watch *watch);
	struct rcu_head rcu;
};

int bpf_watch_init(void);
void bpf_watch_exit(void);
int bpf_watch_error(void);
unsigned int bpf_watch_count(void);

int bpf_watch_add(struct bpf_watch *watch, struct inode *inode,
		  const struct notify_ops *ops, void *priv);
bool bpf_watch_cancel(struct bpf_watch *watch);
void bpf_watch_remove(struct bpf_watch *watch);
struct bpf_watch *bpf_watch_find_rcu(const struct inode *inode,
				     const struct notify_ops *ops);

/* For who found a watch under RCU and wants to keep it behind that. */
static inline bool bpf_watch_get(struct bpf_watch *watch)
{
	return kref_get_unless_zero(&watch->refs);
}

void bpf_watch_put(struct bpf_watch *watch);

#endif /* _BPF_CORE_WATCH_H */
