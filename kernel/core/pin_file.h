/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_PIN_FILE_H
#define _BPF_CORE_PIN_FILE_H

#include <linux/fs.h>

#include "pin.h"

int bpf_pin_file_init(void);
void bpf_pin_file_exit(void);
struct bpf_pin *bpf_pin_file_alloc(void *raw, enum bpf_type type, fmode_t mode);
void bpf_pin_file_free(struct bpf_pin *pin);
int bpf_pin_file(struct bpf_pin *pin, const struct bpf_owner *owner,
		 struct dentry *dentry, const char *path);
struct bpf_pin *bpf_pin_file_find_rcu(const struct inode *inode);

void *bpf_pin_file_object(const struct bpf_owner_kind *kind,
			  const struct inode *inode, enum bpf_type *type,
			  fmode_t *mode);
struct bpf_pin *bpf_pin_file_find(const struct inode *inode);

#endif /* _BPF_CORE_PIN_FILE_H */
