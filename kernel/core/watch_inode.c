// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpf_watch_inode(): watches for other parts of the kernel, known by the inode
 * that they were given.
 *
 * The inode stands for an owner: itself or, for cgroups and namespaces, what
 * outlives it.  To stop, the caller names the inode again, which may have gone;
 * so these watches have a table of their own, by a pointer that is only
 * compared.
 *
 * References.  The memory belongs to the watch.  The table holds nothing: it is
 * read under RCU.
 *
 * How one ends.  As any watch.  Who ends it takes it from the table: the
 * callback behind the client's own, or who has cancelled it.
 */

#include <linux/fs.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "hashtable.h"
#include "object.h"
#include "watch.h"
#include "watch_inode.h"

/**
 * struct inode_watch - a client's watch
 * @watch: on the owner
 * @node: in the table, by @inode
 * @inode: as given; only compared
 * @ops: whose callback
 * @priv: its argument
 * @object: of a bpffs inode, else NULL; owned by that inode
 * @type: of @object
 */
struct inode_watch {
	struct bpf_watch watch;
	struct rhlist_head node;
	const struct inode *inode;
	const struct notify_ops *ops;
	void *priv;
	void *object;
	enum bpf_type type;
};

static struct kmem_cache *inode_watch_cache;
static struct rhltable inode_watch_table;

static const struct rhashtable_params inode_watch_params = {
	.key_len = sizeof_field(struct inode_watch, inode),
	.key_offset = offsetof(struct inode_watch, inode),
	.head_offset = offsetof(struct inode_watch, node),
	.automatic_shrinking = true,
};

static struct inode_watch *of_watch(struct bpf_watch *watch)
{
	return container_of(watch, struct inode_watch, watch);
}

static void inode_watch_unhash(struct inode_watch *watch)
{
	hashtable_change(rhltable_remove(&inode_watch_table, &watch->node,
					 inode_watch_params));
}

static void inode_watch_ended(struct bpf_watch *ended)
{
	struct inode_watch *watch = of_watch(ended);

	watch->ops->free_inode(watch->object, watch->type, watch->priv);
	inode_watch_unhash(watch);
}

static void inode_watch_destroy(struct bpf_watch *watch)
{
	kmem_cache_free(inode_watch_cache, of_watch(watch));
}

static const struct bpf_watch_ops inode_watch_ops = {
	.ended		= inode_watch_ended,
	.destroy	= inode_watch_destroy,
};

int bpf_watch_inode(struct inode *inode, const struct notify_ops *ops,
		    void *priv)
{
	struct bpf_owner owner = bpf_owner_of_inode(inode);
	struct inode_watch *watch;
	int ret;

	ret = bpf_watch_error();
	if (ret)
		return ret;
	ret = bpf_owner_can_watch(&owner);
	if (ret)
		return ret;

	watch = kmem_cache_zalloc(inode_watch_cache, GFP_KERNEL_ACCOUNT);
	if (!watch)
		return -ENOMEM;
	watch->inode = inode;
	watch->ops = ops;
	watch->priv = priv;
	if (!bpf_inode_type(inode, &watch->type))
		watch->object = inode->i_private;

	ret = hashtable_change(rhltable_insert(&inode_watch_table, &watch->node,
					       inode_watch_params));
	if (ret) {
		kmem_cache_free(inode_watch_cache, watch);
		return ret;
	}

	/* It may be in the table without having begun: nobody finds it then. */
	ret = bpf_watch_add(&watch->watch, &owner, &inode_watch_ops);
	if (ret)
		inode_watch_unhash(watch);
	bpf_watch_put(&watch->watch);
	return ret;
}
EXPORT_SYMBOL_GPL(bpf_watch_inode);

/*
 * A watch with these three values, with a reference that is the caller's; one
 * that still lives if there is one, or else one that is just ending.
 */
static struct inode_watch *inode_watch_get(const struct inode *inode,
					   const struct notify_ops *ops,
					   void *priv)
{
	struct inode_watch *watch, *ending = NULL;
	struct rhlist_head *list, *pos;

	rcu_read_lock();
	list = rhltable_lookup(&inode_watch_table, &inode, inode_watch_params);
	rhl_for_each_entry_rcu(watch, pos, list, node) {
		if (watch->ops != ops || watch->priv != priv ||
		    !bpf_watch_get(&watch->watch))
			continue;
		if (ending)
			bpf_watch_put(&ending->watch);
		ending = watch;
		if (bpf_watch_is_live(&watch->watch))
			break;
	}
	rcu_read_unlock();
	return ending;
}

int bpf_unwatch_inode(struct inode *inode, const struct notify_ops *ops,
		      void *priv)
{
	struct inode_watch *watch;
	int ret = -ENOENT;

	if (bpf_watch_error())
		return -ENOENT;

	/* Another of the same three values may be stopped by somebody else. */
	while (ret == -ENOENT && (watch = inode_watch_get(inode, ops, priv))) {
		if (READ_ONCE(watch->watch.runner) == current) {
			ret = -EDEADLK;
		} else if (bpf_watch_cancel(&watch->watch)) {
			inode_watch_unhash(watch);
			bpf_watch_remove(&watch->watch);
			ret = 0;
		}
		bpf_watch_put(&watch->watch);
	}
	return ret;
}
EXPORT_SYMBOL_GPL(bpf_unwatch_inode);

int bpf_watch_inode_init(void)
{
	int ret;

	inode_watch_cache = KMEM_CACHE(inode_watch, SLAB_ACCOUNT);
	if (!inode_watch_cache)
		return -ENOMEM;
	ret = rhltable_init(&inode_watch_table, &inode_watch_params);
	if (ret)
		kmem_cache_destroy(inode_watch_cache);
	return ret;
}

/* After bpf_watch_exit(): every watch is freed by then. */
void bpf_watch_inode_exit(void)
{
	rhltable_destroy(&inode_watch_table);
	kmem_cache_destroy(inode_watch_cache);
}
