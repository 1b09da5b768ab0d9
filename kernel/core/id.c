// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tables of ids: what is numbered, in order.
 *
 * A number is not used again before all others were.  With ids that only grow an
 * xarray or an IDR of few things gets a new branch of nodes for each of them, which
 * cost more than the rest of a pin; so the node is in the thing itself.
 *
 * References.  A table holds nothing: things take themselves out before they go.
 * Who finds one takes a reference while the table is locked.
 */

#include "id.h"

static struct bpf_id *id_of(const struct rb_node *node)
{
	return rb_entry_safe(node, struct bpf_id, node);
}

static int id_compare(struct rb_node *a, const struct rb_node *b)
{
	u32 x = id_of(a)->nr, y = id_of(b)->nr;

	return x < y ? -1 : x > y;
}

/* The first entry that is not below @nr, or NULL. */
static struct bpf_id *id_from(const struct bpf_ids *ids, u32 nr)
{
	struct rb_node *node = ids->root.rb_node;
	struct bpf_id *id, *found = NULL;

	while (node) {
		id = id_of(node);
		if (id->nr < nr) {
			node = node->rb_right;
		} else {
			found = id;
			node = node->rb_left;
		}
	}
	return found;
}

/**
 * bpf_ids_add() - give something an id
 * @ids: the table
 * @id: its entry; @id->nr is filled in
 *
 * It can be found from now on, as far as that is up to the table.
 *
 * Context: process context.
 */
void bpf_ids_add(struct bpf_ids *ids, struct bpf_id *id)
{
	spin_lock(&ids->lock);
	do {
		if (!++ids->last)
			ids->last = 1;
		id->nr = ids->last;
	} while (rb_find_add(&id->node, &ids->root, id_compare));
	spin_unlock(&ids->lock);
}

/* Once, for what has an id; nobody finds it any more. */
void bpf_ids_remove(struct bpf_ids *ids, struct bpf_id *id)
{
	spin_lock(&ids->lock);
	rb_erase(&id->node, &ids->root);
	spin_unlock(&ids->lock);
}

/**
 * bpf_ids_find() - what has this id
 * @ids: the table
 * @nr: the id
 * @get: takes the reference; under a spinlock
 *
 * Context: process context.
 * Return: the entry, or NULL if there is none or @get said no.
 */
struct bpf_id *bpf_ids_find(struct bpf_ids *ids, u32 nr, bpf_id_get_t get)
{
	struct bpf_id *id;

	spin_lock(&ids->lock);
	id = id_from(ids, nr);
	if (id && (id->nr != nr || !get(id)))
		id = NULL;
	spin_unlock(&ids->lock);
	return id;
}

/* As bpf_ids_find(): the lowest that is at least @nr and of which @get says yes. */
struct bpf_id *bpf_ids_find_next(struct bpf_ids *ids, u32 nr, bpf_id_get_t get)
{
	struct bpf_id *id;

	spin_lock(&ids->lock);
	id = id_from(ids, nr);
	while (id && !get(id))
		id = id_of(rb_next(&id->node));
	spin_unlock(&ids->lock);
	return id;
}

/* Whether something has this id, even if it cannot be found yet, or no more. */
bool bpf_ids_used(struct bpf_ids *ids, u32 nr)
{
	struct bpf_id *id;
	bool used;

	spin_lock(&ids->lock);
	id = id_from(ids, nr);
	used = id && id->nr == nr;
	spin_unlock(&ids->lock);
	return used;
}
