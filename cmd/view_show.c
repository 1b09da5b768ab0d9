// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin view show */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include "main.h"
#include "output.h"
#include "unit.h"
#include "view.h"
#include "view_text.h"

/* ---- JSON */

/* With the digits that it has. */
static struct json_object *value_json(const struct view_word *value)
{
	char *string = view_word_copy(value);
	struct json_object *object;
	long double number;

	if (view_word_number(value, &number))
		object = json_object_new_double_s((double)number, string);
	else
		object = json_object_new_string(string);
	free(string);
	return check_memory(object);
}

static void add_value(struct json_object *object, const struct view_word *key,
		      struct json_object *value)
{
	char *name = view_word_copy(key);

	json_object_object_add(object, name, value);
	free(name);
}

static struct json_object *nested_json(const struct view_line *line)
{
	struct json_object *object = json_object_new_object();
	size_t i;

	for (i = 0; i < line->pair_count; i++)
		add_value(object, &line->pairs[i].key, value_json(&line->pairs[i].value));
	return object;
}

static struct json_object *histogram_json(const struct view_line *line)
{
	struct json_object *object = json_object_new_object();
	struct json_object *buckets = json_object_new_array();
	enum unit unit = unit_of(&line->key, NULL);
	size_t i;

	if (unit != UNIT_NONE)
		json_add_string(object, "unit", unit_name(unit));
	for (i = 0; i < line->pair_count; i++) {
		struct json_object *bucket = json_object_new_object();
		bool last = i + 1 == line->pair_count;

		json_object_object_add(bucket, "below",
				       last ? NULL : value_json(&line->pairs[i].key));
		json_object_object_add(bucket, "count", value_json(&line->pairs[i].value));
		json_object_array_add(buckets, bucket);
	}
	json_object_object_add(object, "histogram", buckets);
	return object;
}

/* Ours, for the lines that have no key. */
static bool is_reserved(const struct view_word *key)
{
	return view_word_is(key, "text") || view_word_is(key, "text_bytes");
}

static bool has_key(struct json_object *object, const struct view_word *key)
{
	char *name = view_word_copy(key);
	bool has = json_object_object_get_ex(object, name, NULL);

	free(name);
	return has;
}

static struct json_object *text_json(const struct view_text *text)
{
	struct json_object *object = check_memory(json_object_new_object());
	char *other = check_memory(malloc(text->len + 1));
	size_t i, len = 0;

	for (i = 0; i < text->line_count; i++) {
		const struct view_line *line = &text->lines[i];

		/* An object has a key once, so what comes again is text as well. */
		if (line->kind == VIEW_OTHER || is_reserved(&line->key) ||
		    has_key(object, &line->key)) {
			memcpy(other + len, line->line.bytes, line->line.len);
			len += line->line.len;
			/* It had one, unless it is the last. */
			if (line->line.bytes + line->line.len < text->bytes + text->len)
				other[len++] = '\n';
		} else if (line->kind == VIEW_FLAT) {
			add_value(object, &line->key, value_json(&line->value));
		} else if (line->kind == VIEW_NESTED) {
			add_value(object, &line->key, nested_json(line));
		} else {
			add_value(object, &line->key, histogram_json(line));
		}
	}
	if (len)
		json_add_text(object, "text", other, len);
	free(other);
	return object;
}

/* ---- plain */

/* As it is for a program, but a terminal gets nothing that it would obey. */
static void print_text(const struct view_text *text)
{
	size_t i;

	if (!isatty(STDOUT_FILENO)) {
		fwrite(text->bytes, 1, text->len, stdout);
		return;
	}
	for (i = 0; i < text->line_count; i++) {
		const struct view_word *line = &text->lines[i].line;
		char *safe = printable(line->bytes, line->len);

		puts(safe);
		free(safe);
	}
}

static int show_file(const char *path)
{
	struct view_text text;
	int err = view_text_read(path, &text, NULL);

	if (err)
		fail("cannot read %s: %s", path, strerror(-err));
	else if (options.json)
		json_print(text_json(&text));
	else
		print_text(&text);
	view_text_free(&text);
	return err ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* ---- all of a cgroup */

static int is_view(const struct dirent *entry)
{
	return view_name_valid(entry->d_name) &&
	       (entry->d_type == DT_REG || entry->d_type == DT_UNKNOWN);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* One of several; an error is told in its place, and does not keep the others away. */
static int show_one(const char *cgroup, const char *name, struct json_object *all, bool first)
{
	char *path = text("%s/%s", cgroup, name), *safe = printable(name, strlen(name));
	struct json_object *object;
	struct view_text content;
	int err = view_text_read(path, &content, NULL);

	if (all) {
		object = err ? json_object_new_object() : text_json(&content);
		if (err)
			json_add_string(object, "error", strerror(-err));
		json_object_object_add(all, safe, object);
	} else {
		printf("%s==> %s <==\n", first ? "" : "\n", safe);
		if (err)
			complain("cannot read %s: %s", path, strerror(-err));
		else
			print_text(&content);
	}
	view_text_free(&content);
	free(safe);
	free(path);
	return err;
}

static int show_cgroup(const char *cgroup)
{
	struct json_object *all = options.json ? json_object_new_object() : NULL;
	int i, count, err = EXIT_SUCCESS;
	struct dirent **entries;

	count = scandir(cgroup, &entries, is_view, by_name);
	if (count < 0)
		err = fail("cannot look into %s: %s", cgroup, strerror(errno));
	else if (!count)
		err = fail("there is no view in %s", cgroup);
	for (i = 0; i < count; i++) {
		if (show_one(cgroup, entries[i]->d_name, all, !i))
			err = EXIT_FAILURE;
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	if (count > 0 && all)
		json_print(json_object_get(all));
	json_object_put(all);
	return err;
}

int view_show(int argc, char **argv)
{
	struct stat st;

	if (!argc)
		return fail_usage("the view, or the cgroup, is missing");
	if (argc > 1)
		return fail_usage("unexpected argument \"%s\"", argv[1]);
	if (!stat(argv[0], &st) && S_ISDIR(st.st_mode))
		return show_cgroup(argv[0]);
	return show_file(argv[0]);
}
