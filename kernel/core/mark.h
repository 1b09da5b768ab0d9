/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_MARK_H
#define _BPF_CORE_MARK_H

struct bpf_watch;

int bpf_mark_init(void);
void bpf_mark_exit(void);
int bpf_mark_watch(struct bpf_watch *watch);
int bpf_mark_watch_loosely(struct bpf_watch *watch);
void bpf_mark_unwatch(struct bpf_watch *watch);

#endif /* _BPF_CORE_MARK_H */
