// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin list: the pins, as "show" has them, or the ties. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "main.h"
#include "module.h"
#include "output.h"
#include "place.h"

static const char *const columns[] = {
	">ID", "TYPE", "FS", ">DEV:INO", "PATH", "OWNER", "OWNER-FS", ">OWNER-DEV:INO",
	"OWNER-PATH", ">UID", ">PID", "COMM", "WHEN", NULL
};

static struct place place_of_tied(const struct bpfpin_tie_info *tie)
{
	return (struct place) {
		.path = tie->path,
		.path_state = tie->path_state,
		.dev_major = tie->dev_major,
		.dev_minor = tie->dev_minor,
		.ino = tie->ino,
	};
}

static struct place place_of_owner(const struct bpfpin_tie_info *tie)
{
	return (struct place) {
		.path = tie->owner_path,
		.path_state = tie->owner_path_state,
		.dev_major = tie->owner_dev_major,
		.dev_minor = tie->owner_dev_minor,
		.ino = tie->owner_ino,
		.ifindex = tie->ifindex,
		.netns_ino = tie->netns_ino,
	};
}

static const char *tied_type(const struct bpfpin_tie_info *tie)
{
	return tie->is_dir ? "dir" : "file";
}

static struct json_object *tie_json(const struct bpfpin_tie_info *tie)
{
	struct json_object *object = check_memory(json_object_new_object());
	const struct place tied = place_of_tied(tie), owner = place_of_owner(tie);

	json_add_uint(object, "id", tie->id);
	json_add_string(object, "type", tied_type(tie));
	json_add_bytes(object, "fs_type", tie->fs_type);
	place_json(object, "", &tied);
	json_add_bytes(object, "owner_kind", tie->owner_kind);
	json_add_bytes(object, "owner_fs_type", tie->owner_fs_type);
	place_json(object, "owner_", &owner);
	json_add_uint(object, "uid", tie->uid);
	json_add_uint(object, "pid", tie->pid);
	json_add_bytes(object, "comm", tie->comm);
	json_add_time(object, "created", tie->created_ns);
	return object;
}

static void tie_line(struct libscols_table *table, const struct bpfpin_tie_info *tie)
{
	const struct place tied = place_of_tied(tie), owner = place_of_owner(tie);
	struct libscols_line *line = table_line(table);
	size_t column = 0;

	table_set(line, column++, text("%u", tie->id));
	table_set(line, column++, text("%s", tied_type(tie)));
	table_set(line, column++, text("%s", tie->fs_type));
	table_set(line, column++, place_inode(&tied));
	table_set(line, column++, place_path(&tied));
	table_set(line, column++, text("%s", tie->owner_kind));
	table_set(line, column++, text("%s", tie->owner_fs_type));
	table_set(line, column++, place_inode(&owner));
	table_set(line, column++, place_path(&owner));
	table_set(line, column++, text("%u", tie->uid));
	table_set(line, column++, text("%u", tie->pid));
	table_set(line, column++, text("%s", tie->comm));
	table_set(line, column++, text_time(tie->created_ns, false));
}

/* Nothing is printed before the last one has come: an error must be the whole output. */
static int print_ties(struct bpfpin_ties *ties)
{
	struct libscols_table *table = table_new(columns);
	struct json_object *list = json_object_new_array();
	LIBBPFPIN_OPTS(bpfpin_tie_info, tie);
	int err;

	while ((err = bpfpin_ties__next(ties, &tie)) > 0) {
		if (options.json)
			json_object_array_add(list, tie_json(&tie));
		else
			tie_line(table, &tie);
	}
	if (err) {
		fail("cannot list the ties: %s", module_strerror(err));
	} else if (options.json) {
		json_print(json_object_get(list));
	} else {
		table_print(table);
		table = NULL;
	}
	json_object_put(list);
	scols_unref_table(table);
	return err ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int list_ties(void)
{
	struct bpfpin *module = module_open_for(2);
	struct bpfpin_ties *ties;
	int err;

	if (!module)
		return EXIT_FAILURE;
	ties = bpfpin__ties(module, NULL);
	if (ties)
		err = print_ties(ties);
	else
		err = fail("cannot list the ties: %s", module_strerror(-errno));
	bpfpin_ties__free(ties);
	bpfpin__close(module);
	return err;
}

int do_list(int argc, char **argv)
{
	bool ties = argc && is_prefix(argv[0], "ties");
	bool pins = argc && is_prefix(argv[0], "pins");

	if (argc && !ties && !pins)
		return fail_usage("unexpected argument \"%s\"", argv[0]);
	if (argc > 1)
		return fail_usage("unexpected argument \"%s\"", argv[1]);
	return ties ? list_ties() : do_show(0, NULL);
}
