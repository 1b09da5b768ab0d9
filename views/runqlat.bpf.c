// SPDX-License-Identifier: GPL-2.0-only
/* runqlat: how long tasks waited for a CPU, as a histogram. */
#include "histogram.h"

struct values {
	struct histogram waits;
};

#include "view.bpf.h"
#include "wait.bpf.h"

static __always_inline void view_event(struct values *v, const struct event *event)
{
	view_add_time(&v->waits, event->ns);
}

VIEW(runqlat)
{
	view_print_histogram(seq, "wait_usec", v->waits);
}
