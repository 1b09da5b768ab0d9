// SPDX-License-Identifier: GPL-2.0-only
/*
 * Events: that a pin was made, and that it was released.
 *
 * Whoever makes or ends a pin tells it here, once; from here it goes to the
 * tracepoints and to the listeners.  As long as there are none of either, nobody
 * takes the trouble to describe what happens.
 *
 * References.  A listener belongs to who added it.  The list is read under RCU.
 *
 * Locks.  listeners_lock is innermost.  None of ours is held while a listener is
 * told, but the pin's may be.
 */

#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/timekeeping.h>

#include "event.h"

#define CREATE_TRACE_POINTS
#include <trace/events/bpfpin.h>

static LIST_HEAD(listeners);
static DEFINE_SPINLOCK(listeners_lock);

/* Would anybody see an event? */
bool bpf_event_wanted(void)
{
	return !list_empty(&listeners) || trace_bpfpin_pinned_enabled() ||
	       trace_bpfpin_released_enabled();
}

/**
 * bpf_event_tell() - tell everybody who listens
 * @event: filled in but for the time
 *
 * Context: process context; does not sleep.
 */
void bpf_event_tell(struct bpf_event *event)
{
	struct bpf_event_listener *listener;

	event->time = ktime_get_real_ns();
	if (event->type == BPF_EVENT_PINNED)
		trace_bpfpin_pinned(event);
	else
		trace_bpfpin_released(event);

	rcu_read_lock();
	list_for_each_entry_rcu(listener, &listeners, node)
		listener->tell(listener, event);
	rcu_read_unlock();
}

/* From now on @listener is told; of a pin that is just made, perhaps only the end. */
void bpf_event_listen(struct bpf_event_listener *listener)
{
	spin_lock(&listeners_lock);
	list_add_tail_rcu(&listener->node, &listeners);
	spin_unlock(&listeners_lock);
}

/* When this returns, @listener is not being told and will not be; may sleep. */
void bpf_event_ignore(struct bpf_event_listener *listener)
{
	spin_lock(&listeners_lock);
	list_del_rcu(&listener->node);
	spin_unlock(&listeners_lock);
	synchronize_rcu();
}
