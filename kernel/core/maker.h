/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_MAKER_H
#define _BPF_CORE_MAKER_H

#include <linux/sched.h>
#include <linux/types.h>
#include <linux/uidgid.h>

/**
 * struct bpf_maker - who made something that outlives him, and when
 * @uid: the user
 * @pid: his process, by its id in the initial namespace
 * @comm: its name
 * @created: nanoseconds of the wall clock
 */
struct bpf_maker {
	kuid_t uid;
	pid_t pid;
	char comm[TASK_COMM_LEN];
	u64 created;
};

void bpf_maker_init(struct bpf_maker *maker);
bool bpf_maker_may_see(const struct bpf_maker *maker);

#endif /* _BPF_CORE_MAKER_H */
