// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/*
 * From the path that the kernel tells to the one that the caller can use.
 *
 * The kernel knows a file's place inside its file system, not where the caller
 * has that mounted, nor whether something else is mounted over it.  So every
 * mount of the device makes a candidate, and it is looked at before the path is
 * called found: for the file of a pin the module is asked whether the pin is
 * really there, for anything else the inode has to be the same.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "internal.h"
#include "where.h"

int where_init(struct where *where)
{
	where->kernel_size = 4096;
	where->kernel = malloc(where->kernel_size);
	return where->kernel ? 0 : -ENOMEM;
}

void where_free(struct where *where)
{
	free(where->kernel);
	free(where->candidate);
}

int where_grow(struct where *where, __u32 needed)
{
	char *more;

	if (!where->kernel || needed <= where->kernel_size)
		return 0;
	more = realloc(where->kernel, needed);
	if (!more)
		return -ENOMEM;
	where->kernel = more;
	where->kernel_size = needed;
	return 1;
}

static bool is_pin(const struct place *place, const char *path)
{
	struct bpfpin_ioc_file ioc = {
		.size = sizeof(ioc),
		.flags = BPFPIN_FILE_NOFOLLOW,
		.path_fd = AT_FDCWD,
		.path = (__u64)(unsigned long)path,
	};

	return !bpfpin_request(place->bpfpin, BPFPIN_IOC_FILE, &ioc) &&
	       ioc.state == BPFPIN_FILE_PIN && ioc.pin_id == place->pin_id;
}

/*
 * The device is that of the mount, and not what stat(2) says, which on btrfs and
 * some overlays is another one.  Neither waits for a server nor mounts anything.
 */
static bool is_inode(const struct place *place, const struct mounts *mounts, const char *path)
{
	const struct mount *mount;
	struct statx st;

	if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_STATX_DONT_SYNC,
		  STATX_INO | STATX_MNT_ID, &st) || !(st.stx_mask & STATX_MNT_ID))
		return false;
	mount = mounts_find(mounts, st.stx_mnt_id);
	return mount && mount->major == place->dev_major && mount->minor == place->dev_minor &&
	       st.stx_ino == place->ino;
}

static bool leads_there(const struct place *place, const struct mounts *mounts, const char *path)
{
	if (path[0] != '/')
		return false;
	return place->pin_id ? is_pin(place, path) : is_inode(place, mounts, path);
}

int where_resolve(struct where *where, const struct mounts *mounts, const struct place *place,
		  const char **path, __u32 *state)
{
	const struct mount *mount;
	size_t count;
	int err;

	*path = NULL;
	*state = BPFPIN_PATH_NONE;
	if (!where->kernel || place->path_size <= 1)
		return 0;
	*path = where->kernel;
	if (place->path_flags & BPFPIN_PATH_DEVICE) {
		*state = BPFPIN_PATH_NETDEV;
		return 0;
	}
	if (place->path_flags & BPFPIN_PATH_UNLINKED) {
		*state = BPFPIN_PATH_DELETED;
		return 0;
	}
	if (!(place->path_flags & BPFPIN_PATH_IN_FS)) {
		*state = leads_there(place, mounts, *path) ? BPFPIN_PATH_FOUND
							   : BPFPIN_PATH_MAKERS;
		return 0;
	}
	*state = BPFPIN_PATH_HIDDEN;
	mount = mounts_of(mounts, place->dev_major, place->dev_minor, &count);
	for (; count; count--, mount++) {
		err = mount_path(mount, where->kernel, &where->candidate,
				 &where->candidate_size);
		if (err == -ENOENT)
			continue;
		if (err)
			return err;
		if (leads_there(place, mounts, where->candidate)) {
			*path = where->candidate;
			*state = BPFPIN_PATH_FOUND;
			return 0;
		}
		pr_debug("it is not at %s", where->candidate);
	}
	return 0;
}
