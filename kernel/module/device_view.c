// SPDX-License-Identifier: GPL-2.0-only
/*
 * The requests on views.
 */

#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/uidgid.h>

#include "../core/view.h"
#include "../core/view_add.h"
#include "device.h"

#define KNOWN_FLAGS	(BPFPIN_VIEW_INHERIT | BPFPIN_VIEW_REPLACE)
/* Who opens it for writing is refused, but BPF_OBJ_GET asks for it. */
#define KNOWN_MODE	0666

static int get_opts(const struct bpfpin_ioc_view *view,
		    struct bpf_view_opts *opts)
{
	opts->mode = view->mode;
	opts->inherit = view->flags & BPFPIN_VIEW_INHERIT;
	opts->uid = current_fsuid();
	opts->gid = current_fsgid();
	if (view->uid != BPFPIN_VIEW_CALLER)
		opts->uid = make_kuid(current_user_ns(), view->uid);
	if (view->gid != BPFPIN_VIEW_CALLER)
		opts->gid = make_kgid(current_user_ns(), view->gid);

	if (view->mode & ~KNOWN_MODE || !uid_valid(opts->uid) ||
	    !gid_valid(opts->gid))
		return -EINVAL;
	return 0;
}

int bpfpin_device_view(struct file *device, union bpfpin_request *request)
{
	struct bpfpin_ioc_view *view = &request->view;
	const char __user *path = u64_to_user_ptr(view->path);
	struct bpf_view_opts opts;
	int ret;

	if (view->flags & ~KNOWN_FLAGS)
		return -EINVAL;
	if (view->flags & BPFPIN_VIEW_REPLACE &&
	    (view->flags & BPFPIN_VIEW_INHERIT || view->mode || view->uid ||
	     view->gid))
		return -EINVAL;

	if (view->flags & BPFPIN_VIEW_REPLACE)
		return bpf_view_replace(view->prog_fd, view->path_fd, path,
					&view->id);
	ret = get_opts(view, &opts);
	if (ret)
		return ret;
	return bpf_view_add(view->prog_fd, view->path_fd, path, &opts,
			    &view->id);
}
