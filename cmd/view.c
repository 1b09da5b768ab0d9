// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin view: which of its commands it is */
#include <string.h>
#include "main.h"
#include "output.h"
#include "view.h"

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
	unsigned int takes;	/* enum command_option */
} view_commands[] = {
	{ "add",	view_add,	0 },
	{ "install",	view_install,	0 },
	{ "list",	view_list,	0 },
	{ "plot",	view_plot,	TAKES_INTERVAL | TAKES_COUNT },
	{ "remove",	view_remove,	0 },
	{ "replace",	view_replace,	0 },
	{ "show",	view_show,	0 },
};

int do_view(int argc, char **argv)
{
	size_t i, found = array_size(view_commands);

	if (!argc)
		return view_list(0, NULL);
	for (i = 0; i < array_size(view_commands); i++) {
		if (!is_prefix(argv[0], view_commands[i].name))
			continue;
		if (found < array_size(view_commands))
			return fail_usage("\"%s\" may be more than one of the commands: type more of it",
					  argv[0]);
		found = i;
	}
	if (found == array_size(view_commands))
		return fail_usage("view has no command \"%s\"", argv[0]);
	if (options.given & ~view_commands[found].takes)
		return fail_usage("view %s takes neither --interval nor --count",
				  view_commands[found].name);
	return view_commands[found].run(argc - 1, argv + 1);
}
