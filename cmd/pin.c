// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin pin */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "main.h"
#include "module.h"
#include "object.h"
#include "output.h"

/* EPERM has many reasons, and the module knows most of them. */
static int fail_refused(const char *path)
{
	LIBBPFPIN_OPTS(bpfpin_status, status);
	LIBBPFPIN_OPTS(bpfpin_file_info, file);
	struct bpfpin *module = bpfpin__open(NULL);

	if (!module && module_missing(-errno))
		return fail("cannot pin to %s: outside bpffs that needs the bpfpin module, which is "
			    "not loaded: load it with \"modprobe bpfpin\"", path);
	if (!module)
		goto unknown;
	if (!bpfpin__status(module, &status) && !(status.features & BPFPIN_FEATURE_PIN)) {
		fail("cannot pin to %s: the module could not extend BPF_OBJ_PIN: %s", path,
		     feature_strerror(status.pin_error));
		goto out;
	}
	if (!bpfpin__explain(module, path, &file, NULL) && *file.reason) {
		fail("cannot pin to %s: %s", path, file.reason);
		goto out;
	}
unknown:
	fail("cannot pin to %s: %s; it takes CAP_BPF and the right to make a file there", path,
	     strerror(EPERM));
out:
	bpfpin__close(module);
	return EXIT_FAILURE;
}

int do_pin(int argc, char **argv)
{
	enum bpfpin_object_type type;
	struct json_object *object;
	const char *path;
	__u32 id;
	int fd, err;

	fd = object_open_any("pin", &type, &argc, &argv, &id);
	if (fd < 0)
		return EXIT_FAILURE;
	if (argc != 1) {
		close(fd);
		return argc ? fail_usage("unexpected argument \"%s\"", argv[1])
			    : fail_usage("the path is missing");
	}
	path = argv[0];

	err = bpfpin_pin(fd, path, NULL);
	close(fd);
	if (err == -EPERM)
		return fail_refused(path);
	if (err == -EEXIST)
		return fail("cannot pin to %s: there is a file already", path);
	if (err)
		return fail("cannot pin to %s: %s", path, module_strerror(err));

	if (options.json) {
		object = json_object_new_object();
		json_add_string(object, "object_type", bpfpin_object_type_str(type));
		json_add_uint(object, "object_id", id);
		json_add_bytes(object, "path", path);
		json_print(object);
	}
	return EXIT_SUCCESS;
}
