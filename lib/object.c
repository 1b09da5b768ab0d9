// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/*
 * bpf(2) BPF_OBJ_PIN and BPF_OBJ_GET.
 *
 * Straight to the system call instead of through libbpf, whose bpf_obj_pin()
 * and bpf_obj_get() have no path_fd in the releases that distributions carry:
 * one path for both cases, and a library without a dependency.
 */
#include <unistd.h>
#include <sys/syscall.h>
#include <linux/bpf.h>
#include "internal.h"

/* Of union bpf_attr, the part for BPF_OBJ_*; Linux 6.5 added path_fd. */
struct obj_attr {
	__aligned_u64 pathname;
	__u32 bpf_fd;
	__u32 file_flags;
	__s32 path_fd;
	__u32 pad;
};

static int bpf_obj(int cmd, const char *path, int fd, __u32 file_flags, int path_fd)
{
	struct obj_attr attr = {
		.pathname = (__u64)(unsigned long)path,
		.bpf_fd = (__u32)fd,
		.file_flags = file_flags,
		.path_fd = path_fd,
	};
	/* An older kernel need not even be told of what is not used. */
	size_t size = file_flags & BPFPIN_F_PATH_FD ? offsetofend(struct obj_attr, path_fd)
						    : offsetofend(struct obj_attr, file_flags);
	long ret = syscall(__NR_bpf, cmd, &attr, size);

	return ret < 0 ? -errno : (int)ret;
}

int bpfpin_pin(int obj_fd, const char *path, const struct bpfpin_pin_opts *opts)
{
	__u32 flags;

	if (!path || !OPTS_VALID(opts, bpfpin_pin_opts))
		return ret_err(-EINVAL);
	flags = OPTS_GET(opts, file_flags, 0);
	if (flags & ~BPFPIN_F_PATH_FD)
		return ret_err(-EINVAL);
	return ret_err(bpf_obj(BPF_OBJ_PIN, path, obj_fd, flags,
			       flags & BPFPIN_F_PATH_FD ? OPTS_GET(opts, path_fd, 0) : 0));
}

int bpfpin_get(const char *path, const struct bpfpin_get_opts *opts)
{
	__u32 flags;

	if (!path || !OPTS_VALID(opts, bpfpin_get_opts))
		return ret_err(-EINVAL);
	flags = OPTS_GET(opts, file_flags, 0);
	return ret_err(bpf_obj(BPF_OBJ_GET, path, 0, flags,
			       flags & BPFPIN_F_PATH_FD ? OPTS_GET(opts, path_fd, 0) : 0));
}

const char *bpfpin_object_type_str(enum bpfpin_object_type type)
{
	switch (type) {
	case BPFPIN_OBJECT_PROG:
		return "prog";
	case BPFPIN_OBJECT_MAP:
		return "map";
	case BPFPIN_OBJECT_LINK:
		return "link";
	default:
		return NULL;
	}
}
