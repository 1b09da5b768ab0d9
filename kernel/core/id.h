/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_ID_H
#define _BPF_CORE_ID_H

#include <linux/rbtree.h>
#include <linux/spinlock.h>
#include <linux/types.h>

/**
 * struct bpf_id - what has an id; part of the thing itself
 * @node: in the table
 * @nr: the id, never 0
 */
struct bpf_id {
	struct rb_node node;
	u32 nr;
};

/**
 * struct bpf_ids - a table of ids
 * @lock: guards all of it; innermost
 * @root: the entries, by id
 * @last: that was given; the search for a free one goes on behind it
 */
struct bpf_ids {
	spinlock_t lock;	/* guards root and last */
	struct rb_root root;
	u32 last;
};

#define BPF_IDS_INIT(name) {					\
	.lock = __SPIN_LOCK_UNLOCKED((name).lock),		\
	.root = RB_ROOT,					\
}

void bpf_ids_add(struct bpf_ids *ids, struct bpf_id *id);
void bpf_ids_remove(struct bpf_ids *ids, struct bpf_id *id);

/* Takes a reference to what has the id; false if it cannot be found yet, or no more. */
typedef bool (*bpf_id_get_t)(struct bpf_id *id);

struct bpf_id *bpf_ids_find(struct bpf_ids *ids, u32 nr, bpf_id_get_t get);
struct bpf_id *bpf_ids_find_next(struct bpf_ids *ids, u32 nr, bpf_id_get_t get);
bool bpf_ids_used(struct bpf_ids *ids, u32 nr);

static inline bool bpf_ids_empty(const struct bpf_ids *ids)
{
	return RB_EMPTY_ROOT(&ids->root);
}

#endif /* _BPF_CORE_ID_H */
