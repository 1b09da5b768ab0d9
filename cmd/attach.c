// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin attach */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "main.h"
#include "module.h"
#include "object.h"
#include "output.h"
#include "owner.h"

/* What the object is called, if that will do, else what it is. */
static char *default_name(enum bpfpin_object_type type, const struct object_info *info)
{
	if (*info->name && strcmp(info->name, ".") && strcmp(info->name, ".."))
		return text("%s", info->name);
	return text("%s-%u", bpfpin_object_type_str(type), info->id);
}

static int attach(int fd, enum bpfpin_object_type type, const struct object_info *info,
		  const struct owner *owner, const char *name)
{
	struct bpfpin *module = owner_module(owner);
	struct json_object *object;
	__u32 id = 0;
	int err;

	if (!module)
		return EXIT_FAILURE;
	err = bpfpin__attach(module, fd, &owner->spec, name, &id);
	if (err == -EEXIST)
		fail("cannot attach to %s: it has a pin with name \"%s\" already: choose another "
		     "with \"name NAME\"", owner->text, name);
	else if (err)
		owner_fail(module, owner, "attach to", err);
	bpfpin__close(module);
	if (err)
		return EXIT_FAILURE;
	if (options.json) {
		object = json_object_new_object();
		json_add_uint(object, "id", id);
		json_add_string(object, "object_type", bpfpin_object_type_str(type));
		json_add_uint(object, "object_id", info->id);
		json_add_bytes(object, "pin_name", name);
		json_print(object);
	}
	return EXIT_SUCCESS;
}

/* OWNER [name NAME], after "to" */
static int attach_to(int fd, enum bpfpin_object_type type, int argc, char **argv)
{
	struct object_info info;
	struct owner owner;
	const char *given = NULL;
	char *name;
	int err;

	if (owner_parse(&argc, &argv, false, &owner))
		return EXIT_FAILURE;
	err = EXIT_FAILURE;
	if (argc) {
		given = owner_pin_name(&argc, &argv);
		if (!given)
			goto out;
	}
	if (argc) {
		fail_usage("unexpected argument \"%s\"", argv[0]);
		goto out;
	}
	if (object_get_info(type, fd, &info)) {
		fail("cannot look at the object: %s", strerror(errno));
		goto out;
	}
	name = given ? text("%s", given) : default_name(type, &info);
	err = attach(fd, type, &info, &owner, name);
	free(name);
out:
	owner_free(&owner);
	return err;
}

int do_attach(int argc, char **argv)
{
	enum bpfpin_object_type type;
	__u32 id;
	int fd, err;

	fd = object_open_any("attach", &type, &argc, &argv, &id);
	if (fd < 0)
		return EXIT_FAILURE;
	if (argc && is_prefix(argv[0], "to"))
		err = attach_to(fd, type, argc - 1, argv + 1);
	else
		err = argc ? fail_usage("expected \"to OWNER\" instead of \"%s\"", argv[0])
			   : fail_usage("\"to OWNER\" is missing");
	close(fd);
	return err;
}
