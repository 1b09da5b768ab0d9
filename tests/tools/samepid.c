// SPDX-License-Identifier: GPL-2.0-only
/*
 * samepid PID FILE...: one process after the other has this id, each with the next of
 * the files as its descriptor 5.  Each lives a fifth of a second; there is none for as long
 * as it takes to make the next.  Does so until it is killed.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "tool.h"

#define LIFE_US		200000

static void live(const char *path)
{
	ok(prctl(PR_SET_PDEATHSIG, SIGKILL));
	/* So that 5 is nothing, or this: never another. */
	ok(close_range(3, ~0u, 0));
	ok(dup2(ok(open(path, O_RDONLY)), 5));
	for (;;)
		pause();
}

int main(int argc, char **argv)
{
	pid_t pid = argc > 2 ? atoi(argv[1]) : 0;

	if (pid <= 0)
		die("a process id and files are missing");
	for (int i = 2;; i = i + 1 < argc ? i + 1 : 2) {
		struct clone_args args = {
			.exit_signal = SIGCHLD,
			.set_tid = (unsigned long)&pid,
			.set_tid_size = 1,
		};

		if (!ok(syscall(SYS_clone3, &args, sizeof(args))))
			live(argv[i]);
		usleep(LIFE_US);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
}
