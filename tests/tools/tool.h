/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the programs of tests/tools have in common.  _GNU_SOURCE is defined by
 * whoever includes this.
 *
 * A system call that fails is told as "errno ENAME" on standard error and exit
 * code 3; anything else that is wrong is exit code 1.
 */
#ifndef BPFPIN_TESTS_TOOL_H
#define BPFPIN_TESTS_TOOL_H

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_ERRNO	3

static inline __attribute__((noreturn, format(printf, 1, 2)))
void die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fprintf(stderr, "%s: ", program_invocation_short_name);
	vfprintf(stderr, fmt, ap);
	fprintf(stderr, "\n");
	va_end(ap);
	exit(1);
}

static inline __attribute__((noreturn)) void die_errno(void)
{
	const char *name = strerrorname_np(errno);

	/* The kernel's own, which no header of user space has. */
	if (errno == 524)
		name = "ENOTSUPP";
	fprintf(stderr, "errno %s\n", name ?: "unknown");
	exit(EXIT_ERRNO);
}

/* The result of a system call, which has to be good. */
static inline long ok(long ret)
{
	if (ret < 0)
		die_errno();
	return ret;
}

/*
 * Goes on in a child that keeps everything open until it is killed.  Returns in
 * the parent with its process id.
 */
static inline pid_t hold(void)
{
	pid_t pid;

	fflush(stdout);
	pid = ok(fork());
	if (pid)
		return pid;
	close(STDIN_FILENO);
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	for (;;)
		pause();
}

#endif /* BPFPIN_TESTS_TOOL_H */
