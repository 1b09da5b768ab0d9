// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin: options, the table of commands, and nothing else. */
#include <getopt.h>
#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <bpf/libbpf.h>
#include "libbpfpin.h"
#include "main.h"
#include "output.h"
#include "owner.h"

struct options options;
const struct command *command;

const struct command commands[] = {
	{
		.name = "pin",
		.args = "prog|map|link SPEC PATH",
		.summary = "pin an object to a new file",
		.detail = "SPEC is  id N | name NAME | tag TAG | pinned FILE\n"
			  "(name: programs and maps, tag: programs)\n"
			  "The pin lasts until the file is removed or its file system unmounted.\n",
		.run = do_pin,
	}, {
		.name = "attach",
		.args = "prog|map|link SPEC to OWNER [name NAME]",
		.summary = "pin an object to something that is there already",
		.detail = "SPEC is  id N | name NAME | tag TAG | pinned FILE\n"
			  "(name: programs and maps, tag: programs)\n"
			  OWNER_HELP
			  "NAME tells the pins of an owner apart; it is by default that of the\n"
			  "object, or TYPE-ID.  The pin lasts until the owner ends.\n",
		.run = do_attach,
	}, {
		.name = "get",
		.args = "OWNER name NAME [-- COMMAND...]",
		.summary = "open what is attached to an owner, and run a command with it",
		.detail = OWNER_HELP
			  "COMMAND finds the number of the descriptor in BPFPIN_FD.\n"
			  "Without one, it is told what the object is.\n",
		.run = do_get,
	}, {
		.name = "show",
		.args = "[PATH | id N | OWNER [name NAME]]",
		.summary = "list the pins, or show one, or those of an owner",
		.detail = OWNER_HELP,
		.run = do_show,
	}, {
		.name = "list",
		.args = "[pins | ties]",
		.summary = "list the pins, or the ties",
		.run = do_list,
	}, {
		.name = "unpin",
		.args = "PATH | id N | OWNER name NAME | --all",
		.summary = "end a pin and remove its file, or detach it from its owner",
		.detail = OWNER_HELP
			  "  -a, --all            end every pin, attached ones too; ties stay\n",
		.takes = TAKES_ALL,
		.run = do_unpin,
	}, {
		.name = "tie",
		.args = "PATH to OWNER",
		.summary = "have the kernel remove something at an owner's end",
		.detail = "PATH is an entry or a directory of bpffs, or the file of a pin.  A directory\n"
			  "goes with everything below it, whoever put it there.\n"
			  OWNER_HELP
			  "OWNER may also be  pinned FILE (an entry of bpffs, or the file of a pin)\n",
		.run = do_tie,
	}, {
		.name = "untie",
		.args = "PATH | id N | --all",
		.summary = "dissolve ties; nothing is removed",
		.detail = "  -a, --all            dissolve every tie\n",
		.takes = TAKES_ALL,
		.run = do_untie,
	}, {
		.name = "view",
		.args = "add|install|list|remove|replace ...",
		.summary = "files in cgroups whose text a program writes",
		.detail = "  view add PROG at CGROUP/NAME [inherit] [mode MODE] [owner UID:GID]\n"
			  "  view install NAME at CGROUP [inherit] [mode MODE] [owner UID:GID] [file FILE]\n"
			  "  view list\n"
			  "  view remove CGROUP/NAME\n"
			  "  view replace CGROUP/NAME with PROG\n"
			  "PROG is  id N | name NAME | tag TAG | pinned FILE, of SEC(\"iter/cgroup\").\n"
			  "CGROUP is a directory of cgroup version 2; NAME begins with \"bpf\".\n"
			  "inherit: every cgroup below has the file, too, new ones as well.\n"
			  "MODE is 0444 by default.\n"
			  "install: one that comes along with this command, of which NAME is\n"
			  "schedwait | runqlat | biolat | tcp | memstall | syscalls | openfiles;\n"
			  "without NAME it is told what they are.  FILE is bpf.NAME by default.\n",
		.run = do_view,
	}, {
		.name = "monitor",
		.args = "[-c N]",
		.summary = "tell of each pin that is made or ends, as it happens",
		.detail = "  -c, --count N        end after N events\n",
		.takes = TAKES_COUNT,
		.run = do_monitor,
	}, {
		.name = "status",
		.args = "",
		.summary = "what the module can do on this kernel",
		.run = do_status,
	}, {
		.name = "clean",
		.args = "[-r] [-n] PATH...",
		.summary = "remove files left behind by pins that ended",
		.detail = "  -r, --recursive      PATH may be a directory: look at everything below\n"
			  "  -n, --dry-run        only say what would be removed\n",
		.takes = TAKES_RECURSIVE | TAKES_DRY_RUN,
		.run = do_clean,
	}, {
		.name = "version",
		.args = "",
		.summary = "versions of command, libraries and module",
		.run = do_version,
	}, {
		.name = "help",
		.args = "[COMMAND]",
		.summary = "this text, or more about a command",
		.run = do_help,
	}, {
		.name = NULL,
	}
};

static const struct option long_options[] = {
	{ "json",	no_argument, NULL, 'j' },
	{ "pretty",	no_argument, NULL, 'p' },
	{ "debug",	no_argument, NULL, 'd' },
	{ "version",	no_argument, NULL, 'V' },
	{ "help",	no_argument, NULL, 'h' },
	{ "all",	no_argument, NULL, 'a' },
	{ "recursive",	no_argument, NULL, 'r' },
	{ "dry-run",	no_argument, NULL, 'n' },
	{ "count",	required_argument, NULL, 'c' },
	{ NULL, 0, NULL, 0 }
};

static const struct {
	unsigned int bit;
	const char *name;
} command_options[] = {
	{ TAKES_ALL,		"--all" },
	{ TAKES_RECURSIVE,	"--recursive" },
	{ TAKES_DRY_RUN,	"--dry-run" },
	{ TAKES_COUNT,		"--count" },
};

bool is_prefix(const char *word, const char *of)
{
	return *word && !strncmp(word, of, strlen(word));
}

const struct command *command_find(const char *word)
{
	const struct command *c, *found = NULL;
	char several[128] = "";
	size_t len = strlen(word);
	int matches = 0;

	for (c = commands; c->name; c++) {
		if (!strcmp(c->name, word))
			return c;
		if (strncmp(c->name, word, len))
			continue;
		found = c;
		snprintf(several + strlen(several), sizeof(several) - strlen(several), "%s%s",
			 matches++ ? ", " : "", c->name);
	}
	if (matches == 1)
		return found;
	if (matches && len)
		fail("\"%s\" may be %s: type more of it", word, several);
	else
		fail("there is no command \"%s\": see \"bpfpin help\"", word);
	return NULL;
}

__attribute__((format(printf, 2, 0)))
static int print_libbpf(enum libbpf_print_level level, const char *format, va_list args)
{
	(void)level;
	return vfprintf(stderr, format, args);
}

__attribute__((format(printf, 2, 0)))
static int print_libbpfpin(enum bpfpin_print_level level, const char *format, va_list args)
{
	(void)level;
	return vfprintf(stderr, format, args);
}

static int run(int argc, char **argv)
{
	size_t i;

	command = command_find(argv[0]);
	if (!command)
		return EXIT_FAILURE;
	for (i = 0; i < array_size(command_options); i++)
		if (options.given & command_options[i].bit & ~command->takes)
			return fail_usage("%s takes no %s", command->name, command_options[i].name);
	return command->run(argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
	/* -j may follow a wrong option, and the error must be JSON then */
	char wrong[160] = "", option[128];
	bool version = false, help = false;
	int opt, err;

	setlocale(LC_CTYPE, "");
	opterr = 0;
	while ((opt = getopt_long(argc, argv, ":jpdVharnc:", long_options, NULL)) != -1) {
		switch (opt) {
		case 'p':
			options.pretty = true;
			/* fallthrough */
		case 'j':
			options.json = true;
			break;
		case 'd':
			options.debug = true;
			break;
		case 'V':
			version = true;
			break;
		case 'h':
			help = true;
			break;
		case 'a':
			options.given |= TAKES_ALL;
			break;
		case 'r':
			options.given |= TAKES_RECURSIVE;
			break;
		case 'n':
			options.given |= TAKES_DRY_RUN;
			break;
		case 'c':
			options.given |= TAKES_COUNT;
			options.count = optarg;
			break;
		case ':':
			if (!*wrong)
				snprintf(wrong, sizeof(wrong), "the option \"%s\" needs a number",
					 argv[optind - 1]);
			break;
		default:
			if (*wrong)
				break;
			if (optopt && !strchr("jpdVharnc", optopt))
				snprintf(option, sizeof(option), "-%c", optopt);
			else
				snprintf(option, sizeof(option), "%s", argv[optind - 1]);
			snprintf(wrong, sizeof(wrong), "there is no option \"%s\"", option);
		}
	}
	argc -= optind;
	argv += optind;

	libbpf_set_print(options.debug ? print_libbpf : NULL);
	bpfpin_set_print(options.debug ? print_libbpfpin : NULL);

	if (*wrong)
		err = fail("%s: see \"bpfpin help\"", wrong);
	else if (version)
		err = do_version(0, NULL);
	else if (help)
		err = do_help(argc, argv);
	else if (argc)
		err = run(argc, argv);
	else if (options.json)
		err = fail("a command is missing: see \"bpfpin help\"");
	else {
		help_print(stderr);
		err = EXIT_FAILURE;
	}

	/* A full disk or a closed pipe is a failure too. */
	if (fflush(stdout) || ferror(stdout)) {
		fprintf(stderr, "Error: cannot write to the standard output\n");
		err = EXIT_FAILURE;
	}
	return err;
}
