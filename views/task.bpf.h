/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A number, or two, for each task.  A hash by the task's address and no task storage:
 * 6.1 allocates the latter in a way that may wake a thread of the kernel, and
 * whoever does that while a task is being switched waits for himself.
 */
#ifndef __VIEWS_TASK_BPF_H
#define __VIEWS_TASK_BPF_H

#define MAX_TASKS	65536

#define TASKS(value_type)						\
struct {								\
	__uint(type, BPF_MAP_TYPE_HASH);				\
	__uint(map_flags, BPF_F_NO_PREALLOC);				\
	__uint(max_entries, MAX_TASKS);					\
	__type(key, __u64);						\
	__type(value, value_type);					\
} tasks SEC(".maps")

#endif /* __VIEWS_TASK_BPF_H */
