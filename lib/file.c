// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/* Files by path: look, explain, unpin, clean. */
#include <fcntl.h>
#include <stdlib.h>
#include "internal.h"

/* -errno, errno untouched */
static int look(struct bpfpin *bpfpin, const char *path, struct bpfpin_file_info *info,
		const struct bpfpin_path_opts *opts, __u32 flags)
{
	struct bpfpin_ioc_file ioc = {
		.size = sizeof(ioc),
		.flags = flags,
		.path_fd = path_opts_fd(opts),
		.path = (__u64)(unsigned long)path,
	};
	struct bpfpin_file_info ours;
	int err;

	if (OPTS_GET(opts, flags, 0) & BPFPIN_OPT_NOFOLLOW)
		ioc.flags |= BPFPIN_FILE_NOFOLLOW;
	err = bpfpin_request(bpfpin, BPFPIN_IOC_FILE, &ioc);
	if (err)
		return err;

	memset(&ours, 0, sizeof(ours));
	ours.state = ioc.state;
	ours.pin_id = ioc.pin_id;
	ours.can = ioc.can;
	memcpy(ours.kind, ioc.kind, sizeof(ours.kind));
	memcpy(ours.fs_type, ioc.fs_type, sizeof(ours.fs_type));
	memcpy(ours.reason, ioc.reason, sizeof(ours.reason));
	memcpy(ours.stamp, ioc.stamp, sizeof(ours.stamp));
	out_fill(info, &ours, sizeof(ours));
	return 0;
}

static bool look_args_valid(const char *path, struct bpfpin_file_info *info,
			    const struct bpfpin_path_opts *opts)
{
	return path && out_valid(info, offsetofend(struct bpfpin_file_info, stamp)) &&
	       path_opts_valid(opts, BPFPIN_OPT_PATH_FD | BPFPIN_OPT_NOFOLLOW);
}

int bpfpin__file(struct bpfpin *bpfpin, const char *path, struct bpfpin_file_info *info,
		 const struct bpfpin_path_opts *opts)
{
	if (!look_args_valid(path, info, opts))
		return ret_err(-EINVAL);
	return ret_err(look(bpfpin, path, info, opts, 0));
}

/*
 * The directory part of a path, the caller's to free.  Not dirname(3), which
 * takes "a/b/" for "a" as we do but writes into its argument or into static
 * storage.
 */
static char *parent_of(const char *path)
{
	size_t len = strlen(path);

	while (len && path[len - 1] == '/')
		len--;
	while (len && path[len - 1] != '/')
		len--;
	return len ? strndup(path, len) : strdup(".");
}

int bpfpin__explain(struct bpfpin *bpfpin, const char *path, struct bpfpin_file_info *info,
		    const struct bpfpin_path_opts *opts)
{
	char *parent;
	int err;

	if (!look_args_valid(path, info, opts))
		return ret_err(-EINVAL);
	err = look(bpfpin, path, info, opts, BPFPIN_FILE_NEW);
	/* A module that does not know that, or no file can be made there at all. */
	if (err)
		err = look(bpfpin, path, info, opts, 0);
	if (err != -ENOENT || !*path)
		return ret_err(err);
	parent = parent_of(path);
	if (!parent)
		return ret_err(-ENOMEM);
	err = look(bpfpin, parent, info, opts, 0);
	free(parent);
	return ret_err(err);
}

int bpfpin__unpin_path(struct bpfpin *bpfpin, const char *path, __u32 *id,
		       const struct bpfpin_path_opts *opts)
{
	struct bpfpin_ioc_unpin ioc = {
		.size = sizeof(ioc),
		.id = id ? *id : 0,
		.path_fd = path_opts_fd(opts),
		.path = (__u64)(unsigned long)path,
	};
	int err;

	if (!path || !path_opts_valid(opts, BPFPIN_OPT_PATH_FD))
		return ret_err(-EINVAL);
	err = bpfpin_request(bpfpin, BPFPIN_IOC_UNPIN, &ioc);
	if (!err && id)
		*id = ioc.id;
	return ret_err(err);
}

int bpfpin__unpin_id(struct bpfpin *bpfpin, __u32 id)
{
	struct bpfpin_ioc_unpin ioc = {
		.size = sizeof(ioc),
		.id = id,
		.path_fd = AT_FDCWD,
	};

	if (!id)
		return ret_err(-EINVAL);
	return ret_err(bpfpin_request(bpfpin, BPFPIN_IOC_UNPIN, &ioc));
}

int bpfpin__clean(struct bpfpin *bpfpin, const char *path,
		  const struct bpfpin_path_opts *opts)
{
	struct bpfpin_ioc_clean ioc = {
		.size = sizeof(ioc),
		.path_fd = path_opts_fd(opts),
		.path = (__u64)(unsigned long)path,
	};

	if (!path || !path_opts_valid(opts, BPFPIN_OPT_PATH_FD))
		return ret_err(-EINVAL);
	return ret_err(bpfpin_request(bpfpin, BPFPIN_IOC_CLEAN, &ioc));
}
