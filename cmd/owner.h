/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_OWNER_H
#define __BPFPIN_CMD_OWNER_H

#include <stdbool.h>
#include "libbpfpin.h"

/* For the usage of commands: what OWNER is. */
#define OWNER_HELP							\
	"OWNER is  file PATH | fd FD | fd PID:FD | cgroup PATH\n"	\
	"          | netns NETNS | netdev IFNAME [netns NETNS]\n"	\
	"NETNS is  NAME (of ip-netns(8)) | PATH (with a slash) | pid PID\n"

/* An owner as the user named it. */
struct owner {
	struct bpfpin_owner_spec spec;
	int kind;		/* which word */
	int fd;			/* ours to close, or -1 */
	char *text;		/* as typed, for messages */
};

/* Does this word, or beginning of a word, lead in an OWNER? */
bool owner_leads_in(const char *word);

/*
 * Take an OWNER off the arguments; with @pinned it may also be "pinned FILE".
 * 0, or -1 and said why.  After 0 it is owner_free()'s.
 */
int owner_parse(int *argc, char ***argv, bool pinned, struct owner *owner);
void owner_free(struct owner *owner);

/* Connect, if the owner is of the kind that the user said; else NULL and said why. */
struct bpfpin *owner_module(const struct owner *owner);

/* Say why something cannot be done with an owner; returns the exit code. */
int owner_fail(struct bpfpin *module, const struct owner *owner, const char *doing, int error);

/* Take "name NAME" off the arguments: NAME, or NULL and said why. */
const char *owner_pin_name(int *argc, char ***argv);

/*
 * Open the object attached under a name: the descriptor, and the pin and type in
 * @opts; or -1 and said why.  It can do what the pin's maker could do.
 */
int owner_open_pin(struct bpfpin *module, const struct owner *owner, const char *name,
		   struct bpfpin_get_fd_opts *opts);

#endif /* __BPFPIN_CMD_OWNER_H */
