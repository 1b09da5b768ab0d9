// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin clean */
#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "main.h"
#include "module.h"
#include "output.h"

struct cleaning {
	struct bpfpin *module;
	bool dry_run;
	unsigned int failed;
	struct json_object *removed, *failures;	/* under JSON */
};

static void note_removed(struct cleaning *cleaning, const char *path)
{
	struct json_object *object;

	if (!options.json) {
		print_line("%s %s", cleaning->dry_run ? "would remove" : "removed", path);
		return;
	}
	object = json_object_new_object();
	json_add_bytes(object, "path", path);
	json_object_array_add(cleaning->removed, object);
}

static void note_failed(struct cleaning *cleaning, const char *path, const char *why)
{
	struct json_object *object;

	cleaning->failed++;
	if (!options.json) {
		complain("%s: %s", path, why);
		return;
	}
	object = json_object_new_object();
	json_add_bytes(object, "path", path);
	json_add_string(object, "error", why);
	json_object_array_add(cleaning->failures, object);
}

/* Why the kernel would not have it. */
static const char *why_not(int err)
{
	switch (err) {
	case -EINVAL:
		return "not left behind by a pin, so not removed";
	case -EBUSY:
		return "a pin that lives, so not removed";
	default:
		return module_strerror(err);
	}
}

/* The kernel's own test, without the removal. */
static int try_clean(struct bpfpin *module, const char *path)
{
	LIBBPFPIN_OPTS(bpfpin_path_opts, nofollow, .flags = BPFPIN_OPT_NOFOLLOW);
	LIBBPFPIN_OPTS(bpfpin_file_info, file);
	int err = bpfpin__file(module, path, &file, &nofollow);

	if (err)
		return err;
	switch (file.state) {
	case BPFPIN_FILE_STALE:
		return 0;
	case BPFPIN_FILE_PIN:
		return -EBUSY;
	default:
		return -EINVAL;
	}
}

static int clean_one(struct cleaning *cleaning, const char *path)
{
	return cleaning->dry_run ? try_clean(cleaning->module, path)
				 : bpfpin__clean(cleaning->module, path, NULL);
}

static void clean_named(struct cleaning *cleaning, const char *path)
{
	struct stat st;
	int err;

	if (!lstat(path, &st) && S_ISDIR(st.st_mode)) {
		note_failed(cleaning, path, "a directory: --recursive looks below it");
		return;
	}
	err = clean_one(cleaning, path);
	if (err)
		note_failed(cleaning, path, why_not(err));
	else
		note_removed(cleaning, path);
}

/* Below a directory everything else is none of our business, and no error. */
static void clean_found(struct cleaning *cleaning, const char *path)
{
	int err = clean_one(cleaning, path);

	if (!err)
		note_removed(cleaning, path);
	else if (err != -EINVAL && err != -EBUSY && err != -ENOENT)
		note_failed(cleaning, path, why_not(err));
}

/* Symlinks are not followed and other file systems not entered. */
static void clean_tree(struct cleaning *cleaning, char *path)
{
	char *paths[] = { path, NULL };
	FTSENT *entry;
	FTS *fts;

	fts = check_memory(fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, NULL));
	while ((errno = 0, entry = fts_read(fts))) {
		switch (entry->fts_info) {
		case FTS_F:
			if (entry->fts_level == FTS_ROOTLEVEL)
				clean_named(cleaning, entry->fts_path);
			else if (S_ISREG(entry->fts_statp->st_mode) && !entry->fts_statp->st_size)
				clean_found(cleaning, entry->fts_path);
			break;
		case FTS_DNR:
		case FTS_ERR:
		case FTS_NS:
			note_failed(cleaning, entry->fts_path, strerror(entry->fts_errno));
			break;
		default:
			if (entry->fts_level == FTS_ROOTLEVEL && entry->fts_info != FTS_D &&
			    entry->fts_info != FTS_DP)
				clean_named(cleaning, entry->fts_path);
		}
	}
	if (errno)
		note_failed(cleaning, path, strerror(errno));
	fts_close(fts);
}

int do_clean(int argc, char **argv)
{
	struct cleaning cleaning = { .dry_run = options.given & TAKES_DRY_RUN };
	struct json_object *object = NULL;
	char *message;

	if (!argc)
		return fail_usage("what to clean is missing");
	cleaning.module = module_open();
	if (!cleaning.module)
		return EXIT_FAILURE;
	if (options.json) {
		object = json_object_new_object();
		cleaning.removed = json_object_new_array();
		cleaning.failures = json_object_new_array();
		json_add_bool(object, "dry_run", cleaning.dry_run);
		json_object_object_add(object, "removed", cleaning.removed);
		json_object_object_add(object, "failed", cleaning.failures);
	}
	for (; argc; argc--, argv++) {
		if (options.given & TAKES_RECURSIVE && **argv)
			clean_tree(&cleaning, *argv);
		else
			clean_named(&cleaning, *argv);
	}
	bpfpin__close(cleaning.module);
	if (options.json) {
		if (cleaning.failed) {
			message = text("%u file%s could not be cleaned", cleaning.failed,
				       cleaning.failed == 1 ? "" : "s");
			json_add_string(object, "error", message);
			free(message);
		}
		json_print(object);
	}
	return cleaning.failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
