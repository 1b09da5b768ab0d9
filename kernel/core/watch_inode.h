/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_WATCH_INODE_H
#define _BPF_CORE_WATCH_INODE_H

int bpf_watch_inode_init(void);
void bpf_watch_inode_exit(void);

#endif /* _BPF_CORE_WATCH_INODE_H */
