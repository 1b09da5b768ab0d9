// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin view plot: the histograms of a view, in a terminal */
#include <langinfo.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "histogram.h"
#include "interval.h"
#include "main.h"
#include "output.h"
#include "unit.h"
#include "view.h"
#include "view_text.h"

/* Of one line, as it was when we looked last. */
struct plot {
	char *key;
	enum unit unit;
	struct histogram *last;
	struct plot *next;
};

struct plots {
	const char *path;
	const char *key;	/* the one that is wanted, or NULL for all */
	const char *before;	/* printed before the first of each look */
	struct plot *first;
};

static struct plot *plot_of(struct plots *plots, const struct view_line *line)
{
	struct plot **at, *plot;

	for (at = &plots->first; *at; at = &(*at)->next)
		if (view_word_is(&line->key, (*at)->key))
			return *at;
	plot = check_memory(calloc(1, sizeof(*plot)));
	plot->key = view_word_copy(&line->key);
	plot->unit = unit_of(&line->key, NULL);
	*at = plot;
	return plot;
}

static void free_plots(struct plots *plots)
{
	struct plot *plot, *next;

	for (plot = plots->first; plot; plot = next) {
		next = plot->next;
		free(plot->last);
		free(plot->key);
		free(plot);
	}
}

/* ---- drawing */

static const char *bound_text(char buf[UNIT_TEXT], long double bound, enum unit unit, bool exact)
{
	const char *name = unit_name(unit);

	if (isinf(bound))
		snprintf(buf, UNIT_TEXT, bound < 0 ? "-inf" : "inf");
	else if (exact)
		snprintf(buf, UNIT_TEXT, "%.12Lg%s", bound, name ? name : "");
	else
		unit_text(buf, bound, unit);
	return buf;
}

/* Do the short forms tell the bounds of the rows apart? */
static bool bounds_differ(const struct histogram *histogram, enum unit unit)
{
	char a[UNIT_TEXT], b[UNIT_TEXT];
	size_t i;

	for (i = 0; i < histogram->count; i++)
		if (!strcmp(bound_text(a, histogram_from(histogram, i), unit, false),
			    bound_text(b, histogram->buckets[i].below, unit, false)))
			return false;
	return true;
}

static bool locale_is_utf8(void)
{
	return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

/* A bar of @size eighths of a column. */
static void print_bar(unsigned int size)
{
	static const char *const eighths[] = {
		"", "\u258f", "\u258e", "\u258d", "\u258c", "\u258b", "\u258a", "\u2589"
	};
	bool utf8 = locale_is_utf8();

	if (!utf8 && size < 8)
		putchar('.');
	for (; size >= 8; size -= 8)
		fputs(utf8 ? "\u2588" : "#", stdout);
	if (utf8)
		fputs(eighths[size], stdout);
}

/* The rows that are not empty, and all between. */
static void find_rows(const struct histogram *histogram, size_t *first, size_t *end)
{
	size_t i;

	*first = histogram->count;
	*end = 0;
	for (i = 0; i < histogram->count; i++) {
		if (!histogram->buckets[i].count)
			continue;
		if (*first > i)
			*first = i;
		*end = i + 1;
	}
}

static int max_int(int a, int b)
{
	return a > b ? a : b;
}

static void print_rows(const struct histogram *histogram, enum unit unit)
{
	bool exact = !bounds_differ(histogram, unit);
	int from_width = 0, to_width = 0, count_width = 0, room;
	char from[UNIT_TEXT], to[UNIT_TEXT];
	uint64_t most = 0;
	size_t i, first, end;

	find_rows(histogram, &first, &end);
	for (i = first; i < end; i++) {
		const struct bucket *bucket = &histogram->buckets[i];

		bound_text(from, histogram_from(histogram, i), unit, exact);
		bound_text(to, bucket->below, unit, exact);
		from_width = max_int(from_width, (int)strlen(from));
		to_width = max_int(to_width, (int)strlen(to));
		count_width = max_int(count_width, snprintf(NULL, 0, "%ju",
							     (uintmax_t)bucket->count));
		if (most < bucket->count)
			most = bucket->count;
	}
	room = output_width() - from_width - to_width - count_width - 9;
	for (i = first; i < end; i++) {
		const struct bucket *bucket = &histogram->buckets[i];

		printf("  %*s - %*s  %*ju", from_width,
		       bound_text(from, histogram_from(histogram, i), unit, exact), to_width,
		       bound_text(to, bucket->below, unit, exact), count_width,
		       (uintmax_t)bucket->count);
		/* What is there at all can be seen. */
		if (bucket->count && room > 0) {
			fputs("  ", stdout);
			print_bar((unsigned int)fmaxl(1, roundl(8.0L * room * bucket->count /
								most)));
		}
		putchar('\n');
	}
}

static void print_plot(const struct plot *plot, const struct histogram *histogram)
{
	char p50[UNIT_TEXT], p90[UNIT_TEXT], p99[UNIT_TEXT];

	print_line("%s", plot->key);
	print_rows(histogram, plot->unit);
	printf("  total %.0Lf  p50 %s  p90 %s  p99 %s\n", histogram_total(histogram),
	       histogram_quantile_text(p50, histogram, 0.5L, plot->unit),
	       histogram_quantile_text(p90, histogram, 0.9L, plot->unit),
	       histogram_quantile_text(p99, histogram, 0.99L, plot->unit));
}

static struct json_object *plot_json(const struct plot *plot, const struct histogram *histogram)
{
	static const struct {
		const char *name;
		long double part;
	} quantiles[] = { { "p50", 0.5L }, { "p90", 0.9L }, { "p99", 0.99L } };
	struct json_object *object = json_object_new_object();
	long double total = histogram_total(histogram);
	char *digits = text("%.0Lf", total);
	size_t i;

	json_add_string(object, "key", plot->key);
	json_add_string(object, "unit", unit_name(plot->unit));
	/* All counts together may be more than 64 bits. */
	json_object_object_add(object, "total", json_object_new_double_s((double)total, digits));
	free(digits);
	for (i = 0; i < array_size(quantiles); i++) {
		bool open;
		long double value = histogram_quantile(histogram, quantiles[i].part, &open);

		json_object_object_add(object, quantiles[i].name, isnan(value) ? NULL :
				       json_object_new_double((double)value));
	}
	return object;
}

/* ---- looking */

static void plot_line(struct plots *plots, const struct view_line *line, struct json_object *list)
{
	struct plot *plot = plot_of(plots, line);
	struct histogram *now = histogram_new(line), *since = NULL;

	if (plot->last)
		since = histogram_since(now, plot->last);
	if (list)
		json_object_array_add(list, plot_json(plot, since ? since : now));
	else
		print_plot(plot, since ? since : now);
	free(since);
	free(plot->last);
	plot->last = now;
}

static int plot_text(struct plots *plots, const struct view_text *text)
{
	struct json_object *list = options.json ? json_object_new_array() : NULL;
	const struct view_line *line;
	size_t i, count = 0;

	for (i = 0; i < text->line_count; i++) {
		line = &text->lines[i];
		if (line->kind != VIEW_HISTOGRAM ||
		    (plots->key && !view_word_is(&line->key, plots->key)) ||
		    view_text_find(text, &line->key) != line)
			continue;
		if (!list)
			fputs(count ? "\n" : plots->before, stdout);
		count++;
		plot_line(plots, line, list);
	}
	if (count && list)
		json_print(json_object_get(list));
	json_object_put(list);
	if (count)
		return EXIT_SUCCESS;
	if (plots->key)
		return fail("there is no histogram \"%s\" in %s", plots->key, plots->path);
	return fail("there is no histogram in %s", plots->path);
}

static int look(struct plots *plots)
{
	struct view_text text;
	int err = view_text_read(plots->path, &text, NULL);

	if (err)
		err = fail("cannot read %s: %s", plots->path, strerror(-err));
	else
		err = plot_text(plots, &text);
	view_text_free(&text);
	return err;
}

/* What came since the last time, each time; what the first look shows is all. */
static int follow(struct plots *plots, const struct interval *interval)
{
	unsigned int round;
	int err = EXIT_SUCCESS;

	for (round = 0; !err && (!interval->limited || round < interval->count); round++) {
		if (round && !interval_wait(interval))
			return EXIT_FAILURE;
		plots->before = isatty(STDOUT_FILENO) ? "\033[H\033[2J" : round ? "\n" : "";
		err = look(plots);
	}
	return err;
}

int view_plot(int argc, char **argv)
{
	struct interval interval = { 0 };
	struct plots plots = { .before = "" };
	int err;

	if (!argc)
		return fail_usage("the view is missing");
	if (argc > 2)
		return fail_usage("unexpected argument \"%s\"", argv[2]);
	plots.path = argv[0];
	plots.key = argc > 1 ? argv[1] : NULL;
	if (options.given & TAKES_COUNT && !(options.given & TAKES_INTERVAL))
		return fail_usage("--count is for --interval");
	if (interval_parse(&interval))
		return EXIT_FAILURE;
	err = options.given & TAKES_INTERVAL ? follow(&plots, &interval) : look(&plots);
	free_plots(&plots);
	return err;
}
