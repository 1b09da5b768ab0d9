// SPDX-License-Identifier: GPL-2.0-only
/*
 * openfiles: files that were opened by name, and how that failed.  Not closes: a
 * file may be closed, the last of its descriptors, by somebody of another cgroup.
 */
#include "errno.bpf.h"

/* open(2), creat(2), openat(2), openat2(2) and their 32-bit kin all come by here. */
SEC("fexit/do_sys_openat2")
int BPF_PROG(openfiles_open, int dfd, const char *filename, void *how, long ret)
{
	struct cgroup *cgrp = task_cgroup(bpf_get_current_task_btf());

	if (view_covers(cgrp))
		errno_count(cgrp, ret);
	return 0;
}

VIEW(openfiles)
{
	view_print(seq, "opens", v->calls);
	errno_print(seq, v);
}
