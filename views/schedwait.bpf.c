// SPDX-License-Identifier: GPL-2.0-only
/* schedwait: how long tasks waited for a CPU, in all and at most. */
#include <linux/types.h>

struct values {
	__u64 waits;
	__u64 ns;
	__u64 longest_ns;
};

#define VIEW_MAXIMA	1
#include "view.bpf.h"
#include "wait.bpf.h"

static __always_inline void view_event(struct values *v, const struct event *event)
{
	view_add(&v->waits, 1);
	view_add(&v->ns, event->ns);
	view_max(&v->longest_ns, event->ns);
}

VIEW(schedwait)
{
	view_print(seq, "waits", v->waits);
	view_print(seq, "wait_usec", v->ns / 1000);
	view_print(seq, "longest_wait_usec", v->longest_ns / 1000);
}
