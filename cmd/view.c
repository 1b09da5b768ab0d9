// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin view: which of its commands it is */
#include <string.h>
#include "main.h"
#include "output.h"
#include "view.h"

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} view_commands[] = {
	{ "add",	view_add },
	{ "install",	view_install },
	{ "list",	view_list },
	{ "remove",	view_remove },
	{ "replace",	view_replace },
};

int do_view(int argc, char **argv)
{
	int (*run)(int argc, char **argv) = NULL;
	size_t i;

	if (!argc)
		return view_list(0, NULL);
	for (i = 0; i < array_size(view_commands); i++) {
		if (!is_prefix(argv[0], view_commands[i].name))
			continue;
		if (run)
			return fail_usage("\"%s\" may be more than one of the commands: type more of it",
					  argv[0]);
		run = view_commands[i].run;
	}
	if (!run)
		return fail_usage("view has no command \"%s\"", argv[0]);
	return run(argc - 1, argv + 1);
}
