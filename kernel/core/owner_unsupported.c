// SPDX-License-Identifier: GPL-2.0-only
/*
 * Owner kind "unsupported": known to break the contract, or not served yet,
 * each with the reason that the user is told.
 */

#include <linux/kernel.h>
#include <linux/magic.h>

#include "owner.h"

#define REMOTE	"a server can remove its files without telling this kernel"
#define MADE_UP	"its files are made up at each look-up and come and go with what they show"
#define KERNFS	"the kernel removes its files without telling fsnotify"
#define SHARED	"all its descriptors share one inode, which never ends"
#define NOT_NS	"its inodes end with their last open file, not with the namespace"
#define NO_NAME	"its inodes have no names and no end that a plain watch would notice"

static const struct bpf_owner_fs unsupported_fs[] = {
	{ NFS_SUPER_MAGIC,	"nfs",		0, REMOTE },
	{ NFS_SUPER_MAGIC,	"nfs4",		0, REMOTE },
	{ V9FS_MAGIC,	"9p",		0, REMOTE },
	{ FUSE_SUPER_MAGIC,	"fuse",		0, REMOTE },
	{ FUSE_SUPER_MAGIC,	"fuseblk",	0, REMOTE },
	{ FUSE_SUPER_MAGIC,	"virtiofs",	0, REMOTE },
	{ CEPH_SUPER_MAGIC,	"ceph",		0, REMOTE },
	{ 0,			"cifs",		0, REMOTE },
	{ 0,			"smb3",		0, REMOTE },
	{ PROC_SUPER_MAGIC,	"proc",		0, MADE_UP },
	{ DEBUGFS_MAGIC,	"debugfs",	0, MADE_UP },
	{ TRACEFS_MAGIC,	"tracefs",	0, MADE_UP },
	{ SYSFS_MAGIC,		"sysfs",	0, KERNFS },
	{ CGROUP_SUPER_MAGIC,	"cgroup",	0, KERNFS },
	{ CGROUP2_SUPER_MAGIC,	"cgroup2",	0, KERNFS },
	{ ANON_INODE_FS_MAGIC,	"anon_inodefs",	0, SHARED },
	{ SOCKFS_MAGIC,		"sockfs",	0, NO_NAME },
	{ PIPEFS_MAGIC,		"pipefs",	0, NO_NAME },
	{ NSFS_MAGIC,		"nsfs",		0, NOT_NS },
};

const struct bpf_owner_kind bpf_owner_unsupported = {
	.name	= "unsupported",
	.fs	= unsupported_fs,
	.nr_fs	= ARRAY_SIZE(unsupported_fs),
};
