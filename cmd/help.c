// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin help */
#include <stdlib.h>
#include "main.h"
#include "output.h"

static const char general_options[] =
	"  -j, --json           print JSON\n"
	"  -p, --pretty         print JSON that is easy to read\n"
	"  -d, --debug          tell on stderr what the libraries do\n"
	"  -V, --version        the same as the command version\n"
	"  -h, --help           the same as the command help\n";

void help_print(FILE *to)
{
	const struct command *c;

	fputs("Usage: bpfpin [OPTIONS] COMMAND [ARGUMENTS]\n"
	      "Pin BPF objects to things that can die, look at the pins, end them.\n\n"
	      "Commands (a beginning will do):\n", to);
	for (c = commands; c->name; c++)
		fprintf(to, "  %-8s%s\n          %s\n", c->name, c->args, c->summary);
	fprintf(to, "\nOptions:\n%s\nMore: bpfpin help COMMAND, and the manual page bpfpin(8).\n",
		general_options);
}

static void print_one(const struct command *c)
{
	printf("Usage: bpfpin [OPTIONS] %s%s%s\n\n  %s\n", c->name, *c->args ? " " : "", c->args,
	       c->summary);
	if (c->detail)
		printf("\n%s", c->detail);
	printf("\nOptions:\n%s", general_options);
}

static struct json_object *command_json(const struct command *c)
{
	struct json_object *object = json_object_new_object();

	json_add_string(object, "command", c->name);
	json_add_string(object, "arguments", c->args);
	json_add_string(object, "summary", c->summary);
	return object;
}

int do_help(int argc, char **argv)
{
	const struct command *c = NULL;
	struct json_object *list;

	if (argc) {
		c = command_find(argv[0]);
		if (!c)
			return EXIT_FAILURE;
	}
	if (options.json && c) {
		json_print(command_json(c));
	} else if (options.json) {
		list = json_object_new_array();
		for (c = commands; c->name; c++)
			json_object_array_add(list, command_json(c));
		json_print(list);
	} else if (c) {
		print_one(c);
	} else {
		help_print(stdout);
	}
	return EXIT_SUCCESS;
}
