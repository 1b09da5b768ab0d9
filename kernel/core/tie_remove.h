/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_TIE_REMOVE_H
#define _BPF_CORE_TIE_REMOVE_H

#include <linux/types.h>

struct dentry;
struct inode;
struct path;

bool bpf_tie_is_dir(const struct dentry *dentry);
int bpf_tie_may_remove(const struct path *path);
void bpf_tie_remove(u32 id, struct inode *inode, const struct dentry *name,
		    const char *path);

#endif /* _BPF_CORE_TIE_REMOVE_H */
