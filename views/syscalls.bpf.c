// SPDX-License-Identifier: GPL-2.0-only
/* syscalls: system calls that returned, and how they failed. */
#include "errno.bpf.h"

SEC("tp_btf/sys_exit")
int BPF_PROG(syscalls_exit, struct pt_regs *regs, long ret)
{
	struct cgroup *cgrp = task_cgroup(bpf_get_current_task_btf());

	if (!view_covers(cgrp))
		return 0;
	/* rt_sigreturn(2) returns what was in the register when the signal came. */
	if ((long)regs->orig_ax < 0)
		ret = 0;
	errno_count(cgrp, ret);
	return 0;
}

VIEW(syscalls)
{
	view_print(seq, "calls", v->calls);
	errno_print(seq, v);
}
