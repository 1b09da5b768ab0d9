/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_FILE_REMOVE_H
#define _BPF_CORE_FILE_REMOVE_H

#include <linux/types.h>

struct dentry;

struct dentry *bpf_lock_parent(struct dentry *dentry);
int bpf_file_unpin(int path_fd, const char __user *pathname, u32 *id);
int bpf_file_clean(int path_fd, const char __user *pathname);

#endif /* _BPF_CORE_FILE_REMOVE_H */
