/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_VIEW_ADD_H
#define _BPF_CORE_VIEW_ADD_H

#include <linux/types.h>

struct bpf_view_opts;

int bpf_view_add(u32 ufd, int path_fd, const char __user *pathname,
		 const struct bpf_view_opts *opts, u32 *id);
int bpf_view_replace(u32 ufd, int path_fd, const char __user *pathname,
		     u32 *id);

#endif /* _BPF_CORE_VIEW_ADD_H */
