// SPDX-License-Identifier: GPL-2.0-only
/* Which of the pins, or ties. */
#include <string.h>
#include "main.h"
#include "object.h"
#include "output.h"
#include "selection.h"

int selection_parse(const char *doing, const char *noun, int argc, char **argv,
		    struct selection *selection)
{
	bool id_word = argc && argc <= 2 && !strcmp(argv[0], "id");

	*selection = (struct selection) {
		.all = options.given & TAKES_ALL,
		.by_id = id_word && argc == 2,
	};
	if (selection->all && argc)
		fail_usage("unexpected argument \"%s\" after --all", argv[0]);
	else if (!selection->all && !argc)
		fail_usage("what to %s is missing", doing);
	else if (id_word && argc == 1)
		fail_usage("the id of the %s is missing", noun);
	else if (id_word && (!parse_id(argv[1], &selection->id) || !selection->id))
		fail_usage("\"%s\" is not the id of a %s", argv[1], noun);
	else
		return 0;
	return -1;
}
