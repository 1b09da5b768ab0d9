/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_VIEW_H
#define __BPFPIN_CMD_VIEW_H

#include "libbpfpin.h"

/* The commands of "bpfpin view", without "view" and their name; exit codes. */
int view_add(int argc, char **argv);
int view_install(int argc, char **argv);
int view_replace(int argc, char **argv);
int view_list(int argc, char **argv);
int view_remove(int argc, char **argv);
int view_show(int argc, char **argv);
int view_plot(int argc, char **argv);

/*
 * "[inherit] [mode MODE] [owner UID:GID]", in any order and up to the end of the
 * arguments; -1 and said why if it is anything else.
 */
int view_opts_parse(int argc, char **argv, struct bpfpin_view_opts *opts);

/* Make a view, and say if that was not possible; returns the exit code. */
int view_make(struct bpfpin *module, int prog_fd, const char *path,
	      const struct bpfpin_view_opts *opts, __u32 *id);

/* The same exit code for whoever made or changed one, and what to print. */
void view_print(const char *path, __u32 id, __u32 prog_id);

#endif /* __BPFPIN_CMD_VIEW_H */
