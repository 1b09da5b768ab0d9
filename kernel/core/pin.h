/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_PIN_H
#define _BPF_CORE_PIN_H

#include <linux/spinlock.h>

#include "id.h"
#include "maker.h"
#include "object.h"
#include "owner.h"
#include "watch.h"

struct bpf_pin;

/**
 * struct bpf_pin_ops - a sort of pins: those of files, attached ones
 * @watch: bpf_pin_ended() and bpf_pin_destroy()
 * @let_go: the pin ends: undo what it was to its owner, which still is there;
 *	@lives: it goes on living, so others may be using it, and no lock is held
 * @free: the memory around the pin
 */
struct bpf_pin_ops {
	struct bpf_watch_ops watch;
	void (*let_go)(struct bpf_pin *pin, bool lives);
	void (*free)(struct bpf_pin *pin);
};

/**
 * struct bpf_pin - a reference to an object that lasts until its owner's end
 * @watch: on the owner; holds the memory of the pin; its @ops are within a
 *	struct bpf_pin_ops
 * @lock: guards @raw and @untold, and keeps @watch.owner where it is while @raw
 *	is set
 * @raw: the object, with the pin's reference; NULL once that is given back
 * @type: of @raw
 * @mode: how the object may be opened at most
 * @untold: it is to be told that there is a pin
 * @removal: why its file is just being removed, if to end it, by who has the
 *	directory locked
 * @id: of the pin; not used again soon
 * @name: of an attached pin, else NULL; the sort's to free
 * @path: where a file pin was made, if that may be forgotten, else NULL; the
 *	sort's to free
 * @maker: who made it
 */
struct bpf_pin {
	struct bpf_watch watch;
	spinlock_t lock;	/* guards raw and untold */
	void *raw;
	enum bpf_type type;
	fmode_t mode;
	bool untold;
	enum bpf_end removal;
	struct bpf_id id;
	const char *name;
	const char *path;
	struct bpf_maker maker;
};

/**
 * struct bpf_pin_where - where a pin is and what it holds
 * @object: what the pin holds
 * @owner: where its owner is
 * @at_pin: the path is not today's: the pin was made there
 */
struct bpf_pin_where {
	struct bpf_object_info object;
	struct bpf_owner_where owner;
	bool at_pin;
};

void bpf_pin_prepare(struct bpf_pin *pin, void *raw, enum bpf_type type,
		     fmode_t mode);
void bpf_pin_abandon(struct bpf_pin *pin);
int bpf_pin_hold(struct bpf_pin *pin, const struct bpf_owner *owner,
		 const struct bpf_pin_ops *ops);
void bpf_pin_ended(struct bpf_watch *watch);
void bpf_pin_destroy(struct bpf_watch *watch);

void *bpf_pin_object(struct bpf_pin *pin);
struct bpf_pin *bpf_pin_find_id(u32 id);
struct bpf_pin *bpf_pin_find_next(u32 id);
void bpf_pin_put(struct bpf_pin *pin);
bool bpf_pin_id_used(u32 id);
int bpf_pin_where(struct bpf_pin *pin, struct bpf_pin_where *where, char *buf);
bool bpf_pin_end(struct bpf_pin *pin, enum bpf_end end);
int bpf_pin_replace(struct bpf_pin *pin, void *raw);
unsigned int bpf_pin_count(void);
void bpf_pin_exit(void);

static inline struct bpf_pin *bpf_pin_of_watch(struct bpf_watch *watch)
{
	return container_of(watch, struct bpf_pin, watch);
}

/* May the caller see the pin, and end it? */
static inline bool bpf_pin_may_see(const struct bpf_pin *pin)
{
	return bpf_maker_may_see(&pin->maker);
}

#endif /* _BPF_CORE_PIN_H */
