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
		.args = "add|install|list|show|plot|remove|replace ...",
		.summary = "files in cgroups whose text a program writes",
		.detail = "  view add PROG at CGROUP/NAME [inherit] [mode MODE] [owner UID:GID]\n"
			  "  view install NAME at CGROUP [inherit] [mode MODE] [owner UID:GID] [file FILE]\n"
			  "  view list\n"
			  "  view show CGROUP/NAME | CGROUP\n"
			  "  view plot CGROUP/NAME [KEY] [-i SECONDS [-c N]]\n"
			  "  view remove CGROUP/NAME\n"
			  "  view replace CGROUP/NAME with PROG\n"
			  "PROG is  id N | name NAME | tag TAG | pinned FILE, of SEC(\"iter/cgroup\").\n"
			  "CGROUP is a directory of cgroup version 2; NAME begins with \"bpf\".\n"
			  "inherit: every cgroup below has the file, too, new ones as well.\n"
			  "MODE is 0444 by default.\n"
			  "install: one that comes along with this command, of which NAME is\n"
			  "schedwait | runqlat | biolat | tcp | memstall | syscalls | openfiles;\n"
			  "without NAME it is told what they are.  FILE is bpf.NAME by default.\n"
			  "show: the text, or all texts of a cgroup.\n"
			  "plot: the histograms in the text, or that of KEY.\n"
			  "  -i, --interval SECONDS  again and again, what came since the last time\n"
			  "  -c, --count N           end after N times\n",
		.takes = TAKES_INTERVAL | TAKES_COUNT,
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

/* An option, and where its argument goes if it takes one. */
struct option_def {
	char letter;
	const char *name;
	unsigned int bit;	/* enum command_option; none for those of every command */
	const char **argument;
};

static const struct option_def general_options[] = {
	{ .letter = 'j', .name = "json" },
	{ .letter = 'p', .name = "pretty" },
	{ .letter = 'd', .name = "debug" },
	{ .letter = 'V', .name = "version" },
	{ .letter = 'h', .name = "help" },
	{ .letter = 0 }
};

static const struct option_def command_options[] = {
	{ 'a', "all",		TAKES_ALL,		NULL },
	{ 'r', "recursive",	TAKES_RECURSIVE,	NULL },
	{ 'n', "dry-run",	TAKES_DRY_RUN,		NULL },
	{ 'c', "count",		TAKES_COUNT,		&options.count },
	{ 'i', "interval",	TAKES_INTERVAL,		&options.interval },
	{ .letter = 0 }
};

/* The letters that such programs have always had are not those of the others. */
static const struct option_def top_options[] = {
	{ 'b', "batch",		TAKES_BATCH,		NULL },
	{ 'c', "columns",	TAKES_COLUMNS,		&options.columns },
	{ 'i', "interval",	TAKES_INTERVAL,		&options.interval },
	{ 'n', "count",		TAKES_COUNT,		&options.count },
	{ 't', "totals",	TAKES_TOTALS,		NULL },
	{ .letter = 0 }
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

static int run(int argc, char **argv, const struct option_def *takes)
{
	command = command_find(argv[0]);
	if (!command)
		return EXIT_FAILURE;
	for (; takes->letter; takes++)
		if (options.given & takes->bit & ~command->takes)
			return fail_usage("%s takes no --%s", command->name, takes->name);
	return command->run(argc - 1, argv + 1);
}

/* What the letters mean depends on the command if that is the first that is no option. */
static const struct option_def *options_of(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		if (argv[i][0] != '-')
			return is_prefix(argv[i], "top") && argv[i][1] ? top_options :
									 command_options;
	return command_options;
}

/* A set of options, in the form of getopt_long(3). */
#define MAX_OPTIONS 16

struct getopt_forms {
	struct option names[MAX_OPTIONS];
	char letters[2 * MAX_OPTIONS + 2];
	size_t count;
};

static void add_forms(struct getopt_forms *forms, const struct option_def *def)
{
	char *to = forms->letters + strlen(forms->letters);

	for (; def->letter; def++) {
		forms->names[forms->count++] = (struct option) {
			.name = def->name,
			.has_arg = def->argument ? required_argument : no_argument,
			.val = def->letter,
		};
		*to++ = def->letter;
		if (def->argument)
			*to++ = ':';
	}
}

static void take_option(const struct option_def *def, int letter)
{
	for (; def->letter; def++) {
		if (def->letter != letter)
			continue;
		options.given |= def->bit;
		if (def->argument)
			*def->argument = optarg;
	}
}

int main(int argc, char **argv)
{
	const struct option_def *takes = options_of(argc, argv);
	/* -j may follow a wrong option, and the error must be JSON then */
	char wrong[160] = "", option[128];
	bool version = false, help = false;
	struct getopt_forms forms = { .letters = ":" };
	int opt, err;

	setlocale(LC_CTYPE, "");
	opterr = 0;
	add_forms(&forms, general_options);
	add_forms(&forms, takes);
	while ((opt = getopt_long(argc, argv, forms.letters, forms.names, NULL)) != -1) {
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
		case ':':
			if (!*wrong)
				snprintf(wrong, sizeof(wrong), "the option \"%s\" needs %s",
					 argv[optind - 1],
					 optopt == 'c' && takes == top_options ?
					 "the names of columns" : "a number");
			break;
		case '?':
			if (*wrong)
				break;
			if (optopt && !strchr(forms.letters, optopt))
				snprintf(option, sizeof(option), "-%c", optopt);
			else
				snprintf(option, sizeof(option), "%s", argv[optind - 1]);
			snprintf(wrong, sizeof(wrong), "there is no option \"%s\"", option);
			break;
		default:
			take_option(takes, opt);
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
		err = run(argc, argv, takes);
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
