/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_TOP_H
#define __BPFPIN_CMD_TOP_H

#include <stddef.h>
#include "cgroup_tree.h"
#include "interval.h"
#include "top_reading.h"

/* What screen and batch share: the tree, the columns, and reading. */
struct top {
	struct cgroup_tree tree;
	struct columns columns;
	struct interval interval;
	const char *spec;	/* of the columns that were asked for, or NULL */
	bool totals;
	/* In this round: */
	bool scanned;
	size_t errors;		/* how much could not be read */
	char *error;		/* an example */
};

#define NO_COLUMN ((size_t)-1)

/* Begin to look again, and at what else there may be. */
void top_again(struct top *top);
/* Look which cgroups and views there are; false if it was not done at @until. */
bool top_scan(struct top *top, double until);
/* Read for all cgroups what one column needs, or NO_COLUMN for all of them; the same. */
bool top_read_all(struct top *top, size_t column, double until);
/* Read for one cgroup what a column needs, if that was not done in this round. */
void top_read(struct top *top, struct cgroup *cgroup, size_t column);

/* They return the exit code. */
int top_batch(struct top *top);
int top_screen(struct top *top);

#endif /* __BPFPIN_CMD_TOP_H */
