/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What all views have in common: where they are installed, which cgroups an event
 * counts for, the values of a cgroup, and how they are printed.
 *
 * To be included behind the view's struct values: __u64 members, and no others.
 * The last VIEW_MAXIMA of them are maxima, the others sums.
 *
 * The values are per CPU, in a hash by the id of the cgroup.  An entry is made with
 * the cgroup, or by whoever installs the view, and goes with it.  An event makes one
 * only where that failed: it can be told in the middle of the scheduler, where
 * there is no memory to be had but what lies ready, which is for one entry or so.
 * Cgroup storage would be the place for all this, but 6.1 has none.
 */
#ifndef __VIEWS_VIEW_BPF_H
#define __VIEWS_VIEW_BPF_H

#include <stdbool.h>
#include <linux/bpf.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "histogram.h"
#include "kernel.h"

#ifndef VIEW_MAXIMA
#define VIEW_MAXIMA	0
#endif

/* Below the base; the verifier wants a limit, and the deepest do not count. */
#define MAX_LEVELS	32
#define MAX_CGROUPS	16384
#define MAX_CPUS	8192

#define VALUES		(sizeof(struct values) / sizeof(__u64))

char LICENSE[] SEC("license") = "GPL";

/* Memory only for those that are there: it is for every CPU. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, MAX_CGROUPS);
	__type(key, __u64);
	__type(value, struct values);
} cgroups SEC(".maps");

static const struct values no_values;

/* The cgroup of the view.  Only compared: the links to events end before it does. */
static __u64 base;
static int base_level;

/* Events that were not counted, for want of room or memory. */
static __u64 lost;

/* Read once at the base, before the events are attached. */
SEC("iter/cgroup")
int view_base(struct bpf_iter__cgroup *ctx)
{
	struct cgroup *cgrp = ctx->cgroup;

	if (cgrp) {
		base_level = cgrp->level;
		base = (__u64)cgrp;
	}
	return 0;
}

/* ---- events */

/*
 * Is it the base, or below?  The first thing to ask: most events of the machine
 * end here.  ancestors[] would be one look instead of one for each level, but what
 * is in a flexible array of pointers is none to the verifier.
 */
static __always_inline bool view_covers(struct cgroup *cgrp)
{
	int level = base_level, i;

	for (i = 0; i <= MAX_LEVELS; i++) {
		if (cgrp->level <= level)
			return (__u64)cgrp == base;
		cgrp = cgrp->self.parent->cgroup;
	}
	return false;
}

static __always_inline struct cgroup *task_cgroup(struct task_struct *task)
{
	return task->cgroups->dfl_cgrp;
}

/* Events come in interrupts too, in the midst of counting another. */
static __always_inline void view_add(__u64 *value, __u64 n)
{
	__sync_fetch_and_add(value, n);
}

static __always_inline void view_max(__u64 *value, __u64 n)
{
	if (*value < n)
		*value = n;
}

static __always_inline void view_add_time(struct histogram *histogram, __u64 ns)
{
	__u32 i = histogram_bucket(ns / 1000);

	/* The verifier cannot add up, and must see this just where the index is used. */
	barrier_var(i);
	if (i < BUCKETS)
		view_add(&histogram->buckets[i], 1);
}

/* The view's: add what has happened to the values of one cgroup. */
struct event;
static __always_inline void view_event(struct values *v, const struct event *event);

/* Of this CPU; NULL of a cgroup that is being removed, or if there is no room. */
static __always_inline struct values *view_values(__u64 id, __u32 css_flags)
{
	struct values *v;

	v = bpf_map_lookup_elem(&cgroups, &id);
	if (v)
		return v;
	/* What comes late must not bring back what cgroup_rmdir has taken. */
	if (!(css_flags & CSS_ONLINE))
		return NULL;
	bpf_map_update_elem(&cgroups, &id, &no_values, BPF_NOEXIST);
	v = bpf_map_lookup_elem(&cgroups, &id);
	if (!v)
		view_add(&lost, 1);
	return v;
}

/* Not static: such a function the verifier reads once, not once for each level. */
__noinline int view_count_one(struct event *event, __u64 id, __u32 css_flags)
{
	struct values *v;

	if (!event)
		return 0;
	v = view_values(id, css_flags);
	if (v)
		view_event(v, event);
	return 0;
}

/*
 * Count for @cgrp, which the view covers, and those above, up to the base.  All of
 * the event has to be initialized, so it is better without padding.
 */
static __always_inline void view_count(struct cgroup *cgrp, struct event *event)
{
	int level = base_level, i;

	for (i = 0; i <= MAX_LEVELS; i++) {
		view_count_one(event, cgrp->kn->id, cgrp->self.flags);
		if (cgrp->level <= level)
			break;
		cgrp = cgrp->self.parent->cgroup;
	}
}

/* ---- cgroups that come and go */

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(view_mkdir, struct cgroup *cgrp)
{
	__u64 id = cgrp->kn->id;

	if (view_covers(cgrp))
		bpf_map_update_elem(&cgroups, &id, &no_values, BPF_NOEXIST);
	return 0;
}

static __always_inline int view_forget(struct cgroup *cgrp)
{
	__u64 id = cgrp->kn->id;

	bpf_map_delete_elem(&cgroups, &id);
	return 0;
}

SEC("tp_btf/cgroup_rmdir")
int BPF_PROG(view_rmdir, struct cgroup *cgrp)
{
	return view_forget(cgrp);
}

/*
 * Again when nothing refers to it any more: an event that saw it alive can have made
 * the entry just behind cgroup_rmdir.
 */
SEC("tp_btf/cgroup_release")
int BPF_PROG(view_release, struct cgroup *cgrp)
{
	return view_forget(cgrp);
}

/* ---- reading */

/* The values of a cgroup, of all CPUs. */
struct view_total {
	__u64 id;
	union {
		struct values values;
		__u64 array[VALUES];
	};
};

static long view_total_cpu(__u32 cpu, struct view_total *total)
{
	const __u64 *v = bpf_map_lookup_percpu_elem(&cgroups, &total->id, cpu);
	__u32 i;

	/* No such CPU, or no event yet. */
	if (!v)
		return 1;
#pragma unroll
	for (i = 0; i < VALUES - VIEW_MAXIMA; i++)
		total->array[i] += v[i];
#pragma unroll
	for (i = VALUES - VIEW_MAXIMA; i < VALUES; i++)
		view_max(&total->array[i], v[i]);
	return 0;
}

static __always_inline void view_sum(struct cgroup *cgrp, struct view_total *total)
{
	__builtin_memset(total, 0, sizeof(*total));
	total->id = cgrp->kn->id;
	bpf_loop(MAX_CPUS, view_total_cpu, total, 0);
}

#define view_print(seq, key, value) BPF_SEQ_PRINTF(seq, key " %llu\n", value)

#define view_print_histogram(seq, key, histogram) ({			\
	__u32 __i;							\
									\
	BPF_SEQ_PRINTF(seq, key);					\
	for (__i = 0; __i < BUCKETS - 1; __i++)				\
		BPF_SEQ_PRINTF(seq, " %u=%llu", 1U << __i, (histogram).buckets[__i]); \
	BPF_SEQ_PRINTF(seq, " inf=%llu\n", (histogram).buckets[BUCKETS - 1]);	\
})

/*
 * The view itself: VIEW(NAME) { ... } prints the values *v to seq.  The last line
 * of each is the same.
 */
#define VIEW(name)							\
static __always_inline void name##_print(struct seq_file *seq, struct values *v); \
									\
SEC("iter/cgroup")							\
int name(struct bpf_iter__cgroup *ctx)					\
{									\
	struct seq_file *seq = ctx->meta->seq;				\
	struct cgroup *cgrp = ctx->cgroup;				\
	struct view_total total;					\
									\
	/* The second call, behind the last cgroup. */			\
	if (!cgrp)							\
		return 0;						\
	view_sum(cgrp, &total);						\
	name##_print(seq, &total.values);				\
	view_print(seq, "lost", lost);					\
	return 0;							\
}									\
									\
static __always_inline void name##_print(struct seq_file *seq, struct values *v)

#endif /* __VIEWS_VIEW_BPF_H */
