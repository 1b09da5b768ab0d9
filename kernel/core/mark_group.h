/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_MARK_GROUP_H
#define _BPF_CORE_MARK_GROUP_H

#include <linux/atomic.h>

struct fsnotify_group;
struct fsnotify_mark;
struct fsnotify_ops;

/**
 * struct bpf_mark_group - a group of fsnotify's, and the memory of its marks
 * @fsn: the group, or an error pointer: why there is none
 * @marks: those whose memory is not free yet
 */
struct bpf_mark_group {
	struct fsnotify_group *fsn;
	atomic_t marks;
};

int bpf_mark_group_init(struct bpf_mark_group *group,
			const struct fsnotify_ops *ops);
void bpf_mark_group_exit(struct bpf_mark_group *group);
void bpf_mark_group_begin(struct bpf_mark_group *group,
			  struct fsnotify_mark *mark);
void bpf_mark_group_freed(struct bpf_mark_group *group);

#endif /* _BPF_CORE_MARK_GROUP_H */
