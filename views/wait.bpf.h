/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How long a task waited for a CPU: from being woken, made, or switched away while it
 * could have gone on, until it runs.  The scheduler takes these times itself, for
 * /proc/PID/schedstat, by the same clock; so nothing is to be done but when a task
 * begins to run.
 *
 * To be included behind view.bpf.h.
 */
#ifndef __VIEWS_WAIT_BPF_H
#define __VIEWS_WAIT_BPF_H

#include "task.bpf.h"

struct event {
	__u64 ns;
};

/*
 * sched_info.run_delay when the task ran last.  While a task waits it can be moved
 * to another CPU: what it has waited until then is in run_delay, and last_queued
 * begins anew.
 */
TASKS(__u64);

extern const struct rq runqueues __ksym;

SEC("tp_btf/sched_switch")
int BPF_PROG(wait_switch, bool preempt, struct task_struct *prev, struct task_struct *next)
{
	__u64 queued = next->sched_info.last_queued, key = (__u64)next;
	struct event event;
	__u64 now, *seen;
	struct cgroup *cgrp;
	struct rq *rq;

	/* The idle task never waits. */
	if (!queued)
		return 0;
	cgrp = task_cgroup(next);
	if (!view_covers(cgrp))
		return 0;
	rq = bpf_this_cpu_ptr(&runqueues);
	event.ns = rq->clock - queued;
	now = next->sched_info.run_delay + event.ns;
	seen = bpf_map_lookup_elem(&tasks, &key);
	if (seen) {
		event.ns = now - *seen;
		*seen = now;
	} else {
		bpf_map_update_elem(&tasks, &key, &now, BPF_NOEXIST);
	}
	view_count(cgrp, &event);
	return 0;
}

SEC("tp_btf/sched_process_free")
int BPF_PROG(wait_free, struct task_struct *task)
{
	__u64 key = (__u64)task;

	bpf_map_delete_elem(&tasks, &key);
	return 0;
}

#endif /* __VIEWS_WAIT_BPF_H */
