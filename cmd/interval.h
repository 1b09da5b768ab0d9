/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_INTERVAL_H
#define __BPFPIN_CMD_INTERVAL_H

#include <stdbool.h>
#include <linux/types.h>

/* --interval SECONDS and --count N: how often something is done again. */
struct interval {
	double seconds;
	bool limited;		/* to: */
	__u32 count;
};

/* From the options; what was not given stays as it is.  0, or -1 and said why. */
int interval_parse(struct interval *interval);

/* A number of seconds that makes sense; else false. */
bool interval_valid(const char *word, double *seconds);

/*
 * Write out what was printed, and wait; false if nobody reads it any more, and main()
 * says so.
 */
bool interval_wait(const struct interval *interval);

/* CLOCK_MONOTONIC, in seconds. */
double monotonic(void);

#endif /* __BPFPIN_CMD_INTERVAL_H */
