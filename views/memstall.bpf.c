// SPDX-License-Identifier: GPL-2.0-only
/*
 * memstall: page faults, and the time that tasks stood still for want of memory: what
 * the kernel itself takes for that in memory.pressure.
 */
#include <linux/types.h>

struct values {
	__u64 minor;
	__u64 major;
	__u64 stalls;
	__u64 stall_ns;
	__u64 longest_ns;
};

#define VIEW_MAXIMA	1
#include "view.bpf.h"
#include "task.bpf.h"

struct event {
	__u64 minor;
	__u64 major;
	__u64 stalls;
	__u64 stall_ns;
};

static __always_inline void view_event(struct values *v, const struct event *event)
{
	if (event->minor)
		view_add(&v->minor, 1);
	if (event->major)
		view_add(&v->major, 1);
	if (event->stalls) {
		view_add(&v->stalls, 1);
		view_add(&v->stall_ns, event->stall_ns);
		view_max(&v->longest_ns, event->stall_ns);
	}
}

/* ---- page faults, as /proc/PID/stat counts them */

#define VM_FAULT_ERROR (VM_FAULT_OOM | VM_FAULT_SIGBUS | VM_FAULT_SIGSEGV | VM_FAULT_HWPOISON | \
			VM_FAULT_HWPOISON_LARGE | VM_FAULT_FALLBACK)

SEC("fexit/handle_mm_fault")
int BPF_PROG(memstall_fault, struct vm_area_struct *vma, unsigned long address,
	     unsigned int flags, struct pt_regs *regs, unsigned int ret)
{
	struct cgroup *cgrp = task_cgroup(bpf_get_current_task_btf());
	struct event event = {};

	/* What is tried again is counted then. */
	if (!view_covers(cgrp) || ret & (VM_FAULT_ERROR | VM_FAULT_RETRY))
		return 0;
	if (ret & VM_FAULT_MAJOR || flags & FAULT_FLAG_TRIED)
		event.major = 1;
	else
		event.minor = 1;
	view_count(cgrp, &event);
	return 0;
}

/* ---- stalls, which nest: the outermost counts */

struct stall {
	__u64 start;
	__u64 depth;
};

TASKS(struct stall);

SEC("fentry/psi_memstall_enter")
int BPF_PROG(memstall_enter)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct stall new, *stall;
	__u64 key = (__u64)task;

	stall = bpf_map_lookup_elem(&tasks, &key);
	if (stall) {
		stall->depth++;
	} else if (view_covers(task_cgroup(task))) {
		new.start = bpf_ktime_get_ns();
		new.depth = 1;
		if (bpf_map_update_elem(&tasks, &key, &new, BPF_NOEXIST))
			view_add(&lost, 1);
	}
	return 0;
}

SEC("fentry/psi_memstall_leave")
int BPF_PROG(memstall_leave)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct event event = { .stalls = 1 };
	__u64 key = (__u64)task;
	struct stall *stall;
	struct cgroup *cgrp;

	stall = bpf_map_lookup_elem(&tasks, &key);
	if (!stall || --stall->depth)
		return 0;
	event.stall_ns = bpf_ktime_get_ns() - stall->start;
	bpf_map_delete_elem(&tasks, &key);
	/* It may have been moved. */
	cgrp = task_cgroup(task);
	if (view_covers(cgrp))
		view_count(cgrp, &event);
	return 0;
}

VIEW(memstall)
{
	view_print(seq, "minor_faults", v->minor);
	view_print(seq, "major_faults", v->major);
	view_print(seq, "stalls", v->stalls);
	view_print(seq, "stall_usec", v->stall_ns / 1000);
	view_print(seq, "longest_stall_usec", v->longest_ns / 1000);
}
