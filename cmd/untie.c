// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin untie */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "main.h"
#include "module.h"
#include "object.h"
#include "output.h"
#include "selection.h"

static struct json_object *tie_json(__u32 id)
{
	struct json_object *object = json_object_new_object();

	json_add_uint(object, "id", id);
	return object;
}

static int untie_id(struct bpfpin *module, __u32 id)
{
	int err = bpfpin__untie_id(module, id);

	if (err == -ENOENT)
		return fail("there is no tie with id %u", id);
	if (err)
		return fail("cannot dissolve tie %u: %s", id, module_strerror(err));
	if (options.json)
		json_print(tie_json(id));
	return EXIT_SUCCESS;
}

static int untie_path(struct bpfpin *module, const char *path)
{
	LIBBPFPIN_OPTS(bpfpin_path_opts, nofollow, .flags = BPFPIN_OPT_NOFOLLOW);
	LIBBPFPIN_OPTS(bpfpin_file_info, file);
	struct json_object *object;
	__u32 count = 0;
	int err;

	err = bpfpin__untie_path(module, path, &count, NULL);
	if (err == -ENOENT && !bpfpin__file(module, path, &file, &nofollow))
		return fail("%s is not tied to anything: see \"bpfpin list ties\"", path);
	if (err)
		return fail("cannot untie %s: %s", path, module_strerror(err));
	if (options.json) {
		object = json_object_new_object();
		json_add_bytes(object, "path", path);
		json_add_uint(object, "count", count);
		json_print(object);
	}
	return EXIT_SUCCESS;
}

struct tally {
	unsigned int done, failed;
	struct json_object *done_list, *failed_list;
};

static void count_failure(struct tally *tally, __u32 id, int err)
{
	struct json_object *object;

	tally->failed++;
	if (!options.json) {
		complain("cannot dissolve tie %u: %s", id, module_strerror(err));
		return;
	}
	object = tie_json(id);
	json_add_string(object, "error", module_strerror(err));
	json_object_array_add(tally->failed_list, object);
}

/* The walk; -errno if it could not go to its end. */
static int dissolve_all(struct bpfpin *module, struct tally *tally)
{
	LIBBPFPIN_OPTS(bpfpin_ties_opts, opts, .no_paths = true);
	LIBBPFPIN_OPTS(bpfpin_tie_info, tie);
	struct bpfpin_ties *ties = bpfpin__ties(module, &opts);
	int err;

	if (!ties)
		return -errno;
	while ((err = bpfpin_ties__next(ties, &tie)) > 0) {
		err = bpfpin__untie_id(module, tie.id);
		if (err == -ENOENT)
			continue;	/* it ended without us */
		if (err) {
			count_failure(tally, tie.id, err);
			continue;
		}
		tally->done++;
		if (options.json)
			json_object_array_add(tally->done_list, tie_json(tie.id));
	}
	bpfpin_ties__free(ties);
	return err;
}

static int untie_all(struct bpfpin *module)
{
	struct tally tally = { 0 };
	struct json_object *object = NULL;
	char *message = NULL;
	int err;

	if (options.json) {
		object = json_object_new_object();
		tally.done_list = json_object_new_array();
		tally.failed_list = json_object_new_array();
		json_object_object_add(object, "untied", tally.done_list);
		json_object_object_add(object, "failed", tally.failed_list);
	}
	err = dissolve_all(module, &tally);
	if (err)
		message = text("cannot list the ties: %s", module_strerror(err));
	if (options.json) {
		if (!err && tally.failed)
			message = text("%u of %u ties could not be dissolved", tally.failed,
				       tally.done + tally.failed);
		if (message)
			json_add_bytes(object, "error", message);
		json_print(object);
	} else {
		if (message)
			complain("%s", message);
		print_line("%u tie%s dissolved", tally.done, tally.done == 1 ? "" : "s");
	}
	free(message);
	return err || tally.failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

int do_untie(int argc, char **argv)
{
	struct selection which;
	struct bpfpin *module;
	int err;

	if (selection_parse("untie", "tie", argc, argv, &which))
		return EXIT_FAILURE;
	if (!which.by_id && argc > 1)
		return fail_usage("unexpected argument \"%s\"", argv[1]);
	module = module_open_for(2);
	if (!module)
		return EXIT_FAILURE;
	err = which.all ? untie_all(module) : which.by_id ? untie_id(module, which.id) :
	      untie_path(module, argv[0]);
	bpfpin__close(module);
	return err;
}
