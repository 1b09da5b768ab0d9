// SPDX-License-Identifier: GPL-2.0-only
/* The columns of top: which there are, and what of a value they show. */
#include <stdlib.h>
#include <string.h>
#include "main.h"
#include "output.h"
#include "top_column.h"

/* Of those that were not asked for.  A program can write a million keys. */
#define MAX_FOUND 32
#define MAX_FILES 64
#define MAX_CHOSEN 64

static const struct {
	const char *name;
	enum column_show show;
	long double part;	/* of a quantile */
} shows[] = {
	{ "rate",	SHOW_RATE,	0 },
	{ "value",	SHOW_VALUE,	0 },
	{ "p50",	SHOW_P50,	0.5L },
	{ "p90",	SHOW_P90,	0.9L },
	{ "p99",	SHOW_P99,	0.99L },
};

/* Parts of keys of which a rate makes no sense, whether they have shrunk or not. */
static const char *const no_counters[] = {
	"avg", "current", "highest", "largest", "limit", "longest", "lowest", "max", "min", "peak",
};

/* ---- views */

static size_t find_file(const struct columns *columns, const char *name)
{
	size_t i;

	for (i = 0; i < columns->file_count; i++)
		if (!strcmp(columns->files[i].name, name))
			break;
	return i;
}

static size_t add_file(struct columns *columns, const char *name)
{
	size_t file = find_file(columns, name);

	if (file < columns->file_count)
		return file;
	columns->files = check_memory(realloc(columns->files, (columns->file_count + 1) *
					      sizeof(*columns->files)));
	columns->files[columns->file_count++] = (struct column_file) { .name = text("%s", name) };
	return file;
}

void columns_saw_view(struct columns *columns, const char *directory, const char *name)
{
	size_t file = find_file(columns, name);

	if (file == columns->file_count) {
		if (file >= MAX_FILES) {
			columns->cut = true;
			return;
		}
		add_file(columns, name);
	}
	/* What could not be read there may be read here. */
	if (columns->files[file].known)
		return;
	free(columns->files[file].sample);
	columns->files[file].sample = text("%s", directory);
}

/* As it is spoken of: "bpf." goes without saying. */
static const char *short_name(const char *name)
{
	return !strncmp(name, "bpf.", 4) && name[4] ? name + 4 : name;
}

/* ---- which columns */

static bool begins_with_any(const char *part, size_t len)
{
	size_t i, j;

	for (i = 0; i < array_size(no_counters); i++) {
		size_t word_len = strlen(no_counters[i]);

		if (len < word_len || strncmp(part, no_counters[i], word_len))
			continue;
		/* avg10 */
		for (j = word_len; j < len && part[j] >= '0' && part[j] <= '9'; j++)
			;
		if (j == len)
			return true;
	}
	return false;
}

static bool sounds_like_no_counter(const char *key)
{
	size_t len;

	for (; *key; key += len + (key[len] != '\0')) {
		len = strcspn(key, "_.");
		if (begins_with_any(key, len))
			return true;
	}
	return false;
}

static struct column *add_column(struct columns *columns, size_t file, const char *key)
{
	const struct view_word word = { key, strlen(key) };
	struct column *column;

	columns->list = check_memory(realloc(columns->list, (columns->count + 1) *
					     sizeof(*columns->list)));
	column = &columns->list[columns->count++];
	*column = (struct column) {
		.name = text("%s.%s", short_name(columns->files[file].name), key),
		.key = text("%s", key),
		.file = file,
		.gauge = sounds_like_no_counter(key),
	};
	column->unit = unit_of(&word, &column->key_len);
	return column;
}

/* How much of "NAME.KEY" is the name, if it is that of this view; else 0. */
static size_t name_fits(const char *spec, const char *name)
{
	size_t len = strlen(name);

	return !strncmp(spec, name, len) && spec[len] == '.' && spec[len + 1] ? len : 0;
}

static void choose_one(struct columns *columns, const char *spec, enum column_show show)
{
	size_t i, len, longest = 0, file = 0;
	char *name;

	for (i = 0; i < columns->file_count; i++) {
		len = name_fits(spec, columns->files[i].name);
		if (!len)
			len = name_fits(spec, short_name(columns->files[i].name));
		if (len > longest) {
			longest = len;
			file = i;
		}
	}
	/* One that is not there yet. */
	if (!longest) {
		spec = short_name(spec);
		longest = strcspn(spec, ".");
		name = text("bpf.%.*s", (int)longest, spec);
		file = add_file(columns, name);
		free(name);
	}
	add_column(columns, file, spec + longest + 1)->show = show;
}

/* Cut off ":p99" and the like. */
static enum column_show take_show(char *spec)
{
	char *colon = strrchr(spec, ':');
	size_t i;

	for (i = 0; colon && i < array_size(shows); i++) {
		if (strcmp(colon + 1, shows[i].name))
			continue;
		*colon = '\0';
		return shows[i].show;
	}
	return SHOW_AUTO;
}

static bool spec_valid(const char *spec)
{
	const char *dot = strchr(short_name(spec), '.');

	return dot && dot != short_name(spec) && dot[1];
}

/* Go through the list; with @columns, make them. */
static int choose(struct columns *columns, const char *list)
{
	char *copy = text("%s", list), *rest = copy, *spec;
	size_t count = 0;
	int err = 0;

	while (!err && (spec = strsep(&rest, ","))) {
		enum column_show show = take_show(spec);

		err = -1;
		if (!spec_valid(spec)) {
			fail_usage("\"%s\" is not a column: that is NAME.KEY", spec);
		} else if (++count > MAX_CHOSEN) {
			fail_usage("more than %d columns", MAX_CHOSEN);
		} else {
			if (columns)
				choose_one(columns, spec, show);
			err = 0;
		}
	}
	free(copy);
	return err;
}

int columns_check(const char *spec)
{
	return choose(NULL, spec);
}

void columns_choose(struct columns *columns, const char *spec)
{
	choose(columns, spec);
}

const char *columns_missing(const struct columns *columns)
{
	size_t i;

	for (i = 0; i < columns->file_count; i++)
		if (!columns->files[i].sample)
			return columns->files[i].name;
	return NULL;
}

/* ---- those of the views that are there */

struct found {
	char *key;
	size_t file, rank;	/* rank: which of its view */
	const char *name;	/* of the view */
	bool histogram;
};

struct finds {
	struct found *list;
	size_t count;
};

/* The first of each view before the second of any. */
static int by_rank(const void *pa, const void *pb)
{
	const struct found *a = pa, *b = pb;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return strcmp(a->name, b->name);
}

static void find_keys(const struct columns *columns, struct finds *finds,
		      const struct view_text *content, size_t file)
{
	size_t i, rank = 0;

	for (i = 0; i < content->line_count && rank < MAX_FOUND; i++) {
		const struct view_line *line = &content->lines[i];
		long double number;

		if (line->kind != VIEW_HISTOGRAM &&
		    (line->kind != VIEW_FLAT || !view_word_number(&line->value, &number)))
			continue;
		finds->list = check_memory(realloc(finds->list, (finds->count + 1) *
						   sizeof(*finds->list)));
		finds->list[finds->count++] = (struct found) {
			.key = view_word_copy(&line->key),
			.file = file,
			.rank = rank,
			.name = columns->files[file].name,
			.histogram = line->kind == VIEW_HISTOGRAM,
		};
		rank++;
	}
}

static void look_at_sample(struct columns *columns, size_t file, struct finds *finds)
{
	struct column_file *view = &columns->files[file];
	char *path = text("%s/%s", view->sample, view->name);
	struct view_text content;

	if (!view_text_read(path, &content, NULL)) {
		view->known = true;
		find_keys(columns, finds, &content, file);
	}
	view_text_free(&content);
	free(path);
}

void columns_find(struct columns *columns)
{
	struct finds finds = { 0 };
	size_t i;

	for (i = 0; i < columns->file_count; i++)
		if (!columns->files[i].known && columns->files[i].sample)
			look_at_sample(columns, i, &finds);
	if (finds.count)
		qsort(finds.list, finds.count, sizeof(*finds.list), by_rank);
	for (i = 0; i < finds.count; i++) {
		struct found *found = &finds.list[i];

		if (columns->count < MAX_FOUND)
			add_column(columns, found->file, found->key)->histogram = found->histogram;
		else
			columns->cut = true;
		free(found->key);
	}
	free(finds.list);
}

void columns_free(struct columns *columns)
{
	size_t i;

	for (i = 0; i < columns->count; i++) {
		free(columns->list[i].name);
		free(columns->list[i].key);
	}
	for (i = 0; i < columns->file_count; i++) {
		free(columns->files[i].name);
		free(columns->files[i].sample);
	}
	free(columns->list);
	free(columns->files);
}

/* ---- what of a value is shown */

bool column_is_rate(const struct column *column, bool totals)
{
	if (column->histogram)
		return false;
	if (column->show == SHOW_AUTO)
		return !totals && !column->gauge;
	return column->show == SHOW_RATE;
}

/* A histogram shows a quantile, whatever else was asked for. */
static size_t show_of_histogram(const struct column *column)
{
	size_t i;

	for (i = 0; i < array_size(shows) - 1; i++)
		if (shows[i].part > 0 && shows[i].show == column->show)
			break;
	return i;
}

const char *column_suffix(const struct column *column, bool totals)
{
	if (column->histogram)
		return shows[show_of_histogram(column)].name;
	return column_is_rate(column, totals) ? "/s" : "";
}

long double column_part(const struct column *column)
{
	return shows[show_of_histogram(column)].part;
}
