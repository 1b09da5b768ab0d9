// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin tie */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "main.h"
#include "module.h"
#include "output.h"
#include "owner.h"

/* EINVAL has several reasons; what is at the path tells most of them apart. */
static int fail_invalid(struct bpfpin *module, const char *path)
{
	LIBBPFPIN_OPTS(bpfpin_path_opts, nofollow, .flags = BPFPIN_OPT_NOFOLLOW);
	LIBBPFPIN_OPTS(bpfpin_file_info, file);

	if (!bpfpin__file(module, path, &file, &nofollow) && file.state != BPFPIN_FILE_PIN &&
	    strcmp(file.fs_type, "bpf"))
		return fail("cannot tie %s: it is neither in a bpffs nor the file of a pin", path);
	return fail("cannot tie %s: it is the root of a bpffs, or the owner, or a directory that "
		    "the owner is in", path);
}

/* The owner may be one whose end the kernel does not tell, or what is at the path. */
static int fail_unsupported(struct bpfpin *module, const char *path, const struct owner *owner)
{
	LIBBPFPIN_OPTS(bpfpin_path_opts, nofollow, .flags = BPFPIN_OPT_NOFOLLOW);
	LIBBPFPIN_OPTS(bpfpin_file_info, file);
	char *doing;

	if (!bpfpin__file(module, path, &file, &nofollow) && file.state == BPFPIN_FILE_PIN &&
	    !(file.can & BPFPIN_KIND_WATCH))
		return fail("cannot tie %s: %s", path, file.reason);
	doing = text("tie %s to", path);
	owner_fail(module, owner, doing, -EOPNOTSUPP);
	free(doing);
	return EXIT_FAILURE;
}

static int tie(const char *path, const struct owner *owner)
{
	LIBBPFPIN_OPTS(bpfpin_path_opts, nofollow, .flags = BPFPIN_OPT_NOFOLLOW);
	LIBBPFPIN_OPTS(bpfpin_file_info, file);
	struct bpfpin *module = owner_module(owner);
	struct json_object *object;
	char *doing;
	__u32 id = 0;
	int err;

	if (!module)
		return EXIT_FAILURE;
	err = bpfpin__tie(module, path, &owner->spec, &id, NULL);
	if (err == -EINVAL) {
		fail_invalid(module, path);
	} else if (err == -EBUSY) {
		fail("cannot tie %s: something is mounted there", path);
	} else if (err == -EACCES) {
		fail("cannot tie %s to %s: %s; it takes the right to write to the directory of the "
		     "one and to the other", path, owner->text, strerror(EACCES));
	} else if (err == -ENOENT && bpfpin__file(module, path, &file, &nofollow) == -ENOENT) {
		fail("cannot tie %s: %s", path, strerror(ENOENT));
	} else if (err == -EOPNOTSUPP) {
		fail_unsupported(module, path, owner);
	} else if (err) {
		doing = text("tie %s to", path);
		owner_fail(module, owner, doing, err);
		free(doing);
	}
	bpfpin__close(module);
	if (err)
		return EXIT_FAILURE;
	if (options.json) {
		object = json_object_new_object();
		json_add_uint(object, "id", id);
		json_add_bytes(object, "path", path);
		json_print(object);
	}
	return EXIT_SUCCESS;
}

int do_tie(int argc, char **argv)
{
	struct owner owner;
	const char *path;
	int err;

	if (!argc)
		return fail_usage("what to tie is missing");
	path = argv[0];
	if (argc < 2)
		return fail_usage("\"to OWNER\" is missing");
	if (!is_prefix(argv[1], "to"))
		return fail_usage("expected \"to OWNER\" instead of \"%s\"", argv[1]);
	argc -= 2;
	argv += 2;
	if (owner_parse(&argc, &argv, true, &owner))
		return EXIT_FAILURE;
	err = argc ? fail_usage("unexpected argument \"%s\"", argv[0]) : tie(path, &owner);
	owner_free(&owner);
	return err;
}
