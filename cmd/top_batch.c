// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin top --batch: as text or JSON, for programs and files */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "main.h"
#include "output.h"
#include "top.h"

static char *head_of(const struct top *top, size_t column)
{
	const struct column *of = &top->columns.list[column];
	const char *suffix = column_suffix(of, top->totals);

	return text("%s%s%s", of->name, of->histogram ? ":" : "", suffix);
}

/* What was not asked for has to fit, with some room for the paths. */
static size_t count_fitting(const struct top *top)
{
	int room = output_width() - 20;
	size_t i;

	for (i = 0; i < top->columns.count; i++) {
		char *head = head_of(top, i);

		room -= (int)strlen(head) + 1;
		free(head);
		if (room < 0 && !top->spec)
			break;
	}
	return i;
}

static void print_table(const struct top *top)
{
	size_t i, count = count_fitting(top);
	const char **heads = check_memory(calloc(count + 2, sizeof(*heads)));
	char **texts = check_memory(calloc(count + 1, sizeof(*texts)));
	const struct cgroup *cgroup;
	struct libscols_table *table;
	char buf[READING_TEXT];

	for (i = 0; i < count; i++) {
		char *head = head_of(top, i);

		heads[i] = texts[i] = text(">%s", head);
		free(head);
	}
	heads[count] = "CGROUP";
	table = table_new(heads);
	for (cgroup = top->tree.root; cgroup; cgroup = cgroup_next(cgroup)) {
		struct libscols_line *line = table_line(table);

		for (i = 0; i < count; i++)
			table_set(line, i, text("%s", reading_text(buf, &top->columns, i,
								   cgroup->data, top->totals)));
		table_set(line, count, cgroup_text(cgroup));
	}
	table_print(table);
	for (i = 0; i < count; i++)
		free(texts[i]);
	free(texts);
	free(heads);
	if (count < top->columns.count)
		warn("%zu more columns: -c names those to show", top->columns.count - count);
	if (top->columns.cut || top->tree.cut)
		warn("there are more %s than this looks at",
		     top->tree.cut ? "cgroups" : "views or keys");
	if (columns_missing(&top->columns))
		warn("no cgroup has a view %s", columns_missing(&top->columns));
	if (top->errors)
		warn("%zu could not be read, such as %s", top->errors, top->error);
}

/* ---- JSON */

static struct json_object *value_json(const struct top *top, size_t column,
				      const struct readings *readings)
{
	const struct cell *cell;
	long double value;
	bool open;

	value = reading_value(&top->columns, column, readings, top->totals, &open);
	if (!isnan(value)) {
		/* A count with all its digits. */
		if (value == truncl(value) && value >= 0 && value < 0x1p64L)
			return json_object_new_uint64((uint64_t)value);
		return json_object_new_double((double)value);
	}
	if (!readings || column >= readings->cell_count)
		return NULL;
	cell = &readings->cells[column];
	return cell->kind == CELL_WORD ? json_object_new_string(cell->word) : NULL;
}

static void add_errors(const struct top *top, const struct readings *readings,
		       struct json_object *object)
{
	struct json_object *errors = json_object_new_object();
	size_t i;

	for (i = 0; readings && i < readings->file_count; i++) {
		const char *name = top->columns.files[i].name;
		char *safe;

		if (!readings->files[i].error || readings->files[i].error == -ENOENT)
			continue;
		safe = printable(name, strlen(name));
		json_add_string(errors, safe, strerror(-readings->files[i].error));
		free(safe);
	}
	if (json_object_object_length(errors))
		json_object_object_add(object, "errors", errors);
	else
		json_object_put(errors);
}

static struct json_object *cgroup_json(const struct top *top, const struct cgroup *cgroup)
{
	struct json_object *object = json_object_new_object();
	struct json_object *values = json_object_new_object();
	char *path = cgroup_text(cgroup);
	size_t i;

	json_add_bytes(object, "path", path);
	for (i = 0; i < top->columns.count; i++) {
		char *safe = printable(top->columns.list[i].name,
				       strlen(top->columns.list[i].name));

		json_object_object_add(values, safe, value_json(top, i, cgroup->data));
		free(safe);
	}
	json_object_object_add(object, "values", values);
	if (cgroup->error)
		json_add_string(object, "error", strerror(cgroup->error));
	add_errors(top, cgroup->data, object);
	free(path);
	return object;
}

static struct json_object *columns_json(const struct top *top)
{
	struct json_object *list = json_object_new_array();
	size_t i;

	for (i = 0; i < top->columns.count; i++) {
		const struct column *column = &top->columns.list[i];
		struct json_object *object = json_object_new_object();

		json_add_bytes(object, "column", column->name);
		json_add_string(object, "unit", unit_name(column->unit));
		json_add_string(object, "shown", column->histogram ?
				column_suffix(column, top->totals) :
				column_is_rate(column, top->totals) ? "rate" : "value");
		json_object_array_add(list, object);
	}
	return list;
}

/* Each look is an object on a line of its own. */
static void print_json(const struct top *top)
{
	struct json_object *object = json_object_new_object();
	struct json_object *list = json_object_new_array();
	const struct cgroup *cgroup;
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	json_add_time(object, "time", (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec);
	json_object_object_add(object, "columns", columns_json(top));
	for (cgroup = top->tree.root; cgroup; cgroup = cgroup_next(cgroup))
		json_object_array_add(list, cgroup_json(top, cgroup));
	json_object_object_add(object, "cgroups", list);
	json_add_bool(object, "cut", top->tree.cut || top->columns.cut);
	json_print(object);
}

/* ---- */

static int look(struct top *top)
{
	top_again(top);
	top_scan(top, INFINITY);
	cgroup_tree_tidy(&top->tree);
	if (top->tree.root->error)
		return fail("cannot look into %s: %s", top->tree.path,
			    strerror(top->tree.root->error));
	top_read_all(top, NO_COLUMN, INFINITY);
	return 0;
}

int top_batch(struct top *top)
{
	const struct interval *interval = &top->interval;
	__u32 round;

	/* A rate takes two looks, and the first has nobody to tell. */
	if (!top->totals && look(top))
		return EXIT_FAILURE;
	for (round = 0; !interval->limited || round < interval->count; round++) {
		if ((round || !top->totals) && !interval_wait(interval))
			return EXIT_FAILURE;
		if (look(top))
			return EXIT_FAILURE;
		if (!top->columns.count && !options.json)
			return fail("there is no view with numbers below %s: \"bpfpin view install\" lists some to make",
				    top->tree.path);
		if (round && !options.json)
			putchar('\n');
		if (options.json)
			print_json(top);
		else
			print_table(top);
	}
	return EXIT_SUCCESS;
}
