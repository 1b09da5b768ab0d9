/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_TOP_COLUMN_H
#define __BPFPIN_CMD_TOP_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include "unit.h"

/* What of a value is shown. */
enum column_show {
	SHOW_AUTO,		/* the rate, if it only grows */
	SHOW_RATE,
	SHOW_VALUE,
	SHOW_P50,
	SHOW_P90,
	SHOW_P99,
};

struct column {
	char *name;		/* NAME.KEY, or NAME.KEY.SUB */
	char *key;		/* KEY, or KEY.SUB */
	size_t key_len;		/* without the unit */
	size_t file;		/* which view */
	enum unit unit;
	enum column_show show;
	bool histogram;
	bool gauge;		/* no counter: it shrinks, or its name says so */
};

/* A view that columns are of, or may be. */
struct column_file {
	char *name;		/* of the file */
	char *sample;		/* a directory that has it */
	bool known;		/* its keys have been looked at */
};

struct columns {
	struct column *list;
	size_t count;
	struct column_file *files;
	size_t file_count;
	bool cut;		/* there are more than we look at */
};

/* Remember a view that was seen in a directory. */
void columns_saw_view(struct columns *columns, const char *directory, const char *name);
/* Is it a list "NAME.KEY[:rate|value|p50|p90|p99],..."?  0, or -1 and said why. */
int columns_check(const char *spec);
/*
 * Make the columns of such a list: of the views that were seen, the one with the longest
 * name that fits is meant.
 */
void columns_choose(struct columns *columns, const char *spec);
/* The name of a view that columns are of and that was never seen, or NULL. */
const char *columns_missing(const struct columns *columns);
/* Add those of views that were not known before: the first key of each comes first. */
void columns_find(struct columns *columns);
void columns_free(struct columns *columns);

/* Is there a rate in this column? */
bool column_is_rate(const struct column *column, bool totals);
/* "p99" of a histogram, "/s" of a rate, or "". */
const char *column_suffix(const struct column *column, bool totals);

/* Of a histogram: the part of all values that is below the one that is shown. */
long double column_part(const struct column *column);

#endif /* __BPFPIN_CMD_TOP_COLUMN_H */
