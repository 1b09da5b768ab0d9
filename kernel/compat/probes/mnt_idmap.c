// SPDX-License-Identifier: GPL-2.0-only
#include <linux/mount.h>
struct mnt_idmap *probe(struct vfsmount *mnt);
struct mnt_idmap *probe(struct vfsmount *mnt)
{
	return mnt_idmap(mnt);
}
