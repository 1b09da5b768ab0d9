/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What views look at in the kernel, and no more of it.  libbpf finds where the
 * members are in the kernel that runs, so one object does for all; what differs
 * between the kernels of vm/kernels is not used.
 */
#ifndef __VIEWS_KERNEL_H
#define __VIEWS_KERNEL_H

#include <linux/types.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

/* ---- cgroups and tasks */

struct cgroup;

struct kernfs_node {
	__u64 id;
};

struct cgroup_subsys_state {
	struct cgroup *cgroup;
	struct cgroup_subsys_state *parent;
	unsigned int flags;
};

enum css_flags {
	CSS_ONLINE = 1 << 1,
};

struct cgroup {
	struct cgroup_subsys_state self;
	int level;
	struct kernfs_node *kn;
};

struct css_set {
	struct cgroup *dfl_cgrp;
};

struct sched_info {
	unsigned long long run_delay;
	unsigned long long last_queued;
};

struct task_struct {
	struct css_set *cgroups;
	struct sched_info sched_info;
};

struct rq {
	__u64 clock;
};

struct pt_regs {
	unsigned long orig_ax;
};

/* ---- memory */

struct vm_area_struct;

enum vm_fault_reason {
	VM_FAULT_OOM		= 0x000001,
	VM_FAULT_SIGBUS		= 0x000002,
	VM_FAULT_MAJOR		= 0x000004,
	VM_FAULT_HWPOISON	= 0x000010,
	VM_FAULT_HWPOISON_LARGE	= 0x000020,
	VM_FAULT_SIGSEGV	= 0x000040,
	VM_FAULT_RETRY		= 0x000400,
	VM_FAULT_FALLBACK	= 0x000800,
};

enum fault_flag {
	FAULT_FLAG_TRIED	= 1 << 5,
};

/* ---- block devices */

struct blkcg {
	struct cgroup_subsys_state css;
};

struct blkcg_gq {
	struct blkcg *blkcg;
};

struct bio {
	struct blkcg_gq *bi_blkg;
};

struct request {
	unsigned int cmd_flags;
	unsigned int __data_len;
	struct bio *bio;
	__u64 start_time_ns;
};

enum req_op {
	REQ_OP_READ	= 0,
	REQ_OP_WRITE	= 1,
};

/* ---- network */

struct sock_cgroup_data {
	struct cgroup *cgroup;
};

struct sock_common {
	unsigned long skc_flags;
};

struct sock {
	struct sock_common __sk_common;
	__u16 sk_protocol;
	struct sock_cgroup_data sk_cgrp_data;
};

enum sock_flags {
	SOCK_DONE = 1,
};

struct tcp_sock {
	__u64 bytes_received;
	__u64 bytes_sent;
	__u64 bytes_retrans;
	__u64 bytes_acked;
	__u32 total_retrans;
	__u32 srtt_us;
};

struct sk_buff;

/* ---- iterators */

struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
};

struct bpf_iter__cgroup {
	struct bpf_iter_meta *meta;
	struct cgroup *cgroup;
};

#pragma clang attribute pop

#endif /* __VIEWS_KERNEL_H */
