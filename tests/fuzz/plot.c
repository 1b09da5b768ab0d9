// SPDX-License-Identifier: GPL-2.0-only
/*
 * Histograms, and what came between two.  The input is two texts of a view with a zero
 * byte between.
 * runs: 20000
 */
#include <math.h>
#include <stdlib.h>
#include "fuzz.h"
#include "histogram.h"
#include "view_text.h"

static void check_quantile(const struct histogram *histogram, long double part, enum unit unit)
{
	long double quantile, last = -INFINITY;
	char buf[UNIT_TEXT];
	bool open;
	size_t i;

	histogram_quantile_text(buf, histogram, part, unit);
	quantile = histogram_quantile(histogram, part, &open);
	require(isnan(quantile) == (histogram_total(histogram) == 0));
	if (isnan(quantile))
		return;
	/* It is in a bucket that has something, or at the end of one that has no other. */
	for (i = 0; i < histogram->count; i++) {
		last = histogram_from(histogram, i);
		if (histogram->buckets[i].count && quantile >= last &&
		    quantile <= histogram->buckets[i].below)
			return;
	}
	require(!"the quantile is in a bucket");
}

static void check_histogram(const struct view_line *line, const struct view_text *before)
{
	struct histogram *now = histogram_new(line), *then, *since;
	const struct view_line *old = view_text_find(before, &line->key);
	enum unit unit = unit_of(&line->key, NULL);

	check_quantile(now, 0.5L, unit);
	check_quantile(now, 0.99L, unit);
	if (old && old->kind == VIEW_HISTOGRAM) {
		then = histogram_new(old);
		since = histogram_since(now, then);
		if (since)
			check_quantile(since, 0.9L, unit);
		free(since);
		free(then);
	}
	free(now);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char *const plain[] = { "view", "plot", "/v", "-i", "1", "-c", "2", NULL };
	static const char *const json[] = { "view", "plot", "/v", "-i", "1", "-c", "2", "-j", NULL };
	struct input input = { bytes, size }, first = take_until(&input, '\0');
	struct view_text before, now;
	size_t i;

	fake_kernel_reset();
	fake_kernel.files[0] = first;
	fake_kernel.files[1] = input;
	require(!view_text_read("/v", &before, NULL) && !view_text_read("/v", &now, NULL));
	for (i = 0; i < now.line_count; i++)
		if (now.lines[i].kind == VIEW_HISTOGRAM)
			check_histogram(&now.lines[i], &before);
	view_text_free(&before);
	view_text_free(&now);
	fake_kernel.opened = 0;
	run_command(plain);
	fake_kernel.opened = 0;
	run_command(json);
	return 0;
}
