// SPDX-License-Identifier: GPL-2.0-only
/*
 * Owner kind "bpffs": the BPF file system itself.  Its pins are its own; its
 * inodes can be watched like files.
 */

#include <linux/kernel.h>
#include <linux/magic.h>

#include "mark.h"
#include "owner.h"

static const struct bpf_owner_fs bpffs_fs[] = {
	{
		.magic	= BPF_FS_MAGIC,
		.type	= "bpf",
		.can	= BPF_OWNER_WATCH,
		.reason	= "bpffs pins by itself",
	},
};

const struct bpf_owner_kind bpf_owner_bpffs = {
	.name	= "bpffs",
	.fs	= bpffs_fs,
	.nr_fs	= ARRAY_SIZE(bpffs_fs),
	.watch	= bpf_mark_watch,
	.unwatch = bpf_mark_unwatch,
	.permission = bpf_owner_inode_permission,
	.where	= bpf_owner_inode_where,
};
