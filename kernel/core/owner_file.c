// SPDX-License-Identifier: GPL-2.0-only
/*
 * Owner kind "file": file systems on which a file lives until its last name
 * and its last open file are gone.
 *
 * A plain mark does: neither memory pressure nor drop_caches ends the inode.
 */

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/magic.h>
#include <linux/rcupdate.h>

#include "file_pin.h"
#include "mark.h"
#include "owner.h"
#include "pin_file.h"

/* Gone with the mount. */
#define VOLATILE	(BPF_OWNER_PIN | BPF_OWNER_WATCH)
/* Still there after the next mount. */
#define LASTING		(VOLATILE | BPF_OWNER_STAMP)

/* Of the root of each subvolume: BTRFS_FIRST_FREE_OBJECTID. */
#define SUBVOLUME_INO	256

/*
 * A subvolume is deleted with all its files, and none of them is told: they
 * keep their link counts.  The top level of the file system cannot be deleted.
 * Names are walked upwards under RCU; a rename that happens meanwhile stays
 * inside the subvolume.
 */
static const char *btrfs_refuse(struct inode *inode, unsigned int what)
{
	struct dentry *name, *root = inode->i_sb->s_root;

	spin_lock(&inode->i_lock);
	name = hlist_entry_safe(inode->i_dentry.first, struct dentry,
				d_u.d_alias);
	spin_unlock(&inode->i_lock);

	for (; name && name != root; name = READ_ONCE(name->d_parent)) {
		struct inode *above = READ_ONCE(name->d_inode);

		/* Without d_lock: what is moved meanwhile is below both. */
		if (data_race(IS_ROOT(name)) || !above || above->i_ino == SUBVOLUME_INO)
			break;
	}
	if (name == root)
		return NULL;
	return "a btrfs subvolume is deleted without telling its files; the top level cannot be";
}

static const struct bpf_owner_fs file_fs[] = {
	{ TMPFS_MAGIC,			"tmpfs",	VOLATILE },
	{ TMPFS_MAGIC,			"devtmpfs",	VOLATILE },
	{ RAMFS_MAGIC,			"ramfs",	VOLATILE },
	{ HUGETLBFS_MAGIC,		"hugetlbfs",	VOLATILE },
	{ EXT4_SUPER_MAGIC,		"ext4",		LASTING },
	{ XFS_SUPER_MAGIC,		"xfs",		LASTING },
	{ BTRFS_SUPER_MAGIC,		"btrfs",	LASTING, NULL, btrfs_refuse },
	{ OVERLAYFS_SUPER_MAGIC,	"overlay",	LASTING },
};

const struct bpf_owner_kind bpf_owner_file = {
	.name	= "file",
	.fs	= file_fs,
	.nr_fs	= ARRAY_SIZE(file_fs),
	.watch	= bpf_mark_watch,
	.unwatch = bpf_mark_unwatch,
	.permission = bpf_owner_inode_permission,
	.where	= bpf_owner_inode_where,
	.create	= bpf_file_create,
	.find	= bpf_pin_file_find_rcu,
};
