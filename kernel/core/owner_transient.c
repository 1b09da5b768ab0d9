// SPDX-License-Identifier: GPL-2.0-only
/*
 * Owner kind "transient": what lives as long as somebody has a reference to it
 * and has no name that could bring it back: sockets, pipes, and anonymous inodes
 * that are one object's own.
 *
 * A loose mark does: nothing but the last reference ends such an inode, inside
 * the close(2) that gives it back.  A plain one would keep it for ever, for its
 * link count never falls to zero.
 */

#include <linux/anon_inodes.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/magic.h>
#include <linux/module.h>

#include "mark.h"
#include "owner.h"

#define NO_NAME	"it has no directories where a file could be made: attach to a descriptor"

/* The one that almost all anonymous files share; it never ends. */
static struct inode *shared_inode;

static const char *anonymous_refuse(struct inode *inode, unsigned int what)
{
	return inode == shared_inode ?
	       "all such descriptors share one inode, which never ends" : NULL;
}

/*
 * Makes a file only to see its inode, which the kernel never gives back.  What
 * the file can do is the kernel's: it is closed when we have returned, perhaps
 * after this module failed to load.
 */
static int transient_init(void)
{
	struct file *file = anon_inode_getfile("[bpfpin]", &generic_ro_fops, NULL, 0);

	if (IS_ERR(file))
		return PTR_ERR(file);
	shared_inode = file_inode(file);
	fput(file);
	return 0;
}

/* Whoever has a descriptor of it may do with it what he likes. */
static int transient_permission(const struct bpf_owner *owner,
				const struct path *path, const struct file *file)
{
	return file ? 0 : bpf_owner_inode_permission(owner, path, file);
}

static const struct bpf_owner_fs transient_fs[] = {
	{ SOCKFS_MAGIC,		"sockfs",	BPF_OWNER_WATCH, NO_NAME },
	{ PIPEFS_MAGIC,		"pipefs",	BPF_OWNER_WATCH, NO_NAME },
	{ ANON_INODE_FS_MAGIC,	"anon_inodefs",	BPF_OWNER_WATCH, NO_NAME,
	  anonymous_refuse },
};

const struct bpf_owner_kind bpf_owner_transient = {
	.name	= "transient",
	.fs	= transient_fs,
	.nr_fs	= ARRAY_SIZE(transient_fs),
	.init	= transient_init,
	.watch	= bpf_mark_watch_loosely,
	.unwatch = bpf_mark_unwatch,
	.permission = transient_permission,
	.where	= bpf_owner_inode_where,
};
