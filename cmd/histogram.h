/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_HISTOGRAM_H
#define __BPFPIN_CMD_HISTOGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "unit.h"
#include "view_text.h"

struct bucket {
	long double below;	/* INFINITY in the last */
	uint64_t count;
};

struct histogram {
	size_t count;		/* of buckets, at least 1 */
	struct bucket buckets[];
};

/* Of a line that is one; from malloc(3). */
struct histogram *histogram_new(const struct view_line *line);

/*
 * What came in between, from malloc(3); NULL if @before is not from before: it has
 * other bounds, or counted more.
 */
struct histogram *histogram_since(const struct histogram *now, const struct histogram *before);

/* Where a bucket begins; -INFINITY if nothing says that the values are not negative. */
long double histogram_from(const struct histogram *histogram, size_t bucket);

long double histogram_total(const struct histogram *histogram);

/*
 * Below which the part @part of all values lies, as if those of a bucket were spread
 * evenly; if they are in a bucket without an end, the other end of that, and @open.
 * NAN if there are none.
 */
long double histogram_quantile(const struct histogram *histogram, long double part, bool *open);

/* The same for people, "~12us" or ">1s", or "-" for none. */
const char *histogram_quantile_text(char buf[UNIT_TEXT], const struct histogram *histogram,
				    long double part, enum unit unit);

#endif /* __BPFPIN_CMD_HISTOGRAM_H */
