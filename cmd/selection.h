/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_SELECTION_H
#define __BPFPIN_CMD_SELECTION_H

#include <stdbool.h>
#include <linux/types.h>

/* Which pins or ties a command is for: --all, "id N", or else what follows. */
struct selection {
	bool all;
	bool by_id;
	__u32 id;
};

/*
 * What the arguments select; @doing is the command and @noun what it selects, for
 * messages.  0, or -1 and said why.  If neither @all nor @by_id is set there is at
 * least one argument, and the caller's to look at.
 */
int selection_parse(const char *doing, const char *noun, int argc, char **argv,
		    struct selection *selection);

#endif /* __BPFPIN_CMD_SELECTION_H */
