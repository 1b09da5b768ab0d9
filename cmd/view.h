/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_VIEW_H
#define __BPFPIN_CMD_VIEW_H

/* The commands of "bpfpin view", without "view" and their name; exit codes. */
int view_show(int argc, char **argv);
int view_plot(int argc, char **argv);

#endif /* __BPFPIN_CMD_VIEW_H */
