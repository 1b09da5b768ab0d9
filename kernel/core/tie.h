/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_TIE_H
#define _BPF_CORE_TIE_H

#include <linux/kref.h>
#include <linux/path.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "id.h"
#include "maker.h"
#include "owner.h"
#include "owner_ref.h"
#include "watch.h"

/**
 * enum tie_state - how far a tie is
 * @TIE_NEW: being made: one of its watches may not be there yet
 * @TIE_LIVE: both watches are there
 * @TIE_FIRED: the owner has ended first: a worker removes what is tied
 * @TIE_DISSOLVED: nothing is to be removed any more
 */
enum tie_state {
	TIE_NEW,
	TIE_LIVE,
	TIE_FIRED,
	TIE_DISSOLVED,
};

/**
 * struct bpf_tie - what goes at an owner's end
 * @owner: the watch on the owner
 * @target: the watch on the inode of what is tied
 * @refs: one for each watch, one for who makes it, one for the work
 * @lock: guards @state, and keeps both inodes and the owner where they are while
 *	it is TIE_LIVE
 * @state: who moves it away from TIE_LIVE ends the tie
 * @id: of the tie; not used again soon
 * @is_dir: a directory is tied
 * @name: the name that is tied; only compared
 * @path: where it was, from the root of its file system, if that may forget names;
 *	else NULL
 * @maker: who made it
 * @work: the removal
 */
struct bpf_tie {
	struct bpf_watch owner;
	struct bpf_watch target;
	struct kref refs;
	spinlock_t lock;	/* guards state */
	enum tie_state state;
	struct bpf_id id;
	bool is_dir;
	const struct dentry *name;
	const char *path;
	struct bpf_maker maker;
	struct work_struct work;
};

int bpf_tie_init(void);
void bpf_tie_exit(void);
unsigned int bpf_tie_count(void);

int bpf_tie_may(const struct path *target);
int bpf_tie(const struct bpf_owner_ref *owner, const struct path *target,
	    u32 *id);
bool bpf_untie(struct bpf_tie *tie);
void bpf_untie_all(const struct inode *target);

struct bpf_tie *bpf_tie_find_id(u32 id);
struct bpf_tie *bpf_tie_find_next(u32 id);
struct bpf_tie *bpf_tie_find_visible(struct inode *target);
void bpf_tie_put(struct bpf_tie *tie);
int bpf_tie_where(struct bpf_tie *tie, struct bpf_owner_where *target,
		  char *target_buf, struct bpf_owner_where *owner,
		  char *owner_buf);

static inline bool bpf_tie_may_see(const struct bpf_tie *tie)
{
	return bpf_maker_may_see(&tie->maker);
}

#endif /* _BPF_CORE_TIE_H */
