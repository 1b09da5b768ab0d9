/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_TOP_ROW_H
#define __BPFPIN_CMD_TOP_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include "top.h"

struct row {
	struct cgroup *cgroup;
	unsigned int depth;
	long double value;	/* in the column that is sorted by */
	char *path;		/* of a flat list; else NULL */
};

/* The cgroups that are shown, in the order in which they are. */
struct rows {
	struct row *list;
	size_t count, room;
	/* What is wanted: */
	size_t sort;		/* by this column, or NO_COLUMN: by name */
	bool reverse, flat;
	char filter[64];	/* a part of the name, or "" */
};

/* Make them of the tree as it is; pointers to those before are nothing any more. */
void rows_build(struct rows *rows, const struct top *top);
void rows_free(struct rows *rows);

/* Are the cgroups below it shown? */
bool rows_is_open(const struct rows *rows, const struct cgroup *cgroup);

#endif /* __BPFPIN_CMD_TOP_ROW_H */
