// SPDX-License-Identifier: GPL-2.0-only
/* Histograms of views: differences and quantiles. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "histogram.h"
#include "output.h"

static struct histogram *alloc_buckets(size_t count)
{
	struct histogram *histogram = check_memory(malloc(sizeof(*histogram) +
							  count * sizeof(struct bucket)));

	histogram->count = count;
	return histogram;
}

struct histogram *histogram_new(const struct view_line *line)
{
	struct histogram *histogram = alloc_buckets(line->pair_count);
	long double number;
	size_t i;

	for (i = 0; i < histogram->count; i++) {
		struct bucket *bucket = &histogram->buckets[i];

		if (!view_word_number(&line->pairs[i].key, &bucket->below))
			bucket->below = INFINITY;
		view_word_number(&line->pairs[i].value, &number);
		bucket->count = (uint64_t)number;
	}
	return histogram;
}

struct histogram *histogram_since(const struct histogram *now, const struct histogram *before)
{
	struct histogram *since;
	size_t i;

	if (now->count != before->count)
		return NULL;
	for (i = 0; i < now->count; i++)
		if (now->buckets[i].below != before->buckets[i].below ||
		    now->buckets[i].count < before->buckets[i].count)
			return NULL;
	since = alloc_buckets(now->count);
	for (i = 0; i < now->count; i++)
		since->buckets[i] = (struct bucket) {
			.below = now->buckets[i].below,
			.count = now->buckets[i].count - before->buckets[i].count,
		};
	return since;
}

long double histogram_from(const struct histogram *histogram, size_t bucket)
{
	if (bucket)
		return histogram->buckets[bucket - 1].below;
	return histogram->buckets[0].below > 0 ? 0 : -INFINITY;
}

long double histogram_total(const struct histogram *histogram)
{
	long double total = 0;
	size_t i;

	for (i = 0; i < histogram->count; i++)
		total += histogram->buckets[i].count;
	return total;
}

long double histogram_quantile(const struct histogram *histogram, long double part, bool *open)
{
	long double rank = histogram_total(histogram) * part;
	size_t i;

	*open = false;
	for (i = 0; i < histogram->count; i++) {
		const struct bucket *bucket = &histogram->buckets[i];
		long double from = histogram_from(histogram, i);

		if (!bucket->count)
			continue;
		if (rank > bucket->count) {
			rank -= bucket->count;
			continue;
		}
		if (isinf(from))
			return bucket->below;
		*open = isinf(bucket->below);
		if (*open)
			return from;
		return from + (bucket->below - from) * rank / bucket->count;
	}
	return NAN;
}

const char *histogram_quantile_text(char buf[UNIT_TEXT], const struct histogram *histogram,
				    long double part, enum unit unit)
{
	char number[UNIT_TEXT];
	bool open;
	long double quantile = histogram_quantile(histogram, part, &open);

	if (isnan(quantile))
		snprintf(buf, UNIT_TEXT, "-");
	else
		snprintf(buf, UNIT_TEXT, "%s%.*s", open ? ">" : "~", UNIT_TEXT - 2,
			 unit_text(number, quantile, unit));
	return buf;
}
