// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/* Views: making one, and giving one another program. */
#include <fcntl.h>
#include "internal.h"

static int request(struct bpfpin *bpfpin, struct bpfpin_ioc_view *ioc, int prog_fd,
		   const char *path, __u32 *id)
{
	int err;

	ioc->size = sizeof(*ioc);
	ioc->prog_fd = prog_fd;
	ioc->path_fd = AT_FDCWD;
	ioc->path = (__u64)(unsigned long)path;
	err = bpfpin_request(bpfpin, BPFPIN_IOC_VIEW, ioc);
	if (!err && id)
		*id = ioc->id;
	return ret_err(err);
}

int bpfpin__view_add(struct bpfpin *bpfpin, int prog_fd, const char *path,
		     const struct bpfpin_view_opts *opts, __u32 *id)
{
	const __u32 known = BPFPIN_VIEW_OPT_INHERIT | BPFPIN_VIEW_OPT_MODE |
			    BPFPIN_VIEW_OPT_UID | BPFPIN_VIEW_OPT_GID;
	struct bpfpin_ioc_view ioc = { 0 };
	__u32 flags;

	if (!path || !OPTS_VALID(opts, bpfpin_view_opts))
		return ret_err(-EINVAL);
	flags = OPTS_GET(opts, flags, 0);
	if (flags & ~known)
		return ret_err(-EINVAL);
	ioc.flags = flags & BPFPIN_VIEW_OPT_INHERIT ? BPFPIN_VIEW_INHERIT : 0;
	ioc.mode = flags & BPFPIN_VIEW_OPT_MODE ? OPTS_GET(opts, mode, 0) : 0444;
	ioc.uid = flags & BPFPIN_VIEW_OPT_UID ? OPTS_GET(opts, uid, 0) : BPFPIN_VIEW_CALLER;
	ioc.gid = flags & BPFPIN_VIEW_OPT_GID ? OPTS_GET(opts, gid, 0) : BPFPIN_VIEW_CALLER;
	return request(bpfpin, &ioc, prog_fd, path, id);
}

int bpfpin__view_replace(struct bpfpin *bpfpin, int prog_fd, const char *path, __u32 *id)
{
	struct bpfpin_ioc_view ioc = { .flags = BPFPIN_VIEW_REPLACE };

	if (!path)
		return ret_err(-EINVAL);
	return request(bpfpin, &ioc, prog_fd, path, id);
}
