// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin view: the table of its subcommands. */
#include <stddef.h>
#include "main.h"
#include "output.h"
#include "view.h"

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} subcommands[] = {
	{ "install", view_install },
};

int do_view(int argc, char **argv)
{
	size_t i, found = array_size(subcommands), matches = 0;

	if (!argc)
		return fail_usage("what to do is missing");
	for (i = 0; i < array_size(subcommands); i++) {
		if (!is_prefix(argv[0], subcommands[i].name))
			continue;
		found = i;
		matches++;
	}
	if (!matches)
		return fail_usage("there is no \"view %s\"", argv[0]);
	if (matches > 1)
		return fail_usage("\"%s\" may be several: type more of it", argv[0]);
	return subcommands[found].run(argc - 1, argv + 1);
}
