/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_VIEW_H
#define __BPFPIN_CMD_VIEW_H

/* The subcommands of "view", without their names; the exit code. */
int view_install(int argc, char **argv);

#endif /* __BPFPIN_CMD_VIEW_H */
