/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_EVENT_H
#define _BPF_CORE_EVENT_H

#include <linux/bpf_watch.h>
#include <linux/list.h>
#include <linux/types.h>

#include "object.h"
#include "owner.h"

/* The ABI's numbers. */
enum bpf_event_type {
	BPF_EVENT_PINNED = 1,
	BPF_EVENT_RELEASED,
};

/**
 * struct bpf_event - something that has happened to a pin
 * @type: what
 * @end: why a pin was released, else BPF_END_NONE
 * @pin_id: which pin
 * @pin_name: of an attached pin, else empty; valid while the event is told
 * @object_type: type of what it holds, or held
 * @object: the object
 * @kind: name of the owner's kind
 * @time: when it was told; nanoseconds of the wall clock
 */
struct bpf_event {
	enum bpf_event_type type;
	enum bpf_end end;
	u32 pin_id;
	const char *pin_name;
	enum bpf_type object_type;
	struct bpf_object_info object;
	const char *kind;
	u64 time;
};

/**
 * struct bpf_event_listener - who wants to be told
 * @node: in the list of listeners
 * @tell: something has happened; under RCU and perhaps a spinlock, in process
 *	context, inside locks of the task that did it: rtnl, a directory's; the
 *	event is valid during the call
 */
struct bpf_event_listener {
	struct list_head node;
	void (*tell)(struct bpf_event_listener *listener,
		     const struct bpf_event *event);
};

bool bpf_event_wanted(void);
void bpf_event_tell(struct bpf_event *event);

void bpf_event_listen(struct bpf_event_listener *listener);
void bpf_event_ignore(struct bpf_event_listener *listener);

#endif /* _BPF_CORE_EVENT_H */
