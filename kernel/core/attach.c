// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attached pins: the sort of pins whose owner was there before, and which are
 * told apart by name.
 *
 * References.  The memory belongs to the pin's watch.  The table of names holds
 * nothing: it is read under RCU.  A pin is in it from before its watch begins, so
 * that a name is taken once, until the pin ends.
 */

#include <linux/jhash.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "attach.h"
#include "hashtable.h"

/**
 * struct attached_pin - a pin and its name
 * @pin: the pin; its name is @name
 * @node: in the table, by @what and @name
 * @what: the owner, only compared
 * @name: ends in a zero
 */
struct attached_pin {
	struct bpf_pin pin;
	struct rhash_head node;
	const void *what;
	char name[];
};

struct attached_key {
	const void *what;
	const char *name;
};

static struct rhashtable attached_pins;

static struct attached_pin *attached_of(struct bpf_pin *pin)
{
	return container_of(pin, struct attached_pin, pin);
}

static u32 hash(const void *what, const char *name, u32 seed)
{
	return jhash(name, strlen(name), jhash(&what, sizeof(what), seed));
}

static u32 hash_key(const void *data, u32 len, u32 seed)
{
	const struct attached_key *key = data;

	return hash(key->what, key->name, seed);
}

static u32 hash_pin(const void *data, u32 len, u32 seed)
{
	const struct attached_pin *attached = data;

	return hash(attached->what, attached->name, seed);
}

static int compare(struct rhashtable_compare_arg *arg, const void *data)
{
	const struct attached_pin *attached = data;
	const struct attached_key *key = arg->key;

	return attached->what != key->what || strcmp(attached->name, key->name);
}

static const struct rhashtable_params attached_params = {
	.head_offset	= offsetof(struct attached_pin, node),
	.hashfn		= hash_key,
	.obj_hashfn	= hash_pin,
	.obj_cmpfn	= compare,
	.automatic_shrinking = true,
};

static void unhash(struct attached_pin *attached)
{
	hashtable_change(rhashtable_remove_fast(&attached_pins, &attached->node,
						attached_params));
}

static void attached_let_go(struct bpf_pin *pin, bool lives)
{
	unhash(attached_of(pin));
}

static void attached_free(struct bpf_pin *pin)
{
	kfree(attached_of(pin));
}

static const struct bpf_pin_ops attached_ops = {
	.watch = {
		.ended		= bpf_pin_ended,
		.destroy	= bpf_pin_destroy,
	},
	.let_go	= attached_let_go,
	.free	= attached_free,
};

/**
 * bpf_attach() - attach an object to an owner
 * @owner: held by the caller
 * @name: of the pin, told apart from the owner's others by it
 * @raw: the object
 * @type: its type
 * @mode: how it may be opened at most
 * @id: filled in: of the pin
 *
 * Context: may sleep.
 * Return: 0: the pin has the caller's reference to the object; it may have ended
 * already.  -EEXIST; -ENOENT if the owner is just ending; -ENOMEM; others of
 * bpf_watch_add().
 */
int bpf_attach(const struct bpf_owner *owner, const char *name, void *raw,
	       enum bpf_type type, fmode_t mode, u32 *id)
{
	struct attached_key key = { owner->what, name };
	size_t size = strlen(name) + 1;
	struct attached_pin *attached;
	int ret;

	attached = kzalloc(struct_size(attached, name, size), GFP_KERNEL_ACCOUNT);
	if (!attached)
		return -ENOMEM;
	memcpy(attached->name, name, size);
	attached->what = owner->what;

	bpf_pin_prepare(&attached->pin, raw, type, mode);
	attached->pin.name = attached->name;
	*id = attached->pin.id.nr;

	ret = hashtable_change(rhashtable_lookup_insert_key(&attached_pins, &key,
							    &attached->node,
							    attached_params));
	if (ret) {
		bpf_pin_abandon(&attached->pin);
		kfree(attached);
		return ret;
	}

	ret = bpf_pin_hold(&attached->pin, owner, &attached_ops);
	if (ret)
		unhash(attached);
	bpf_pin_put(&attached->pin);
	return ret;
}

/**
 * bpf_attached_find() - an owner's pin of a name
 * @owner: held by the caller
 * @name: of the pin
 *
 * Context: any.
 * Return: the pin with a reference that is the caller's, to be given back with
 * bpf_pin_put(); NULL if there is none.  It may end at any time.
 */
struct bpf_pin *bpf_attached_find(const struct bpf_owner *owner,
				  const char *name)
{
	struct attached_key key = { owner->what, name };
	struct attached_pin *attached;

	rcu_read_lock();
	attached = rhashtable_lookup(&attached_pins, &key, attached_params);
	if (attached && !bpf_watch_get(&attached->pin.watch))
		attached = NULL;
	rcu_read_unlock();
	return attached ? &attached->pin : NULL;
}

int bpf_attach_init(void)
{
	return rhashtable_init(&attached_pins, &attached_params);
}

/* After bpf_watch_exit(): every pin is freed by then. */
void bpf_attach_exit(void)
{
	rhashtable_destroy(&attached_pins);
}
