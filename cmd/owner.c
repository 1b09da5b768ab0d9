// SPDX-License-Identifier: GPL-2.0-only
/* OWNER, as the user names what a pin or a tie ends with. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/bpf.h>
#include <sys/syscall.h>
#include "main.h"
#include "module.h"
#include "netns.h"
#include "object.h"
#include "output.h"
#include "owner.h"

enum owner_kind {
	OWNER_FILE,
	OWNER_FD,
	OWNER_CGROUP,
	OWNER_NETNS,
	OWNER_NETDEV,
	OWNER_PINNED,		/* of a tie only, so the last */
	OWNER_KINDS
};

static const char *const words[OWNER_KINDS] = {
	[OWNER_FILE]	= "file",
	[OWNER_FD]	= "fd",
	[OWNER_CGROUP]	= "cgroup",
	[OWNER_NETNS]	= "netns",
	[OWNER_NETDEV]	= "netdev",
	[OWNER_PINNED]	= "pinned",
};

/* How many of the first @count words begin like this, and the last that does. */
static int count_matches(const char *word, int count, int *found)
{
	int i, matches = 0;

	for (i = 0; i < count; i++) {
		if (!is_prefix(word, words[i]))
			continue;
		*found = i;
		matches++;
	}
	return matches;
}

bool owner_leads_in(const char *word)
{
	int kind;

	return count_matches(word, OWNER_PINNED, &kind);
}

static int find_kind(const char *word, bool pinned)
{
	int kind, matches = count_matches(word, pinned ? OWNER_KINDS : OWNER_PINNED, &kind);

	if (matches == 1)
		return kind;
	if (matches)
		fail_usage("\"%s\" may be %s: type more of it", word,
			   *word == 'f' ? "file or fd" : "netns or netdev");
	else
		fail_usage("\"%s\" is none of file, fd, cgroup, netns%s", word,
			   pinned ? ", netdev and pinned" : " and netdev");
	return -1;
}

static void own_fd(struct owner *owner, int fd)
{
	owner->fd = fd;
	owner->spec.fd = fd;
	owner->spec.flags = BPFPIN_OWNER_FD;
}

/* "PID:FD", or a descriptor that we were started with. */
static int parse_fd(struct owner *owner, const char *word)
{
	const char *colon = strchr(word, ':');
	__u32 pid = 0, number;
	char *first;
	int pidfd, fd;
	bool right;

	first = text("%.*s", colon ? (int)(colon - word) : 0, word);
	right = parse_id(colon ? colon + 1 : word, &number) && number <= INT32_MAX &&
		(!colon || (parse_id(first, &pid) && pid && pid <= INT32_MAX));
	free(first);
	if (!right) {
		fail_usage("\"%s\" is neither FD nor PID:FD", word);
		return -1;
	}
	owner->text = text("fd %s", word);
	if (!colon) {
		/* What we opened ourselves is close-on-exec, and not meant. */
		if (fcntl((int)number, F_GETFD) != 0) {
			fail("descriptor %u was not handed to this command", number);
			return -1;
		}
		owner->spec.fd = (int)number;
		owner->spec.flags = BPFPIN_OWNER_FD;
		return 0;
	}
	pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (pidfd < 0) {
		if (errno == ESRCH)
			fail("there is no process %u", pid);
		else
			fail("cannot look at process %u: %s", pid, strerror(errno));
		return -1;
	}
	fd = (int)syscall(SYS_pidfd_getfd, pidfd, number, 0);
	if (fd < 0 && errno == EBADF)
		fail("process %u has no descriptor %u", pid, number);
	else if (fd < 0 && errno == EPERM)
		fail("no permission to take descriptor %u of process %u, which needs the right "
		     "to trace it", number, pid);
	else if (fd < 0)
		fail("cannot take descriptor %u of process %u: %s", number, pid, strerror(errno));
	else
		own_fd(owner, fd);
	close(pidfd);
	return fd < 0 ? -1 : 0;
}

static int parse_netns(struct owner *owner, int *argc, char ***argv)
{
	char *typed;
	int fd = netns_open(argc, argv, &typed);

	if (fd < 0)
		return -1;
	own_fd(owner, fd);
	owner->text = text("netns %s", typed);
	free(typed);
	return 0;
}

/* IFNAME [netns NETNS]; what may follow that is "name". */
static int parse_netdev(struct owner *owner, int *argc, char ***argv)
{
	const char *ifname = *(*argv)++;
	char *typed = NULL;
	int fd = -1;

	--*argc;
	if (*argc && is_prefix((*argv)[0], "netns") && is_prefix((*argv)[0], "name")) {
		fail_usage("\"%s\" may be netns or name: type more of it", (*argv)[0]);
		return -1;
	}
	if (*argc && is_prefix((*argv)[0], "netns")) {
		--*argc;
		++*argv;
		fd = netns_open(argc, argv, &typed);
		if (fd < 0)
			return -1;
		own_fd(owner, fd);
	}
	owner->text = typed ? text("netdev %s netns %s", ifname, typed) : text("netdev %s", ifname);
	free(typed);
	owner->spec.ifindex = netns_ifindex(fd, ifname);
	return owner->spec.ifindex ? 0 : -1;
}

int owner_parse(int *argc, char ***argv, bool pinned, struct owner *owner)
{
	int err;

	memset(owner, 0, sizeof(*owner));
	owner->spec.sz = sizeof(owner->spec);
	owner->fd = -1;
	if (!*argc) {
		fail_usage("the owner is missing");
		return -1;
	}
	owner->kind = find_kind((*argv)[0], pinned);
	if (owner->kind < 0)
		return -1;
	if (*argc < 2) {
		fail_usage("what %s is missing", words[owner->kind]);
		return -1;
	}
	--*argc;
	++*argv;
	switch (owner->kind) {
	case OWNER_NETNS:
		err = parse_netns(owner, argc, argv);
		break;
	case OWNER_NETDEV:
		err = parse_netdev(owner, argc, argv);
		break;
	case OWNER_FD:
		err = parse_fd(owner, (*argv)[0]);
		--*argc;
		++*argv;
		break;
	default:
		owner->spec.path = (*argv)[0];
		owner->text = text("%s %s", words[owner->kind], owner->spec.path);
		err = 0;
		--*argc;
		++*argv;
	}
	if (err)
		owner_free(owner);
	return err;
}

void owner_free(struct owner *owner)
{
	if (owner->fd >= 0)
		close(owner->fd);
	owner->fd = -1;
	free(owner->text);
	owner->text = NULL;
}

/* Is it of the kind that the user said?  0, or -1 and said why. */
static int owner_check(struct bpfpin *module, const struct owner *owner)
{
	LIBBPFPIN_OPTS(bpfpin_file_info, file);
	int err;

	if (owner->kind != OWNER_CGROUP && owner->kind != OWNER_PINNED)
		return 0;
	err = bpfpin__file(module, owner->spec.path, &file, NULL);
	if (err) {
		fail("cannot look at %s: %s", owner->spec.path, module_strerror(err));
		return -1;
	}
	if (owner->kind == OWNER_CGROUP && strcmp(file.fs_type, "cgroup2") &&
	    strcmp(file.fs_type, "cgroup")) {
		fail("%s is no cgroup, but on a file system of type %s", owner->spec.path,
		     *file.fs_type ? file.fs_type : "unknown");
		return -1;
	}
	if (owner->kind == OWNER_PINNED && file.state != BPFPIN_FILE_PIN &&
	    file.state != BPFPIN_FILE_BPFFS) {
		module_fail_no_pin(owner->spec.path, &file);
		return -1;
	}
	return 0;
}

struct bpfpin *owner_module(const struct owner *owner)
{
	struct bpfpin *module = module_open_for(2);

	if (module && owner_check(module, owner)) {
		bpfpin__close(module);
		module = NULL;
	}
	return module;
}

/* Of the kinds that the kernel refuses, the module knows why. */
static int fail_unsupported(struct bpfpin *module, const struct owner *owner, const char *doing)
{
	LIBBPFPIN_OPTS(bpfpin_file_info, file);

	if (owner->spec.path && !bpfpin__file(module, owner->spec.path, &file, NULL) &&
	    *file.reason)
		return fail("cannot %s %s: %s", doing, owner->text, file.reason);
	return fail("cannot %s %s: the kernel does not tell the end of such an owner "
		    "(the kernel's log says why)", doing, owner->text);
}

int owner_fail(struct bpfpin *module, const struct owner *owner, const char *doing, int error)
{
	bool net = owner->kind == OWNER_NETNS || owner->kind == OWNER_NETDEV;

	switch (error) {
	case -EOPNOTSUPP:
		return fail_unsupported(module, owner, doing);
	case -EPERM:
		return fail("cannot %s %s: %s; it takes CAP_BPF or CAP_SYS_ADMIN%s", doing,
			    owner->text, strerror(EPERM),
			    net ? ", and CAP_NET_ADMIN over the namespace" : "");
	case -ENODEV:
		return fail("cannot %s %s: there is no such network device any more", doing,
			    owner->text);
	case -ENOENT:
		return fail("cannot %s %s: there is no such thing, or it is just ending", doing,
			    owner->text);
	case -EACCES:
		return fail("cannot %s %s: %s; it takes the right to write to it", doing,
			    owner->text, strerror(EACCES));
	default:
		return fail("cannot %s %s: %s", doing, owner->text, module_strerror(error));
	}
}

const char *owner_pin_name(int *argc, char ***argv)
{
	const char *name;

	if (!*argc) {
		fail_usage("\"name NAME\" is missing");
		return NULL;
	}
	if (!is_prefix((*argv)[0], "name")) {
		fail_usage("unexpected argument \"%s\"", (*argv)[0]);
		return NULL;
	}
	if (*argc < 2) {
		fail_usage("the name of the pin is missing");
		return NULL;
	}
	name = (*argv)[1];
	*argc -= 2;
	*argv += 2;
	if (!*name)
		fail_usage("the name of a pin cannot be empty");
	else if (strlen(name) >= BPFPIN_PIN_NAME_LEN)
		fail_usage("the name of a pin has at most %d bytes", BPFPIN_PIN_NAME_LEN - 1);
	else if (strchr(name, '/') || !strcmp(name, ".") || !strcmp(name, ".."))
		fail_usage("\"%s\" cannot be the name of a pin: a slash, \".\" and \"..\" are not "
			   "allowed", name);
	else
		return name;
	return NULL;
}

int owner_open_pin(struct bpfpin *module, const struct owner *owner, const char *name,
		   struct bpfpin_get_fd_opts *opts)
{
	/* A map may be pinned by somebody who could only read or only write it. */
	static const __u32 flags[] = { 0, BPF_F_RDONLY, BPF_F_WRONLY };
	int fd = -EACCES;
	size_t i;

	for (i = 0; i < array_size(flags) && fd == -EACCES; i++) {
		opts->file_flags = flags[i];
		fd = bpfpin__get_fd_by_name(module, &owner->spec, name, opts);
	}
	if (fd >= 0)
		return fd;
	if (fd == -ENOENT)
		fail("%s has no pin with name \"%s\"", owner->text, name);
	else
		fail("cannot open what is pinned to %s with name \"%s\": %s", owner->text, name,
		     fd == -EOPNOTSUPP ? "nothing can be pinned to it" : module_strerror(fd));
	return -1;
}
