/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_PIN_KERNFS_H
#define _BPF_CORE_PIN_KERNFS_H

#include "owner.h"

struct bpf_pin;
struct bpf_view;
struct bpf_watch;
struct file;
struct kernfs_node;

bool bpf_kernfs_is_pin(const struct kernfs_node *kn);
struct file *bpf_kernfs_pin_file(const struct kernfs_node *kn);
void bpf_kernfs_pin_removed(struct bpf_watch *watch);
const struct bpf_view *bpf_kernfs_pin_view(struct bpf_pin *pin);

/* What kinds share whose file systems are made of kernfs. */
int bpf_kernfs_create(struct bpf_new_pin *new_pin);
const char *bpf_kernfs_refuse_name(const struct qstr *name);
struct bpf_pin *bpf_kernfs_find(const struct inode *inode);

#endif /* _BPF_CORE_PIN_KERNFS_H */
