// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/* Ties: made, dissolved, and the walk over them. */
#include <fcntl.h>
#include <stdlib.h>
#include "internal.h"
#include "owner.h"
#include "where.h"

int bpfpin__tie(struct bpfpin *bpfpin, const char *path, const struct bpfpin_owner_spec *owner,
		__u32 *id, const struct bpfpin_path_opts *opts)
{
	struct bpfpin_ioc_tie ioc = {
		.size = sizeof(ioc),
		.path_fd = path_opts_fd(opts),
		.path = (__u64)(unsigned long)path,
	};
	int err;

	if (!path || !path_opts_valid(opts, BPFPIN_OPT_PATH_FD))
		return ret_err(-EINVAL);
	err = owner_to_ioc(owner, &ioc.owner);
	if (!err)
		err = bpfpin_request(bpfpin, BPFPIN_IOC_TIE, &ioc);
	if (!err && id)
		*id = ioc.id;
	return ret_err(err);
}

int bpfpin__untie_id(struct bpfpin *bpfpin, __u32 id)
{
	struct bpfpin_ioc_untie ioc = {
		.size = sizeof(ioc),
		.id = id,
		.path_fd = AT_FDCWD,
	};

	if (!id)
		return ret_err(-EINVAL);
	return ret_err(bpfpin_request(bpfpin, BPFPIN_IOC_UNTIE, &ioc));
}

int bpfpin__untie_path(struct bpfpin *bpfpin, const char *path, __u32 *count,
		       const struct bpfpin_path_opts *opts)
{
	struct bpfpin_ioc_untie ioc = {
		.size = sizeof(ioc),
		.path_fd = path_opts_fd(opts),
		.path = (__u64)(unsigned long)path,
	};
	int err;

	if (!path || !path_opts_valid(opts, BPFPIN_OPT_PATH_FD))
		return ret_err(-EINVAL);
	err = bpfpin_request(bpfpin, BPFPIN_IOC_UNTIE, &ioc);
	if (!err && count)
		*count = ioc.count;
	return ret_err(err);
}

struct bpfpin_ties {
	struct bpfpin *bpfpin;	/* the caller's */
	struct mounts mounts;
	struct where tied, owner;
	bool done;
	__u32 next_id;
};

struct bpfpin_ties *bpfpin__ties(struct bpfpin *bpfpin, const struct bpfpin_ties_opts *opts)
{
	struct bpfpin_ties *ties;
	int err;

	if (!bpfpin || !OPTS_VALID(opts, bpfpin_ties_opts))
		return ret_null(-EINVAL);
	ties = calloc(1, sizeof(*ties));
	if (!ties)
		return ret_null(-ENOMEM);
	ties->bpfpin = bpfpin;
	ties->next_id = OPTS_GET(opts, start_id, 0);
	if (OPTS_GET(opts, no_paths, false))
		return ties;

	err = where_init(&ties->tied);
	if (!err)
		err = where_init(&ties->owner);
	if (!err)
		err = mounts_read(&ties->mounts);
	if (!err)
		return ties;
	bpfpin_ties__free(ties);
	return ret_null(err);
}

void bpfpin_ties__free(struct bpfpin_ties *ties)
{
	if (!ties)
		return;
	mounts_free(&ties->mounts);
	where_free(&ties->tied);
	where_free(&ties->owner);
	free(ties);
}

/* One tie from the kernel, with room for both paths. */
static int ask(struct bpfpin_ties *ties, __u32 id, __u32 flags, struct bpfpin_ioc_tie_info *ioc)
{
	int err, grown;

	do {
		memset(ioc, 0, sizeof(*ioc));
		ioc->size = sizeof(*ioc);
		ioc->flags = flags;
		ioc->id = id;
		ioc->path = (__u64)(unsigned long)ties->tied.kernel;
		ioc->path_size = (__u32)ties->tied.kernel_size;
		ioc->owner_path = (__u64)(unsigned long)ties->owner.kernel;
		ioc->owner_path_size = (__u32)ties->owner.kernel_size;
		err = bpfpin_request(ties->bpfpin, BPFPIN_IOC_TIE_INFO, ioc);
		if (err)
			return err;
		grown = where_grow(&ties->tied, ioc->path_size);
		err = where_grow(&ties->owner, ioc->owner_path_size);
		if (grown < 0)
			err = grown;
	} while (err >= 0 && err + grown > 0);
	return err;
}

static int resolve(struct bpfpin_ties *ties, const struct bpfpin_ioc_tie_info *ioc,
		   struct bpfpin_tie_info *info)
{
	const struct place tied = {
		.path_flags = ioc->path_flags,
		.path_size = ioc->path_size,
		.dev_major = ioc->dev_major,
		.dev_minor = ioc->dev_minor,
		.ino = ioc->ino,
	};
	const struct place owner = {
		.path_flags = ioc->owner_path_flags,
		.path_size = ioc->owner_path_size,
		.dev_major = ioc->owner_dev_major,
		.dev_minor = ioc->owner_dev_minor,
		.ino = ioc->owner_ino,
	};
	int err;

	err = where_resolve(&ties->tied, &ties->mounts, &tied, &info->path, &info->path_state);
	if (!err)
		err = where_resolve(&ties->owner, &ties->mounts, &owner, &info->owner_path,
				    &info->owner_path_state);
	return err;
}

static int fill(struct bpfpin_ties *ties, const struct bpfpin_ioc_tie_info *ioc,
		struct bpfpin_tie_info *out)
{
	struct bpfpin_tie_info ours;
	int err;

	memset(&ours, 0, sizeof(ours));
	ours.id = ioc->id;
	ours.uid = ioc->uid;
	ours.pid = ioc->pid;
	ours.is_dir = ioc->is_dir;
	ours.created_ns = ioc->created;
	ours.ino = ioc->ino;
	ours.owner_ino = ioc->owner_ino;
	ours.dev_major = ioc->dev_major;
	ours.dev_minor = ioc->dev_minor;
	ours.owner_dev_major = ioc->owner_dev_major;
	ours.owner_dev_minor = ioc->owner_dev_minor;
	ours.ifindex = ioc->ifindex;
	ours.netns_ino = ioc->netns_ino;
	memcpy(ours.comm, ioc->comm, sizeof(ours.comm));
	memcpy(ours.fs_type, ioc->fs_type, sizeof(ours.fs_type));
	memcpy(ours.owner_kind, ioc->owner_kind, sizeof(ours.owner_kind));
	memcpy(ours.owner_fs_type, ioc->owner_fs_type, sizeof(ours.owner_fs_type));
	err = resolve(ties, ioc, &ours);
	if (!err)
		out_fill(out, &ours, sizeof(ours));
	return err;
}

static bool info_valid(const struct bpfpin_tie_info *info)
{
	return out_valid(info, offsetofend(struct bpfpin_tie_info, owner_fs_type));
}

int bpfpin_ties__next(struct bpfpin_ties *ties, struct bpfpin_tie_info *info)
{
	struct bpfpin_ioc_tie_info ioc;
	int err;

	if (!info_valid(info))
		return ret_err(-EINVAL);
	if (ties->done)
		return 0;
	err = ask(ties, ties->next_id, BPFPIN_INFO_NEXT, &ioc);
	if (err == -ENOENT) {
		ties->done = true;
		return 0;
	}
	if (!err)
		err = fill(ties, &ioc, info);
	if (err)
		return ret_err(err);
	ties->next_id = ioc.id + 1;
	ties->done = !ties->next_id;
	return 1;
}

int bpfpin_ties__find(struct bpfpin_ties *ties, __u32 id, struct bpfpin_tie_info *info)
{
	struct bpfpin_ioc_tie_info ioc;
	int err;

	if (!info_valid(info))
		return ret_err(-EINVAL);
	err = ask(ties, id, 0, &ioc);
	if (!err)
		err = fill(ties, &ioc, info);
	return ret_err(err);
}
