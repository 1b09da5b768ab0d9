// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/* Owners as the caller names them. */
#include <fcntl.h>
#include <unistd.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include "internal.h"
#include "owner.h"

/* Of the thread, as threads need not share it. */
#define OWN_NETNS "/proc/thread-self/ns/net"

int owner_to_ioc(const struct bpfpin_owner_spec *spec, struct bpfpin_owner *owner)
{
	bool has_fd;

	if (!spec || !OPTS_VALID(spec, bpfpin_owner_spec))
		return -EINVAL;
	has_fd = OPTS_GET(spec, flags, 0) & BPFPIN_OWNER_FD;
	memset(owner, 0, sizeof(*owner));
	owner->path = (__u64)(unsigned long)OPTS_GET(spec, path, NULL);
	owner->ifindex = OPTS_GET(spec, ifindex, 0);
	if (OPTS_GET(spec, flags, 0) & ~BPFPIN_OWNER_FD)
		return -EINVAL;
	if (owner->path && owner->ifindex)
		return -EINVAL;
	if (!owner->path && !owner->ifindex && !has_fd)
		return -EINVAL;
	if (has_fd)
		owner->fd = OPTS_GET(spec, fd, 0);
	else
		owner->fd = owner->path ? AT_FDCWD : -1;
	/* That would be the caller's own namespace. */
	if (has_fd && owner->ifindex && owner->fd < 0)
		return -EBADF;
	return 0;
}

/* By the device of the mount; what is mounted nowhere has that of stat(2). */
static int identify_inode(int fd, const struct mounts *mounts, struct owner_id *id)
{
	const struct mount *mount = NULL;
	struct statfs fs;
	struct statx st;

	if (statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_INO | STATX_MNT_ID, &st) ||
	    fstatfs(fd, &fs))
		return -errno;
	if (st.stx_mask & STATX_MNT_ID)
		mount = mounts_find(mounts, st.stx_mnt_id);
	id->dev_major = mount ? mount->major : st.stx_dev_major;
	id->dev_minor = mount ? mount->minor : st.stx_dev_minor;
	id->ino = st.stx_ino;
	if (fs.f_type == NSFS_MAGIC)
		id->netns_ino = (__u32)st.stx_ino;
	return 0;
}

static int identify_netdev(const struct bpfpin_owner *owner, struct owner_id *id)
{
	struct stat st;

	if (owner->fd >= 0 ? fstat(owner->fd, &st) : stat(OWN_NETNS, &st))
		return -errno;
	id->ifindex = owner->ifindex;
	id->netns_ino = (__u32)st.st_ino;
	return 0;
}

int owner_identify(const struct bpfpin_owner_spec *spec, const struct mounts *mounts,
		   struct owner_id *id)
{
	struct bpfpin_owner owner;
	int fd, err;

	memset(id, 0, sizeof(*id));
	err = owner_to_ioc(spec, &owner);
	if (err)
		return err;
	if (owner.ifindex)
		return identify_netdev(&owner, id);
	if (!owner.path)
		return identify_inode(owner.fd, mounts, id);
	fd = openat(owner.fd, (const char *)(unsigned long)owner.path, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	err = identify_inode(fd, mounts, id);
	close(fd);
	return err;
}

bool owner_has(const struct owner_id *id, const struct bpfpin_ioc_info *pin)
{
	/* A device, and a namespace: their numbers are all there is. */
	if (id->ifindex || pin->ifindex)
		return id->ifindex == pin->ifindex && id->netns_ino == pin->netns_ino;
	if (id->netns_ino || pin->netns_ino)
		return id->netns_ino == pin->netns_ino;
	return id->ino == pin->ino && id->dev_major == pin->dev_major &&
	       id->dev_minor == pin->dev_minor;
}
