// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin show, and the listing of the pins */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "main.h"
#include "module.h"
#include "object.h"
#include "output.h"
#include "owner.h"
#include "place.h"

static const char *const columns[] = {
	">ID", "TYPE", ">OBJ-ID", "NAME", "OWNER", "FS", ">DEV:INO", "PATH", "PIN", ">UID",
	">PID", "COMM", "WHEN", NULL
};

/* Shown only if a pin has one. */
#define COLUMN_PIN 8

static struct place place_of(const struct bpfpin_pin_info *pin)
{
	return (struct place) {
		.path = pin->path,
		.path_state = pin->path_state,
		.dev_major = pin->dev_major,
		.dev_minor = pin->dev_minor,
		.ino = pin->ino,
		.ifindex = pin->ifindex,
		.netns_ino = pin->netns_ino,
	};
}

static char *type_name(const struct bpfpin_pin_info *pin)
{
	const char *name = bpfpin_object_type_str((enum bpfpin_object_type)pin->object_type);

	return name ? text("%s", name) : text("type %u", pin->object_type);
}

static struct json_object *pin_json(const struct bpfpin_pin_info *pin)
{
	struct json_object *object = check_memory(json_object_new_object());
	const struct place place = place_of(pin);
	char buf[32], *s;

	json_add_uint(object, "id", pin->id);
	s = type_name(pin);
	json_add_string(object, "object_type", s);
	free(s);
	json_add_uint(object, "object_id", pin->object_id);
	json_add_bytes(object, "object_name", pin->object_name);
	json_add_string(object, "object_subtype",
			object_subtype_str((enum bpfpin_object_type)pin->object_type,
					   pin->object_subtype, buf));
	if (pin->object_type == BPFPIN_OBJECT_PROG)
		json_add_hex(object, "object_tag", pin->object_tag, sizeof(pin->object_tag));
	json_add_bytes(object, "owner_kind", pin->kind);
	json_add_bytes(object, "fs_type", pin->fs_type);
	place_json(object, "", &place);
	if (*pin->pin_name)
		json_add_bytes(object, "pin_name", pin->pin_name);
	json_add_uint(object, "uid", pin->uid);
	json_add_uint(object, "pid", pin->pid);
	json_add_bytes(object, "comm", pin->comm);
	json_add_time(object, "created", pin->created_ns);
	return object;
}

static void pin_line(struct libscols_table *table, const struct bpfpin_pin_info *pin)
{
	struct libscols_line *line = table_line(table);
	const struct place place = place_of(pin);
	size_t column = 0;

	table_set(line, column++, text("%u", pin->id));
	table_set(line, column++, type_name(pin));
	table_set(line, column++, text("%u", pin->object_id));
	table_set(line, column++, text("%s", pin->object_name));
	table_set(line, column++, text("%s", pin->kind));
	table_set(line, column++, text("%s", pin->fs_type));
	table_set(line, column++, place_inode(&place));
	table_set(line, column++, place_path(&place));
	table_set(line, column++, text("%s", pin->pin_name));
	table_set(line, column++, text("%u", pin->uid));
	table_set(line, column++, text("%u", pin->pid));
	table_set(line, column++, text("%s", pin->comm));
	table_set(line, column++, text_time(pin->created_ns, false));
}

static void print_one(const struct bpfpin_pin_info *pin)
{
	struct libscols_table *table;

	if (options.json) {
		json_print(pin_json(pin));
		return;
	}
	table = table_new(columns);
	pin_line(table, pin);
	if (!*pin->pin_name)
		table_hide(table, COLUMN_PIN);
	table_print(table);
}

/*
 * Each pin becomes text at once: json-c's objects take ten times the room, and
 * there may be 100,000.  Nothing is printed before the last one has come, as
 * an error must be the whole output.
 */
static int print_all_json(struct bpfpin_pins *pins)
{
	LIBBPFPIN_OPTS(bpfpin_pin_info, pin);
	const char *newline = options.pretty ? "\n" : "";
	const char *before = "";
	char *buf = NULL;
	size_t size;
	FILE *out;
	int err;

	out = check_memory(open_memstream(&buf, &size));
	while ((err = bpfpin_pins__next(pins, &pin)) > 0) {
		fprintf(out, "%s%s", before, newline);
		json_print_to(out, pin_json(&pin), "  ");
		before = ",";
	}
	if (fclose(out))
		check_memory(NULL);
	if (!err)
		printf("[%s%s]\n", buf, *buf ? newline : "");
	free(buf);
	return err;
}

static int print_all_plain(struct bpfpin_pins *pins, unsigned int *count)
{
	struct libscols_table *table = table_new(columns);
	LIBBPFPIN_OPTS(bpfpin_pin_info, pin);
	bool attached = false;
	int err;

	*count = 0;
	while ((err = bpfpin_pins__next(pins, &pin)) > 0) {
		++*count;
		pin_line(table, &pin);
		attached = attached || *pin.pin_name;
	}
	if (!attached)
		table_hide(table, COLUMN_PIN);
	if (err)
		scols_unref_table(table);
	else
		table_print(table);
	return err;
}

static int fail_list(int err)
{
	return fail("cannot list the pins: %s", module_strerror(err));
}

/* How many there are, whoever may see them. */
static unsigned int pins_there(struct bpfpin *module)
{
	LIBBPFPIN_OPTS(bpfpin_status, status);

	return bpfpin__status(module, &status) ? 0 : status.pins;
}

/*
 * That a listing is short, or empty, because the caller may not see more.  @before and
 * now there were pins: others make and end some meanwhile.  Capabilities are not all
 * there is to it, those of a container's root count for nothing here.
 */
static void tell_hidden(struct bpfpin *module, unsigned int before, unsigned int shown)
{
	unsigned int there;

	if (before <= shown || (shown && module_sees_all()))
		return;
	there = pins_there(module);
	if (there > before)
		there = before;
	if (there <= shown)
		return;
	if (shown)
		remark("%u more, which you may not see", there - shown);
	else if (there == 1)
		remark("1 pin, which you may not see");
	else
		remark("%u pins, none of which you may see", there);
}

/* All pins, or those of an owner. */
static int show_all(struct bpfpin *module, const struct owner *owner)
{
	unsigned int shown = 0, before = owner || options.json ? 0 : pins_there(module);
	LIBBPFPIN_OPTS(bpfpin_pins_opts, opts, .owner = owner ? &owner->spec : NULL);
	struct bpfpin_pins *pins = bpfpin__pins(module, &opts);
	int err;

	if (!pins && owner)
		return fail("cannot list the pins of %s: %s", owner->text,
			    module_strerror(-errno));
	if (!pins)
		return fail_list(-errno);
	err = options.json ? print_all_json(pins) : print_all_plain(pins, &shown);
	bpfpin_pins__free(pins);
	if (err)
		return fail_list(err);
	tell_hidden(module, before, shown);
	return EXIT_SUCCESS;
}

static int show_id(struct bpfpin *module, __u32 id)
{
	struct bpfpin_pins *pins = bpfpin__pins(module, NULL);
	LIBBPFPIN_OPTS(bpfpin_pin_info, pin);
	int err;

	if (!pins)
		return fail_list(-errno);
	err = bpfpin_pins__find(pins, id, &pin);
	if (!err)
		print_one(&pin);
	bpfpin_pins__free(pins);
	if (err == -ENOENT)
		return fail("there is no pin with id %u", id);
	return err ? fail("cannot look at pin %u: %s", id, module_strerror(err)) : EXIT_SUCCESS;
}

static int show_path(struct bpfpin *module, const char *path)
{
	LIBBPFPIN_OPTS(bpfpin_file_info, file);
	int err = bpfpin__file(module, path, &file, NULL);

	if (err)
		return fail("cannot look at %s: %s", path, module_strerror(err));
	if (file.state != BPFPIN_FILE_PIN)
		return module_fail_no_pin(path, &file);
	return show_id(module, file.pin_id);
}

static int show_attached(struct bpfpin *module, const struct owner *owner, const char *name)
{
	LIBBPFPIN_OPTS(bpfpin_get_fd_opts, opened);
	int fd = owner_open_pin(module, owner, name, &opened);

	if (fd < 0)
		return EXIT_FAILURE;
	close(fd);
	return show_id(module, opened.pin_id);
}

/* OWNER [name NAME] */
static int show_owner(int argc, char **argv)
{
	struct bpfpin *module = NULL;
	const char *name = NULL;
	int err = EXIT_FAILURE;
	struct owner owner;

	if (owner_parse(&argc, &argv, false, &owner))
		return EXIT_FAILURE;
	if (argc) {
		name = owner_pin_name(&argc, &argv);
		if (!name)
			goto out;
	}
	if (argc) {
		fail_usage("unexpected argument \"%s\"", argv[0]);
		goto out;
	}
	module = owner_module(&owner);
	if (!module)
		goto out;
	err = name ? show_attached(module, &owner, name) : show_all(module, &owner);
out:
	bpfpin__close(module);
	owner_free(&owner);
	return err;
}

int do_show(int argc, char **argv)
{
	bool by_id = argc == 2 && !strcmp(argv[0], "id");
	struct bpfpin *module;
	__u32 id = 0;
	int err;

	if (argc == 1 && !strcmp(argv[0], "id"))
		return fail_usage("the id of the pin is missing");
	if (by_id && !parse_id(argv[1], &id))
		return fail_usage("\"%s\" is not the id of a pin", argv[1]);
	if (!by_id && argc > 1 && owner_leads_in(argv[0]))
		return show_owner(argc, argv);
	if (!by_id && argc > 1)
		return fail_usage("unexpected argument \"%s\"", argv[1]);
	module = module_open();
	if (!module)
		return EXIT_FAILURE;
	err = by_id ? show_id(module, id) :
	      argc ? show_path(module, argv[0]) : show_all(module, NULL);
	bpfpin__close(module);
	return err;
}
