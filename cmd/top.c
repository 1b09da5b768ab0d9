// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin top: the values of views, cgroup by cgroup */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "main.h"
#include "output.h"
#include "top.h"

#define DEFAULT_SECONDS 3

static void saw_view(void *ctx, const char *directory, const char *name)
{
	struct top *top = ctx;

	columns_saw_view(&top->columns, directory, name);
}

void top_again(struct top *top)
{
	cgroup_tree_again(&top->tree);
	top->scanned = false;
	top->errors = 0;
	free(top->error);
	top->error = NULL;
}

/* That a cgroup has no such view, or is gone by now, is no error. */
static void note_error(struct top *top, const char *path, int err)
{
	if (!err || err == ENOENT)
		return;
	top->errors++;
	if (!top->error)
		top->error = text("%s: %s", path, strerror(err));
}

bool top_scan(struct top *top, double until)
{
	struct cgroup *cgroup;

	if (top->scanned)
		return true;
	if (!cgroup_tree_scan(&top->tree, until))
		return false;
	for (cgroup = top->tree.root; cgroup; cgroup = cgroup_next(cgroup)) {
		char *directory;

		if (!cgroup->error)
			continue;
		directory = cgroup_directory(&top->tree, cgroup);
		note_error(top, directory, cgroup->error);
		free(directory);
	}
	/* Which view NAME.KEY means shows when they have been seen. */
	if (!top->spec)
		columns_find(&top->columns);
	else if (!top->columns.count)
		columns_choose(&top->columns, top->spec);
	top->scanned = true;
	return true;
}

static void read_file(struct top *top, struct cgroup *cgroup, size_t file)
{
	struct readings *readings = cgroup->data;
	char *directory, *path;
	int err;

	if (readings && file < readings->file_count &&
	    readings->files[file].round == top->tree.round)
		return;
	directory = cgroup_directory(&top->tree, cgroup);
	path = text("%s/%s", directory, top->columns.files[file].name);
	err = readings_read(&readings, &top->columns, path, file, top->tree.round);
	note_error(top, path, -err);
	cgroup->data = readings;
	free(path);
	free(directory);
}

void top_read(struct top *top, struct cgroup *cgroup, size_t column)
{
	read_file(top, cgroup, top->columns.list[column].file);
}

bool top_read_all(struct top *top, size_t column, double until)
{
	struct cgroup *cgroup;
	size_t i;

	for (cgroup = top->tree.root; cgroup; cgroup = cgroup_next(cgroup)) {
		if (monotonic() >= until)
			return false;
		for (i = 0; i < top->columns.count; i++)
			if (column == NO_COLUMN || column == i)
				top_read(top, cgroup, i);
	}
	return true;
}

static int run(struct top *top, const char *path)
{
	DIR *dir = opendir(path);
	int err;

	if (!dir)
		return fail("cannot look into %s: %s", path, strerror(errno));
	closedir(dir);
	cgroup_tree_init(&top->tree, path);
	if (options.json || options.given & TAKES_BATCH || !isatty(STDIN_FILENO) ||
	    !isatty(STDOUT_FILENO))
		err = top_batch(top);
	else
		err = top_screen(top);
	cgroup_tree_free(&top->tree);
	columns_free(&top->columns);
	free(top->error);
	return err;
}

int do_top(int argc, char **argv)
{
	struct top top = {
		.tree.forget = readings_free,
		.tree.saw_view = saw_view,
		.tree.round = 1,
		.tree.ctx = &top,
		.interval.seconds = DEFAULT_SECONDS,
		.spec = options.columns,
		.totals = options.given & TAKES_TOTALS,
	};
	char *path;
	int err;

	if (argc > 1)
		return fail_usage("unexpected argument \"%s\"", argv[1]);
	if (interval_parse(&top.interval) || (top.spec && columns_check(top.spec)))
		return EXIT_FAILURE;
	path = argc ? text("%s", argv[0]) : cgroup_mount();
	if (!path)
		return fail("no cgroup2 is mounted here: name a directory");
	err = run(&top, path);
	free(path);
	return err;
}
