// SPDX-License-Identifier: GPL-2.0-only
/* The rows of top: which cgroups, and in which order. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "output.h"
#include "top_row.h"

static int by_order(const void *pa, const void *pb, void *ctx)
{
	const struct rows *rows = ctx;
	const struct row *a = pa, *b = pb;
	int diff;

	/* What has no value is last, whichever way it goes. */
	if (isnan(a->value) != isnan(b->value))
		return isnan(a->value) ? 1 : -1;
	if (a->value != b->value && !isnan(a->value))
		diff = a->value > b->value ? -1 : 1;
	else if (a->path)
		diff = strcmp(a->path, b->path);
	else
		diff = strcmp(a->cgroup->name, b->cgroup->name);
	return rows->reverse ? -diff : diff;
}

static void sort(const struct rows *rows, struct row *list, size_t count)
{
	if (count)
		qsort_r(list, count, sizeof(*list), by_order, (void *)rows);
}

static struct row make_row(const struct rows *rows, const struct top *top, struct cgroup *cgroup,
			   unsigned int depth)
{
	struct row row = { .cgroup = cgroup, .depth = depth, .value = NAN };
	bool open;

	if (rows->sort < top->columns.count)
		row.value = reading_value(&top->columns, rows->sort, cgroup->data, top->totals,
					  &open);
	if (rows->flat)
		row.path = cgroup_text(cgroup);
	return row;
}

static void add_row(struct rows *rows, const struct row *row)
{
	if (rows->count == rows->room) {
		rows->room = rows->room ? rows->room * 2 : 256;
		rows->list = check_memory(realloc(rows->list, rows->room * sizeof(*rows->list)));
	}
	rows->list[rows->count++] = *row;
}

/* A filter shows what has it in its name, and in a tree what is above. */
static void apply_filter(const struct rows *rows, struct cgroup *root)
{
	struct cgroup *cgroup, *up;

	for (cgroup = root; cgroup; cgroup = cgroup_next(cgroup))
		cgroup->shown = !*rows->filter;
	if (!*rows->filter)
		return;
	for (cgroup = root; cgroup; cgroup = cgroup_next(cgroup)) {
		if (!strstr(cgroup->name, rows->filter))
			continue;
		cgroup->shown = true;
		for (up = cgroup->parent; up && !rows->flat && !up->shown; up = up->parent)
			up->shown = true;
	}
}

/* While there is a filter, what is folded does not hide what it finds. */
bool rows_is_open(const struct rows *rows, const struct cgroup *cgroup)
{
	return cgroup->first && (!cgroup->closed || *rows->filter);
}

/* A cgroup, and what is below.  The longest path that can be opened limits the depth. */
static void add_tree(struct rows *rows, const struct top *top, const struct row *row)
{
	const unsigned int depth = row->depth + 1;
	struct cgroup *parent = row->cgroup, *child;
	struct row *children;
	size_t i, count = 0;

	add_row(rows, row);
	if (!rows_is_open(rows, parent))
		return;
	for (child = parent->first; child; child = child->next)
		count += child->shown;
	children = check_memory(calloc(count + 1, sizeof(*children)));
	count = 0;
	for (child = parent->first; child; child = child->next)
		if (child->shown)
			children[count++] = make_row(rows, top, child, depth);
	sort(rows, children, count);
	for (i = 0; i < count; i++)
		add_tree(rows, top, &children[i]);
	free(children);
}

void rows_build(struct rows *rows, const struct top *top)
{
	struct cgroup *root = top->tree.root, *cgroup;
	struct row row;

	rows_free(rows);
	/* Nothing was read yet. */
	if (!root)
		return;
	apply_filter(rows, root);
	if (!rows->flat) {
		row = make_row(rows, top, root, 0);
		add_tree(rows, top, &row);
		return;
	}
	for (cgroup = root; cgroup; cgroup = cgroup_next(cgroup)) {
		if (!cgroup->shown)
			continue;
		row = make_row(rows, top, cgroup, 0);
		add_row(rows, &row);
	}
	sort(rows, rows->list, rows->count);
}

void rows_free(struct rows *rows)
{
	size_t i;

	for (i = 0; i < rows->count; i++)
		free(rows->list[i].path);
	free(rows->list);
	rows->list = NULL;
	rows->count = 0;
	rows->room = 0;
}
