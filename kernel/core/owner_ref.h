/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_OWNER_REF_H
#define _BPF_CORE_OWNER_REF_H

#include <linux/path.h>

#include "owner.h"

/**
 * struct bpf_owner_ref - an owner that the caller of a request has named
 * @owner: the owner; as long as this is not put its inode, namespace or device
 *	stays, though it may end
 * @path: of an inode, else empty
 * @file: that the caller has open, or NULL
 * @dev: with a reference, or NULL
 */
struct bpf_owner_ref {
	struct bpf_owner owner;
	struct path path;
	struct file *file;
	struct net_device *dev;
};

int bpf_owner_ref_get(struct bpf_owner_ref *ref, int fd, u32 ifindex,
		      const char __user *path);
int bpf_owner_ref_permission(const struct bpf_owner_ref *ref);
void bpf_owner_ref_put(struct bpf_owner_ref *ref);

#endif /* _BPF_CORE_OWNER_REF_H */
