/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_STAMP_H
#define _BPF_CORE_STAMP_H

#include <linux/types.h>
#include <linux/uuid.h>

struct bpf_pin;
struct dentry;
struct mnt_idmap;

#define BPF_STAMP_LEN	192

/**
 * enum bpf_stamp_state - what a stamp says
 * @BPF_STAMP_NONE: there is none
 * @BPF_STAMP_STALE: the pin it tells of has ended
 * @BPF_STAMP_ALIVE: the pin it tells of lives; if not at this inode, the file
 *	is a copy, or another way to the same one
 */
enum bpf_stamp_state {
	BPF_STAMP_NONE,
	BPF_STAMP_STALE,
	BPF_STAMP_ALIVE,
};

void bpf_stamp_init(void);
const uuid_t *bpf_stamp_instance(void);
int bpf_stamp_write(struct mnt_idmap *idmap, struct dentry *dentry,
		    const struct bpf_pin *pin);
enum bpf_stamp_state bpf_stamp_read(struct dentry *dentry, char *text, u32 *id);

#endif /* _BPF_CORE_STAMP_H */
