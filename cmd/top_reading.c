// SPDX-License-Identifier: GPL-2.0-only
/* What the views of a cgroup had when top read them, and what of that is shown. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "interval.h"
#include "output.h"
#include "top_reading.h"

static void *grow(void *list, size_t *count, size_t needed, size_t size)
{
	if (*count >= needed)
		return list;
	list = check_memory(realloc(list, needed * size));
	memset((char *)list + *count * size, 0, (needed - *count) * size);
	*count = needed;
	return list;
}

static void set_value(struct cell *cell, const struct view_word *value)
{
	if (view_word_number(value, &cell->number)) {
		cell->kind = CELL_NUMBER;
	} else {
		cell->kind = CELL_WORD;
		cell->word = view_word_copy(value);
	}
}

/* "KEY.SUB" of a nested line? */
static bool set_nested(struct cell *cell, const struct view_line *line, const char *key)
{
	size_t i;

	if (strncmp(key, line->key.bytes, line->key.len) || key[line->key.len] != '.')
		return false;
	for (i = 0; i < line->pair_count; i++) {
		if (!view_word_is(&line->pairs[i].key, key + line->key.len + 1))
			continue;
		set_value(cell, &line->pairs[i].value);
		return true;
	}
	return false;
}

static void set_cell(struct cell *cell, const struct view_text *content, const char *key)
{
	size_t i;

	for (i = 0; i < content->line_count; i++) {
		const struct view_line *line = &content->lines[i];

		if (line->kind == VIEW_OTHER)
			continue;
		if (line->kind == VIEW_NESTED) {
			if (set_nested(cell, line, key))
				return;
		} else if (view_word_is(&line->key, key)) {
			if (line->kind == VIEW_FLAT) {
				set_value(cell, &line->value);
			} else {
				cell->kind = CELL_HISTOGRAM;
				cell->histogram = histogram_new(line);
			}
			return;
		}
	}
}

/* What is now becomes what was before, if there is any use for it. */
static void age_cell(struct cell *cell, bool keep)
{
	free(cell->histogram_before);
	cell->histogram_before = keep ? cell->histogram : NULL;
	if (!keep)
		free(cell->histogram);
	cell->histogram = NULL;
	cell->number_before = cell->number;
	cell->kind_before = keep ? cell->kind : CELL_NONE;
	cell->kind = CELL_NONE;
	free(cell->word);
	cell->word = NULL;
}

/* Once may be a program that was replaced, and its counters with it. */
static void note_shrunk(struct column *column, struct cell *cell)
{
	if (cell->shrank)
		column->gauge = true;
	cell->shrank = true;
}

static void read_cell(struct column *column, struct cell *cell, const struct view_text *content,
		      bool keep)
{
	age_cell(cell, keep);
	set_cell(cell, content, column->key);
	if (cell->kind == CELL_HISTOGRAM)
		column->histogram = true;
	if (cell->kind == CELL_WORD)
		/* What may be "max" is no counter. */
		column->gauge = true;
	else if (cell->kind == CELL_NUMBER && cell->kind_before == CELL_NUMBER &&
		 cell->number < cell->number_before)
		note_shrunk(column, cell);
}

int readings_read(struct readings **to, struct columns *columns, const char *path, size_t file,
		  unsigned int round)
{
	struct readings *readings = *to;
	struct view_text content;
	struct reading *reading;
	ino_t ino = 0;
	size_t i;

	if (!readings)
		readings = *to = check_memory(calloc(1, sizeof(*readings)));
	readings->files = grow(readings->files, &readings->file_count, columns->file_count,
			       sizeof(struct reading));
	readings->cells = grow(readings->cells, &readings->cell_count, columns->count,
			       sizeof(struct cell));
	reading = &readings->files[file];
	reading->round = round;
	reading->error = view_text_read(path, &content, &ino);
	/* The cgroup went between open(2) and read(2). */
	if (reading->error == -ENODEV)
		reading->error = -ENOENT;
	reading->before = reading->when;
	reading->when = reading->error ? 0 : monotonic();
	/* A view that was made anew counts from zero. */
	if (reading->ino != ino)
		reading->before = 0;
	reading->ino = ino;
	for (i = 0; i < columns->count; i++)
		if (columns->list[i].file == file)
			read_cell(&columns->list[i], &readings->cells[i], &content,
				  reading->before > 0);
	view_text_free(&content);
	return reading->error;
}

void readings_free(void *data)
{
	struct readings *readings = data;
	size_t i;

	for (i = 0; i < readings->cell_count; i++) {
		free(readings->cells[i].histogram);
		free(readings->cells[i].histogram_before);
		free(readings->cells[i].word);
	}
	free(readings->cells);
	free(readings->files);
	free(readings);
}

/* ---- what is shown */

static const struct reading *reading_of(const struct columns *columns, size_t column,
					const struct readings *readings)
{
	size_t file = columns->list[column].file;

	if (!readings || column >= readings->cell_count || file >= readings->file_count)
		return NULL;
	return &readings->files[file];
}

/* That of what came since we looked last, but for @totals. */
static long double quantile(const struct column *column, const struct cell *cell, bool totals,
			    bool *open)
{
	struct histogram *since = NULL;
	long double value;

	if (totals)
		return histogram_quantile(cell->histogram, column_part(column), open);
	if (cell->histogram_before)
		since = histogram_since(cell->histogram, cell->histogram_before);
	if (!since)
		return NAN;
	value = histogram_quantile(since, column_part(column), open);
	free(since);
	return value;
}

long double reading_value(const struct columns *columns, size_t column,
			  const struct readings *readings, bool totals, bool *open)
{
	const struct reading *reading = reading_of(columns, column, readings);
	const struct column *of = &columns->list[column];
	const struct cell *cell;

	*open = false;
	if (!reading || !reading->when)
		return NAN;
	cell = &readings->cells[column];
	if (cell->kind == CELL_HISTOGRAM)
		return quantile(of, cell, totals, open);
	if (cell->kind != CELL_NUMBER)
		return NAN;
	if (!column_is_rate(of, totals))
		return cell->number;
	if (cell->kind_before != CELL_NUMBER || cell->number < cell->number_before ||
	    reading->when <= reading->before)
		return NAN;
	return (cell->number - cell->number_before) / (reading->when - reading->before);
}

const char *reading_text(char buf[READING_TEXT], const struct columns *columns, size_t column,
			 const struct readings *readings, bool totals)
{
	const struct reading *reading = reading_of(columns, column, readings);
	const struct column *of = &columns->list[column];
	const struct cell *cell;
	char number[UNIT_TEXT];
	long double value;
	bool open;

	if (!reading || !reading->round || reading->error == -ENOENT)
		return "";
	if (reading->error)
		return "-";
	cell = &readings->cells[column];
	if (cell->kind == CELL_NONE)
		return "";
	if (cell->kind == CELL_WORD) {
		/* of printable ASCII */
		snprintf(buf, READING_TEXT, "%s", cell->word);
		return buf;
	}
	value = reading_value(columns, column, readings, totals, &open);
	if (isnan(value))
		return "-";
	snprintf(buf, READING_TEXT, "%s%s", open ? ">" : "",
		 unit_text(number, value, of->unit));
	return buf;
}
