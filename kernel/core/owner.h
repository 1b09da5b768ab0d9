/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_OWNER_H
#define _BPF_CORE_OWNER_H

#include <linux/bits.h>
#include <linux/bpf_watch.h>
#include <linux/types.h>

struct inode;
struct super_block;

/* What can be done with the inodes of a file system; the ABI's numbers. */
#define BPF_OWNER_PIN	BIT(0)	/* a file pin can be made there */
#define BPF_OWNER_WATCH	BIT(1)	/* the end of an inode is learned */
#define BPF_OWNER_STAMP	BIT(2)	/* files outlive the mount: stamp the pins */

/**
 * struct bpf_owner_fs - a file system of an owner kind
 * @magic: of its superblock, a fast look before the name; 0 if it has several
 * @type: name of the file system type
 * @can: BPF_OWNER_*
 * @reason: if it cannot take pins: why, for a human, without a full stop
 * @refuse: if not all of its inodes can: returns the reason for one that
 *	cannot, or NULL; under RCU
 */
struct bpf_owner_fs {
	unsigned long magic;
	const char *type;
	unsigned int can;
	const char *reason;
	const char *(*refuse)(struct inode *inode);
};

/**
 * struct bpf_owner_kind - the policy for one family of owners
 * @name: for listings
 * @fs: the file systems that belong to it
 * @nr_fs: how many
 */
struct bpf_owner_kind {
	const char *name;
	const struct bpf_owner_fs *fs;
	unsigned int nr_fs;
};

/* One file each. */
extern const struct bpf_owner_kind bpf_owner_file;
extern const struct bpf_owner_kind bpf_owner_bpffs;
extern const struct bpf_owner_kind bpf_owner_unsupported;

/**
 * struct bpf_owner - what an inode is to us
 * @kind: its kind; never NULL
 * @fs: its file system; never NULL
 */
struct bpf_owner {
	const struct bpf_owner_kind *kind;
	const struct bpf_owner_fs *fs;
};

struct bpf_owner bpf_owner_of(const struct super_block *sb);
int bpf_owner_row(unsigned int index, struct bpf_owner *owner);
const char *bpf_owner_refusal(struct inode *inode, unsigned int what);
int bpf_owner_can_watch(struct inode *inode);
int bpf_owner_can_pin(struct inode *dir);

#endif /* _BPF_CORE_OWNER_H */
