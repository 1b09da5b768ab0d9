// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pins: a reference to a BPF object that lasts until its owner's end.
 *
 * References.  A pin holds its object (with a user reference, see object.c).
 * Its memory belongs to its watch, and so does the hold on this module.
 *
 * Locks.  pin->lock is innermost but for what an owner kind takes to say where
 * the owner is: the inode's i_lock, what dentry_path_raw() or kernfs_path() take;
 * and for what a listener takes that is told of the pin.
 *
 * How a pin ends.  Either its watch fires (the owner ended), or bpf_pin_end()
 * cancels the watch.  The watch decides which, once; both then call
 * pin_release(), which runs while the owner still is there: it takes the object
 * out of the pin under the lock, forgets the id, and drops the object.
 *
 * What is told.  A pin that is released was told to be made before, to whoever
 * listened then; but a pin can end before who makes it knows that it has begun,
 * and one that cannot begin was none.  So who of the two, maker or end, comes
 * first under the lock says that there is a pin.  The end is told when all of it
 * is over.
 */

#include <linux/fs.h>
#include <linux/string.h>

#include "event.h"
#include "object.h"
#include "pin.h"

static struct bpf_ids pin_ids = BPF_IDS_INIT(pin_ids);
static atomic_t pins_live = ATOMIC_INIT(0);

static const struct bpf_pin_ops *pin_ops(const struct bpf_pin *pin)
{
	return container_of(pin->watch.ops, struct bpf_pin_ops, watch);
}

/* Why a pin ends: its watch tells a removal, and not what that is for. */
static enum bpf_end pin_end(const struct bpf_pin *pin)
{
	enum bpf_end removal = READ_ONCE(pin->removal);

	if (pin->watch.end == BPF_END_UNLINK && removal != BPF_END_NONE)
		return removal;
	return pin->watch.end;
}

/* What there is to tell of a pin that has its object; under its lock. */
static void pin_describe(struct bpf_pin *pin, struct bpf_event *event,
			 enum bpf_event_type type)
{
	event->type = type;
	event->end = type == BPF_EVENT_RELEASED ? pin_end(pin) : BPF_END_NONE;
	event->pin_id = pin->id.nr;
	event->pin_name = pin->name ?: "";
	event->object_type = pin->type;
	bpf_object_describe(pin->raw, pin->type, &event->object);
	event->kind = pin->watch.owner.kind->name;
}

/* Tells that there is a pin, if that still is to be told; under its lock. */
static void pin_tell_pinned(struct bpf_pin *pin)
{
	struct bpf_event event;

	if (!pin->untold)
		return;
	pin->untold = false;
	pin_describe(pin, &event, BPF_EVENT_PINNED);
	bpf_event_tell(&event);
}

/*
 * The pin is nobody's any more; returns the object with its reference.  If
 * somebody listens, @event is what there is to tell, else of the type 0; NULL for
 * a pin that never began.
 */
static void *pin_forget(struct bpf_pin *pin, struct bpf_event *event)
{
	void *raw;

	spin_lock(&pin->lock);
	if (event) {
		event->type = 0;
		if (bpf_event_wanted()) {
			pin_tell_pinned(pin);
			pin_describe(pin, event, BPF_EVENT_RELEASED);
		}
	}
	raw = pin->raw;
	pin->raw = NULL;
	spin_unlock(&pin->lock);

	bpf_ids_remove(&pin_ids, &pin->id);
	atomic_dec(&pins_live);
	return raw;
}

/* The pin has ended; its watch is not DONE, so the owner is still there. */
static void pin_release(struct bpf_pin *pin, bool lives)
{
	struct bpf_event event;
	void *raw = pin_forget(pin, &event);

	pin_ops(pin)->let_go(pin, lives);
	bpf_object_put(raw, pin->type);
	if (event.type)
		bpf_event_tell(&event);
}

/* The owner has ended: @ended of every sort of pins. */
void bpf_pin_ended(struct bpf_watch *watch)
{
	pin_release(bpf_pin_of_watch(watch), false);
}

/* @destroy of every sort of pins. */
void bpf_pin_destroy(struct bpf_watch *watch)
{
	struct bpf_pin *pin = bpf_pin_of_watch(watch);

	pin_ops(pin)->free(pin);
}

/**
 * bpf_pin_prepare() - a pin without an owner
 * @pin: zeroed
 * @raw: the object; the pin takes over the caller's reference when it is held,
 *	not before
 * @type: its type
 * @mode: how it may be opened at most
 *
 * Context: process context.
 */
void bpf_pin_prepare(struct bpf_pin *pin, void *raw, enum bpf_type type,
		     fmode_t mode)
{
	spin_lock_init(&pin->lock);
	pin->raw = raw;
	pin->type = type;
	pin->mode = mode;
	bpf_maker_init(&pin->maker);
	/* Nobody finds it before its watch has begun. */
	bpf_ids_add(&pin_ids, &pin->id);
}

/* For a pin that was prepared and never held: its memory is the caller's. */
void bpf_pin_abandon(struct bpf_pin *pin)
{
	bpf_ids_remove(&pin_ids, &pin->id);
}

/**
 * bpf_pin_hold() - give a pin its owner
 * @pin: from bpf_pin_prepare()
 * @owner: held by the caller
 * @ops: the sort of pin
 *
 * Whatever this returns, the memory of the pin belongs to its watch, and the
 * caller has a reference, to be given back with bpf_pin_put().
 *
 * Context: may sleep.
 * Return: 0: the pin has the object's reference; it may have ended already.  Or
 * a negative errno, see bpf_watch_add(): the reference is the caller's.
 */
int bpf_pin_hold(struct bpf_pin *pin, const struct bpf_owner *owner,
		 const struct bpf_pin_ops *ops)
{
	bool wanted = bpf_event_wanted();
	int ret;

	atomic_inc(&pins_live);
	pin->untold = wanted;
	ret = bpf_watch_add(&pin->watch, owner, &ops->watch);
	if (ret) {
		pin_forget(pin, NULL);
	} else if (wanted) {
		spin_lock(&pin->lock);
		/* Without an object it has ended. */
		if (pin->raw)
			pin_tell_pinned(pin);
		spin_unlock(&pin->lock);
	}
	return ret;
}

/**
 * bpf_pin_object() - the object that a pin holds
 * @pin: found under RCU, or the caller has a reference
 *
 * Context: any.
 * Return: the object with a reference that is the caller's; NULL if the pin has
 * ended.
 */
void *bpf_pin_object(struct bpf_pin *pin)
{
	void *raw = NULL;

	spin_lock(&pin->lock);
	if (pin->raw)
		raw = bpf_object_get(pin->raw, pin->type);
	spin_unlock(&pin->lock);
	return raw;
}

static struct bpf_pin *pin_of_id(struct bpf_id *id)
{
	return id ? container_of(id, struct bpf_pin, id) : NULL;
}

static bool pin_get(struct bpf_id *id)
{
	return bpf_watch_get(&pin_of_id(id)->watch);
}

/*
 * The pin with this id, with a reference that is the caller's, to be given back
 * with bpf_pin_put(); NULL if there is none.  It may end at any time.
 */
struct bpf_pin *bpf_pin_find_id(u32 id)
{
	return pin_of_id(bpf_ids_find(&pin_ids, id, pin_get));
}

/* As bpf_pin_find_id(): the one with the lowest id that is at least @id. */
struct bpf_pin *bpf_pin_find_next(u32 id)
{
	return pin_of_id(bpf_ids_find_next(&pin_ids, id, pin_get));
}

/* Whether there is a pin with this id, or about to be one. */
bool bpf_pin_id_used(u32 id)
{
	return bpf_ids_used(&pin_ids, id);
}

/* Gives back the reference of a find. */
void bpf_pin_put(struct bpf_pin *pin)
{
	bpf_watch_put(&pin->watch);
}

/**
 * bpf_pin_where() - where a pin is
 * @pin: the caller has a reference
 * @where: filled in
 * @buf: PATH_MAX bytes for the path
 *
 * Context: any.
 * Return: 0, or -ENOENT if the pin has ended.
 */
int bpf_pin_where(struct bpf_pin *pin, struct bpf_pin_where *where, char *buf)
{
	memset(where, 0, sizeof(*where));
	spin_lock(&pin->lock);
	if (!pin->raw) {
		spin_unlock(&pin->lock);
		return -ENOENT;
	}
	bpf_object_describe(pin->raw, pin->type, &where->object);
	bpf_watch_where(&pin->watch, &where->owner, buf);
	spin_unlock(&pin->lock);

	if (!where->owner.path && pin->path) {
		strscpy(buf, pin->path, PATH_MAX);
		where->owner.path = buf;
		where->at_pin = true;
	}
	return 0;
}

/**
 * bpf_pin_end() - end a pin now
 * @pin: the caller has a reference
 * @end: why
 *
 * Context: may sleep; waits if the owner is just ending it.
 * Return: true if this call ended it.
 */
bool bpf_pin_end(struct bpf_pin *pin, enum bpf_end end)
{
	if (!bpf_watch_cancel(&pin->watch))
		return false;

	pin->watch.end = end;
	pin_release(pin, true);
	bpf_watch_remove(&pin->watch);
	return true;
}

/**
 * bpf_pin_replace() - have a pin hold another object of the same type
 * @pin: the caller has a reference; found in a way that it is only when
 *	bpf_pin_hold() can no longer fail: the file of a view
 * @raw: the object; after a success the caller's reference is the pin's
 *
 * Whoever asks the pin for its object gets the old or the new one.  It is told as
 * one more that is pinned, under the same id.
 *
 * Context: may sleep.
 * Return: 0, or -ENOENT if the pin has ended.
 */
int bpf_pin_replace(struct bpf_pin *pin, void *raw)
{
	void *old;

	spin_lock(&pin->lock);
	old = pin->raw;
	if (old) {
		pin->raw = raw;
		pin->untold |= bpf_event_wanted();
		pin_tell_pinned(pin);
	}
	spin_unlock(&pin->lock);
	if (!old)
		return -ENOENT;
	bpf_object_put(old, pin->type);
	return 0;
}

/* The number of pins that have not ended. */
unsigned int bpf_pin_count(void)
{
	return atomic_read(&pins_live);
}

/* Every pin is freed. */
void bpf_pin_exit(void)
{
	WARN_ON_ONCE(!bpf_ids_empty(&pin_ids));
}
