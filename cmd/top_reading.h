/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_TOP_READING_H
#define __BPFPIN_CMD_TOP_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include "histogram.h"
#include "top_column.h"

/* When a cgroup's file was read last, and the time before that. */
struct reading {
	unsigned int round;
	ino_t ino;
	int error;
	double when, before;	/* 0 for never */
};

/* What it had for a column. */
struct cell {
	enum { CELL_NONE, CELL_NUMBER, CELL_WORD, CELL_HISTOGRAM } kind, kind_before;
	long double number, number_before;
	struct histogram *histogram, *histogram_before;
	char *word;
	bool shrank;
};

/* The data of a cgroup: by file, and by column. */
struct readings {
	struct reading *files;
	size_t file_count;
	struct cell *cells;
	size_t cell_count;
};

/* Read the file @file, which is at @path, for all its columns; 0 or -errno. */
int readings_read(struct readings **readings, struct columns *columns, const char *path,
		  size_t file, unsigned int round);
void readings_free(void *readings);

/*
 * The number a cgroup has for a column: NAN if there is none, and in @open if it is only
 * known to be more.
 */
long double reading_value(const struct columns *columns, size_t column,
			  const struct readings *readings, bool totals, bool *open);
/*
 * The same for people: "" if the cgroup has no such value, "-" if it could not be read,
 * or not often enough.  What a terminal would obey is not in it.
 */
#define READING_TEXT 40
const char *reading_text(char buf[READING_TEXT], const struct columns *columns, size_t column,
			 const struct readings *readings, bool totals);

#endif /* __BPFPIN_CMD_TOP_READING_H */
