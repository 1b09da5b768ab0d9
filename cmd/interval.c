// SPDX-License-Identifier: GPL-2.0-only
/* Doing something again and again. */
#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "interval.h"
#include "main.h"
#include "object.h"
#include "output.h"

/* Poll(2) counts milliseconds in an int, and nobody waits longer than a day. */
#define LEAST_SECONDS 0.01
#define MOST_SECONDS 86400

bool interval_valid(const char *word, double *seconds)
{
	char *end;

	/* strtod(3) would take blanks, and "inf" */
	if ((*word < '0' || *word > '9') && *word != '.')
		return false;
	*seconds = strtod(word, &end);
	return !*end && *seconds >= LEAST_SECONDS && *seconds <= MOST_SECONDS;
}

int interval_parse(struct interval *interval)
{
	if (options.given & TAKES_INTERVAL && !interval_valid(options.interval, &interval->seconds)) {
		fail_usage("\"%s\" is not a number of seconds from 0.01 to 86400",
			   options.interval);
		return -1;
	}
	interval->limited = options.given & TAKES_COUNT;
	if (interval->limited && (!parse_id(options.count, &interval->count) || !interval->count)) {
		fail_usage("\"%s\" is not a number of times", options.count);
		return -1;
	}
	return 0;
}

double monotonic(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

bool interval_wait(const struct interval *interval)
{
	/* Told is only an error: that of a pipe without readers. */
	struct pollfd out = { .fd = STDOUT_FILENO };
	double until = monotonic() + interval->seconds, left;

	if (fflush(stdout) || ferror(stdout))
		return false;
	while ((left = until - monotonic()) > 0)
		if (poll(&out, 1, (int)ceil(left * 1000)) > 0 && out.revents & POLLERR)
			return false;
	return true;
}
