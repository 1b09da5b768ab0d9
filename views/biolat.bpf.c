// SPDX-License-Identifier: GPL-2.0-only
/*
 * biolat: how long requests to block devices took.  As in io.stat a request is that
 * of the cgroup that its memory or its reader belongs to, whoever sends it to the
 * device; and as in /proc/diskstats its time begins when it is made.
 */
#include "histogram.h"

struct values {
	struct histogram reads;
	struct histogram writes;
};

#include "view.bpf.h"

#define REQ_OP_MASK	0xff

struct event {
	__u64 ns;
	__u64 write;
};

static __always_inline void view_event(struct values *v, const struct event *event)
{
	view_add_time(event->write ? &v->writes : &v->reads, event->ns);
}

SEC("tp_btf/block_rq_complete")
int BPF_PROG(biolat_complete, struct request *rq, int error, unsigned int nr_bytes)
{
	unsigned int op = rq->cmd_flags & REQ_OP_MASK;
	__u64 start = rq->start_time_ns;
	struct event event;
	struct cgroup *cgrp;

	/* No times are taken for it; or only a part is done; or it is a flush. */
	if (!start || nr_bytes < rq->__data_len || !rq->bio || !rq->bio->bi_blkg)
		return 0;
	if (op != REQ_OP_READ && op != REQ_OP_WRITE)
		return 0;
	cgrp = rq->bio->bi_blkg->blkcg->css.cgroup;
	if (!view_covers(cgrp))
		return 0;
	event.ns = bpf_ktime_get_ns() - start;
	event.write = op == REQ_OP_WRITE;
	view_count(cgrp, &event);
	return 0;
}

VIEW(biolat)
{
	view_print_histogram(seq, "read_usec", v->reads);
	view_print_histogram(seq, "write_usec", v->writes);
}
