// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin status */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "main.h"
#include "module.h"
#include "output.h"

struct feature {
	unsigned int bit;
	const char *json;	/* name of the member */
	const char *label;
	const char *there, *missing;
};

static const struct feature features[] = {
	{ BPFPIN_FEATURE_PIN, "pin", "BPF_OBJ_PIN", "extended", "not extended" },
	{ BPFPIN_FEATURE_GET, "get", "BPF_OBJ_GET", "extended", "not extended" },
	{ BPFPIN_FEATURE_WATCH, "watch", "watching files", "works", "does not work" },
};

static int feature_error(const struct bpfpin_status *status, unsigned int bit)
{
	return bit == BPFPIN_FEATURE_PIN ? status->pin_error :
	       bit == BPFPIN_FEATURE_GET ? status->get_error : status->watch_error;
}

static void print_plain(const struct bpfpin_status *status)
{
	size_t i;

	print_line("%-16s%s (interface %u)", "module", status->version, status->abi_version);
	for (i = 0; i < array_size(features); i++) {
		const struct feature *f = &features[i];

		if (status->features & f->bit)
			print_line("%-16s%s", f->label, f->there);
		else
			print_line("%-16s%s: %s", f->label, f->missing,
				   feature_strerror(feature_error(status, f->bit)));
	}
	print_line("%-16s%u", "pins", status->pins);
	print_line("%-16s%u", "ties", status->ties);
	print_line("%-16s%u", "watches", status->watches);
	printf("\n");
}

static struct json_object *status_json(const struct bpfpin_status *status)
{
	struct json_object *object = json_object_new_object();
	size_t i;

	json_add_bytes(object, "module_version", status->version);
	json_add_uint(object, "abi_version", status->abi_version);
	json_add_hex(object, "instance", status->instance, sizeof(status->instance));
	for (i = 0; i < array_size(features); i++) {
		struct json_object *feature = json_object_new_object();
		bool there = status->features & features[i].bit;
		int error = feature_error(status, features[i].bit);

		json_add_bool(feature, "supported", there);
		if (!there) {
			json_add_uint(feature, "errno", (unsigned int)-error);
			json_add_string(feature, "reason", feature_strerror(error));
		}
		json_object_object_add(object, features[i].json, feature);
	}
	json_add_uint(object, "pins", status->pins);
	json_add_uint(object, "ties", status->ties);
	json_add_uint(object, "watches", status->watches);
	return object;
}

static const char *yes_no(const struct bpfpin_kind_info *kind, unsigned int bit)
{
	return kind->can & bit ? "yes" : "no";
}

/* What a kind takes: a pin as a file, pins and ties attached to it. */
static const char *const columns[] = {
	"OWNER", "FS", "FILE-PIN", "ATTACH", "STAMP", "VIEW", "WHY NO FILE-PIN", NULL
};

static void kind_line(struct libscols_table *table, const struct bpfpin_kind_info *kind)
{
	struct libscols_line *line = table_line(table);

	table_set(line, 0, text("%s", kind->kind));
	table_set(line, 1, text("%s", kind->fs_type));
	table_set(line, 2, text("%s", yes_no(kind, BPFPIN_KIND_PIN)));
	table_set(line, 3, text("%s", yes_no(kind, BPFPIN_KIND_WATCH)));
	table_set(line, 4, text("%s", yes_no(kind, BPFPIN_KIND_STAMP)));
	table_set(line, 5, text("%s", yes_no(kind, BPFPIN_KIND_VIEW)));
	table_set(line, 6, text("%s", kind->reason));
}

static struct json_object *kind_json(const struct bpfpin_kind_info *kind)
{
	struct json_object *object = json_object_new_object();

	json_add_bytes(object, "owner_kind", kind->kind);
	json_add_bytes(object, "fs_type", kind->fs_type);
	json_add_bool(object, "pin", kind->can & BPFPIN_KIND_PIN);
	json_add_bool(object, "watch", kind->can & BPFPIN_KIND_WATCH);
	json_add_bool(object, "stamp", kind->can & BPFPIN_KIND_STAMP);
	json_add_bool(object, "view", kind->can & BPFPIN_KIND_VIEW);
	if (*kind->reason)
		json_add_bytes(object, "reason", kind->reason);
	return object;
}

static int print_status(struct bpfpin *module)
{
	LIBBPFPIN_OPTS(bpfpin_status, status);
	LIBBPFPIN_OPTS(bpfpin_kind_info, kind);
	struct libscols_table *table;
	struct json_object *list;
	struct json_object *object;
	__u32 index;
	int err;

	err = bpfpin__status(module, &status);
	if (err)
		return fail("cannot ask the bpfpin module: %s", module_strerror(err));
	table = table_new(columns);
	list = json_object_new_array();
	for (index = 0; !(err = bpfpin__kind(module, index, &kind)); index++) {
		if (options.json)
			json_object_array_add(list, kind_json(&kind));
		else
			kind_line(table, &kind);
	}
	if (err != -ENOENT) {
		json_object_put(list);
		scols_unref_table(table);
		return fail("cannot list the kinds of owner: %s", module_strerror(err));
	}
	if (options.json) {
		object = status_json(&status);
		json_object_object_add(object, "owner_kinds", list);
		json_print(object);
		scols_unref_table(table);
	} else {
		print_plain(&status);
		table_print(table);
		json_object_put(list);
	}
	return EXIT_SUCCESS;
}

int do_status(int argc, char **argv)
{
	struct bpfpin *module;
	int err;

	if (argc)
		return fail_usage("unexpected argument \"%s\"", argv[0]);
	module = module_open();
	if (!module)
		return EXIT_FAILURE;
	err = print_status(module);
	bpfpin__close(module);
	return err;
}
