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
#define NOT_PROCESS "its inode ends with the last descriptor, not with the process"

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
	{ 0,			"pidfs",	0, NOT_PROCESS },
};

const struct bpf_owner_kind bpf_owner_unsupported = {
	.name	= "unsupported",
	.fs	= unsupported_fs,
	.nr_fs	= ARRAY_SIZE(unsupported_fs),
};
