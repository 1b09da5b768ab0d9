/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Calls, and how they failed: those errors that tell something have a count each, the
 * others one together.  A view that includes this says what a call is.
 */
#ifndef __VIEWS_ERRNO_BPF_H
#define __VIEWS_ERRNO_BPF_H

#include <linux/types.h>

/* ERESTART: all that end a call to be made again after a signal. */
#define ERRORS(e)							\
	e(EPERM, 1) e(ENOENT, 2) e(EINTR, 4) e(EAGAIN, 11)		\
	e(ENOMEM, 12) e(EACCES, 13) e(EEXIST, 17) e(ENOTDIR, 20)	\
	e(EINVAL, 22) e(ENFILE, 23) e(EMFILE, 24) e(ENOSPC, 28)		\
	e(ETIMEDOUT, 110) e(ERESTART, 512)

#define ERROR_INDEX(name, number)	ERROR_##name,
#define ERROR_CASE(name, number)	case number: return ERROR_##name;
#define ERROR_PRINT(name, number)	BPF_SEQ_PRINTF(seq, " " #name "=%llu", v->errors[ERROR_##name]);

enum {
	ERRORS(ERROR_INDEX)
	ERROR_OTHER,
	ERROR_KINDS
};

struct values {
	__u64 calls;
	__u64 failed;
	__u64 errors[ERROR_KINDS];
};

#include "view.bpf.h"

struct event {
	__u32 failed;
	__u32 error;		/* ERROR_* */
};

static __always_inline __u32 error_kind(long ret)
{
	long number = -ret;

	/* ERESTARTSYS, ERESTARTNOINTR, ERESTARTNOHAND, ERESTART_RESTARTBLOCK */
	if (number == 513 || number == 514 || number == 516)
		number = 512;
	switch (number) {
	ERRORS(ERROR_CASE)
	}
	return ERROR_OTHER;
}

static __always_inline void view_event(struct values *v, const struct event *event)
{
	__u32 error = event->error;

	view_add(&v->calls, 1);
	if (!event->failed)
		return;
	view_add(&v->failed, 1);
	barrier_var(error);
	if (error < ERROR_KINDS)
		view_add(&v->errors[error], 1);
}

static __always_inline void errno_count(struct cgroup *cgrp, long ret)
{
	struct event event = {
		.failed = ret < 0 && ret >= -4095,
		.error = error_kind(ret),
	};

	view_count(cgrp, &event);
}

static __always_inline void errno_print(struct seq_file *seq, const struct values *v)
{
	view_print(seq, "failed", v->failed);
	BPF_SEQ_PRINTF(seq, "errors");
	ERRORS(ERROR_PRINT)
	BPF_SEQ_PRINTF(seq, " other=%llu\n", v->errors[ERROR_OTHER]);
}

#endif /* __VIEWS_ERRNO_BPF_H */
