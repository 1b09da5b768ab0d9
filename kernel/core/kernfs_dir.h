/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_KERNFS_DIR_H
#define _BPF_CORE_KERNFS_DIR_H

struct inode;

void bpf_kernfs_dir_init(void);
int bpf_kernfs_dir_get(struct inode *dir);
void bpf_kernfs_dir_put(struct inode *dir);

#endif /* _BPF_CORE_KERNFS_DIR_H */
