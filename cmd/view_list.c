// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin view list, bpfpin view remove */
#include <errno.h>
#include <stdlib.h>
#include "main.h"
#include "module.h"
#include "output.h"
#include "place.h"
#include "view.h"

static const char *const columns[] = {
	">ID", ">PROG", "NAME", "INHERIT", "PATH", ">UID", ">PID", "COMM", "WHEN", NULL
};

static struct place place_of(const struct bpfpin_pin_info *pin)
{
	return (struct place) {
		.path = pin->path,
		.path_state = pin->path_state,
		.dev_major = pin->dev_major,
		.dev_minor = pin->dev_minor,
		.ino = pin->ino,
	};
}

static struct json_object *view_json(const struct bpfpin_pin_info *pin)
{
	struct json_object *object = check_memory(json_object_new_object());
	const struct place place = place_of(pin);

	json_add_uint(object, "id", pin->id);
	json_add_uint(object, "object_id", pin->object_id);
	json_add_bytes(object, "object_name", pin->object_name);
	json_add_hex(object, "object_tag", pin->object_tag, sizeof(pin->object_tag));
	json_add_bool(object, "inherit", pin->view & BPFPIN_INFO_INHERITED);
	place_json(object, "", &place);
	json_add_uint(object, "uid", pin->uid);
	json_add_uint(object, "pid", pin->pid);
	json_add_bytes(object, "comm", pin->comm);
	json_add_time(object, "created", pin->created_ns);
	return object;
}

static void view_line(struct libscols_table *table, const struct bpfpin_pin_info *pin)
{
	struct libscols_line *line = table_line(table);
	const struct place place = place_of(pin);
	size_t column = 0;

	table_set(line, column++, text("%u", pin->id));
	table_set(line, column++, text("%u", pin->object_id));
	table_set(line, column++, text("%s", pin->object_name));
	table_set(line, column++, text("%s", pin->view & BPFPIN_INFO_INHERITED ? "yes" : "no"));
	table_set(line, column++, place_path(&place));
	table_set(line, column++, text("%u", pin->uid));
	table_set(line, column++, text("%u", pin->pid));
	table_set(line, column++, text("%s", pin->comm));
	table_set(line, column++, text_time(pin->created_ns, false));
}

/* Nothing is printed before the last one has come: an error must be the whole output. */
static int print_views(struct bpfpin_pins *pins)
{
	struct libscols_table *table = table_new(columns);
	struct json_object *list = json_object_new_array();
	LIBBPFPIN_OPTS(bpfpin_pin_info, pin);
	int err;

	while ((err = bpfpin_pins__next(pins, &pin)) > 0) {
		if (!pin.view)
			continue;
		if (options.json)
			json_object_array_add(list, view_json(&pin));
		else
			view_line(table, &pin);
	}
	if (err) {
		fail("cannot list the views: %s", module_strerror(err));
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

int view_list(int argc, char **argv)
{
	struct bpfpin_pins *pins;
	struct bpfpin *module;
	int err;

	if (argc)
		return fail_usage("unexpected argument \"%s\"", argv[0]);
	module = module_open_for(3);
	if (!module)
		return EXIT_FAILURE;
	pins = bpfpin__pins(module, NULL);
	if (pins)
		err = print_views(pins);
	else
		err = fail("cannot list the views: %s", module_strerror(-errno));
	bpfpin_pins__free(pins);
	bpfpin__close(module);
	return err;
}

/* The view that was made at a path, and no other pin. */
static int remove_view(struct bpfpin *module, const char *path)
{
	LIBBPFPIN_OPTS(bpfpin_path_opts, nofollow, .flags = BPFPIN_OPT_NOFOLLOW);
	LIBBPFPIN_OPTS(bpfpin_pins_opts, no_paths, .no_paths = true);
	LIBBPFPIN_OPTS(bpfpin_file_info, file);
	LIBBPFPIN_OPTS(bpfpin_pin_info, pin);
	struct bpfpin_pins *pins;
	int err;

	err = bpfpin__file(module, path, &file, &nofollow);
	if (err)
		return fail("cannot remove %s: %s", path, module_strerror(err));
	if (file.state == BPFPIN_FILE_INHERITED)
		return module_fail_inherited("remove", path, &file);
	if (file.state != BPFPIN_FILE_PIN)
		return module_fail_no_pin(path, &file);

	pins = bpfpin__pins(module, &no_paths);
	err = pins ? bpfpin_pins__find(pins, file.pin_id, &pin) : -errno;
	bpfpin_pins__free(pins);
	if (!err && !pin.view)
		return fail("cannot remove %s: it is a pin, but no view; \"bpfpin unpin\" ends it",
			    path);
	if (!err)
		err = bpfpin__unpin_path(module, path, &file.pin_id, NULL);
	if (err)
		return fail("cannot remove %s: %s", path, module_strerror(err));
	view_print(path, pin.id, pin.object_id);
	return EXIT_SUCCESS;
}

int view_remove(int argc, char **argv)
{
	struct bpfpin *module;
	int err;

	if (argc != 1)
		return argc ? fail_usage("unexpected argument \"%s\"", argv[1])
			    : fail_usage("the path is missing");
	module = module_open_for(3);
	if (!module)
		return EXIT_FAILURE;
	err = remove_view(module, argv[0]);
	bpfpin__close(module);
	return err;
}
