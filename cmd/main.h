/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_MAIN_H
#define __BPFPIN_CMD_MAIN_H

#include <stdbool.h>
#include <stdio.h>

/* Options that only some commands take; the others refuse them. */
enum command_option {
	TAKES_ALL	= 1U << 0,
	TAKES_RECURSIVE	= 1U << 1,
	TAKES_DRY_RUN	= 1U << 2,
	TAKES_COUNT	= 1U << 3,
	TAKES_INTERVAL	= 1U << 4,
	TAKES_BATCH	= 1U << 5,
	TAKES_COLUMNS	= 1U << 6,
	TAKES_TOTALS	= 1U << 7,
};

struct options {
	bool json;
	bool pretty;
	bool debug;
	unsigned int given;	/* enum command_option */
	/* what followed them */
	const char *count;
	const char *interval;
	const char *columns;
};

extern struct options options;

struct command {
	const char *name;
	const char *args;	/* as in the usage line */
	const char *summary;	/* one line */
	const char *detail;	/* lines for "help COMMAND", may be NULL */
	unsigned int takes;	/* enum command_option */
	/* Without the command's name; returns the exit code. */
	int (*run)(int argc, char **argv);
};

/* Ends with an entry without a name. */
extern const struct command commands[];

/* The command that this is the name or the only beginning of; else NULL, and said why. */
const struct command *command_find(const char *word);
/* The command that runs. */
extern const struct command *command;

int do_pin(int argc, char **argv);
int do_attach(int argc, char **argv);
int do_get(int argc, char **argv);
int do_show(int argc, char **argv);
int do_list(int argc, char **argv);
int do_unpin(int argc, char **argv);
int do_tie(int argc, char **argv);
int do_untie(int argc, char **argv);
int do_view(int argc, char **argv);
int do_monitor(int argc, char **argv);
int do_status(int argc, char **argv);
int do_clean(int argc, char **argv);
int do_version(int argc, char **argv);
int do_help(int argc, char **argv);

/* Global usage text, for "help" and for a bare "bpfpin". */
void help_print(FILE *to);

/* Is it a word, or the beginning of it? */
bool is_prefix(const char *word, const char *of);

#define array_size(a)	(sizeof(a) / sizeof((a)[0]))

#endif /* __BPFPIN_CMD_MAIN_H */
