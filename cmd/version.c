// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin version */
#include <stdlib.h>
#include <bpf/libbpf.h>
#include "main.h"
#include "module.h"
#include "output.h"

int do_version(int argc, char **argv)
{
	LIBBPFPIN_OPTS(bpfpin_status, status);
	struct bpfpin *module;
	struct json_object *object;
	bool loaded = false;

	if (argc)
		return fail_usage("unexpected argument \"%s\"", argv[0]);
	/* Without a module there is still a version to tell. */
	module = bpfpin__open(NULL);
	if (module)
		loaded = !bpfpin__status(module, &status);
	bpfpin__close(module);

	if (options.json) {
		object = json_object_new_object();
		json_add_string(object, "version", libbpfpin_version_string());
		json_add_uint(object, "abi_version", BPFPIN_ABI_VERSION);
		json_add_string(object, "libbpf_version", libbpf_version_string());
		json_add_bytes(object, "module_version", loaded ? status.version : NULL);
		json_print(object);
	} else {
		print_line("bpfpin v%s", libbpfpin_version_string());
		print_line("using libbpf %s", libbpf_version_string());
		if (loaded)
			print_line("module %s", status.version);
		else
			print_line("module not loaded");
	}
	return EXIT_SUCCESS;
}
