/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_OWNER_KERNFS_H
#define _BPF_CORE_OWNER_KERNFS_H

struct bpf_watch;
struct dentry;
struct file;
struct kernfs_node;
struct path;

struct file *bpf_kernfs_open(const struct path *dir, struct dentry *dentry,
			     struct bpf_watch *watch);
bool bpf_kernfs_is_opening(const struct bpf_watch *watch);
void bpf_kernfs_removed(struct bpf_watch *watch, const struct kernfs_node *kn);

#endif /* _BPF_CORE_OWNER_KERNFS_H */
