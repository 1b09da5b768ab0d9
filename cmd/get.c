// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin get */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "main.h"
#include "module.h"
#include "object.h"
#include "output.h"
#include "owner.h"

static int print_object(int fd, const struct bpfpin_get_fd_opts *opened)
{
	enum bpfpin_object_type type = (enum bpfpin_object_type)opened->object_type;
	const char *word = bpfpin_object_type_str(type);
	struct json_object *object;
	struct object_info info;

	if (!word)
		return fail("this command does not know objects of type %u", opened->object_type);
	if (object_get_info(type, fd, &info))
		return fail("cannot look at the object of pin %u: %s", opened->pin_id,
			    strerror(errno));
	if (options.json) {
		object = json_object_new_object();
		json_add_uint(object, "id", opened->pin_id);
		json_add_string(object, "object_type", word);
		json_add_uint(object, "object_id", info.id);
		json_add_bytes(object, "object_name", info.name);
		json_print(object);
	} else if (*info.name) {
		print_line("%s id %u name %s", word, info.id, info.name);
	} else {
		print_line("%s id %u", word, info.id);
	}
	return EXIT_SUCCESS;
}

/* Comes back only if it fails. */
static int run_command(int fd, char **argv)
{
	char *number = text("%d", fd);

	if (fcntl(fd, F_SETFD, 0) || setenv("BPFPIN_FD", number, 1))
		fail("cannot hand the descriptor on: %s", strerror(errno));
	else if (execvp(argv[0], argv))
		fail("cannot run %s: %s", argv[0], strerror(errno));
	free(number);
	return EXIT_FAILURE;
}

int do_get(int argc, char **argv)
{
	LIBBPFPIN_OPTS(bpfpin_get_fd_opts, opened);
	struct bpfpin *module = NULL;
	int fd, err = EXIT_FAILURE;
	struct owner owner;
	const char *name;

	if (owner_parse(&argc, &argv, false, &owner))
		return EXIT_FAILURE;
	name = owner_pin_name(&argc, &argv);
	if (name)
		module = owner_module(&owner);
	if (!module)
		goto out;
	fd = owner_open_pin(module, &owner, name, &opened);
	if (fd < 0)
		goto out;
	/* getopt(3) has eaten the first "--", if that was before the command. */
	if (argc && !strcmp(argv[0], "--")) {
		argc--;
		argv++;
	}
	err = argc ? run_command(fd, argv) : print_object(fd, &opened);
	close(fd);
out:
	bpfpin__close(module);
	owner_free(&owner);
	return err;
}
