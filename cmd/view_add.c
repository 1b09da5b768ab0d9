// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin view add, bpfpin view replace */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "main.h"
#include "module.h"
#include "object.h"
#include "output.h"
#include "view.h"

static int parse_mode(const char *word, __u32 *mode)
{
	char *end;

	*mode = (__u32)strtoul(word, &end, 8);
	if (*word < '0' || *word > '7' || *end || *mode & ~0666U) {
		fail_usage("\"%s\" is no mode: it is octal and at most 0666", word);
		return -1;
	}
	return 0;
}

static int parse_owner(char *word, struct bpfpin_view_opts *opts)
{
	char *gid = strchr(word, ':');
	bool ok;

	if (gid)
		*gid++ = 0;
	ok = gid && parse_id(word, &opts->uid) && parse_id(gid, &opts->gid);
	if (!ok)
		fail_usage("the owner is UID:GID, two numbers");
	return ok ? 0 : -1;
}

int view_opts_parse(int argc, char **argv, struct bpfpin_view_opts *opts)
{
	for (; argc; argc--, argv++) {
		if (is_prefix(argv[0], "inherit")) {
			opts->flags |= BPFPIN_VIEW_OPT_INHERIT;
			continue;
		}
		if (!is_prefix(argv[0], "mode") && !is_prefix(argv[0], "owner")) {
			fail_usage("unexpected argument \"%s\"", argv[0]);
			return -1;
		}
		if (argc == 1) {
			fail_usage("what follows \"%s\" is missing", argv[0]);
			return -1;
		}
		if (is_prefix(argv[0], "mode")) {
			if (parse_mode(argv[1], &opts->mode))
				return -1;
			opts->flags |= BPFPIN_VIEW_OPT_MODE;
		} else {
			if (parse_owner(argv[1], opts))
				return -1;
			opts->flags |= BPFPIN_VIEW_OPT_UID | BPFPIN_VIEW_OPT_GID;
		}
		argc--;
		argv++;
	}
	return 0;
}

static int fail_make(struct bpfpin *module, const char *path, int err)
{
	LIBBPFPIN_OPTS(bpfpin_file_info, file);
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	switch (err) {
	case -EINVAL:
		return fail("cannot make a view at %s: the program is not of SEC(\"iter/cgroup\")",
			    path);
	case -EEXIST:
		return fail("cannot make a view at %s: there is a file already", path);
	case -EOPNOTSUPP:
		return fail("cannot make a view at %s: views are in the directories of cgroups of version 2",
			    path);
	case -EPERM:
		if (strncmp(name, "bpf", 3))
			return fail("cannot make a view at %s: its name has to begin with \"bpf\", others are the kernel's",
				    path);
		if (!bpfpin__explain(module, path, &file, NULL) && *file.reason)
			return fail("cannot make a view at %s: %s", path, file.reason);
		return fail("cannot make a view at %s: %s; it takes CAP_BPF, and CAP_CHOWN to give the file away",
			    path, strerror(EPERM));
	default:
		return fail("cannot make a view at %s: %s", path, module_strerror(err));
	}
}

int view_make(struct bpfpin *module, int prog_fd, const char *path,
	      const struct bpfpin_view_opts *opts, __u32 *id)
{
	int err = bpfpin__view_add(module, prog_fd, path, opts, id);

	return err ? fail_make(module, path, err) : EXIT_SUCCESS;
}

void view_print(const char *path, __u32 id, __u32 prog_id)
{
	struct json_object *object;

	if (!options.json)
		return;
	object = json_object_new_object();
	json_add_uint(object, "id", id);
	json_add_uint(object, "object_id", prog_id);
	json_add_bytes(object, "path", path);
	json_print(object);
}

/* "prog" is what it always is, so it may be left out. */
static int open_prog(int *argc, char ***argv, __u32 *id)
{
	if (*argc > 1 && is_prefix((*argv)[0], "prog") &&
	    (is_prefix((*argv)[1], "id") || is_prefix((*argv)[1], "name") ||
	     is_prefix((*argv)[1], "tag") || is_prefix((*argv)[1], "pinned"))) {
		--*argc;
		++*argv;
	}
	return object_open(BPFPIN_OBJECT_PROG, argc, argv, id);
}

/* PROG at CGROUP/NAME [inherit] [mode MODE] [owner UID:GID] */
int view_add(int argc, char **argv)
{
	LIBBPFPIN_OPTS(bpfpin_view_opts, opts);
	struct bpfpin *module = NULL;
	int fd, err = EXIT_FAILURE;
	__u32 prog_id, id;

	fd = open_prog(&argc, &argv, &prog_id);
	if (fd < 0)
		return EXIT_FAILURE;
	if (argc < 2 || strcmp(argv[0], "at")) {
		fail_usage(argc && strcmp(argv[0], "at") ? "unexpected argument \"%s\"" :
			   "where to make the view is missing: at CGROUP/NAME", argv[0]);
		goto out;
	}
	if (view_opts_parse(argc - 2, argv + 2, &opts))
		goto out;
	module = module_open_for(3);
	if (module)
		err = view_make(module, fd, argv[1], &opts, &id);
	if (!err)
		view_print(argv[1], id, prog_id);
out:
	bpfpin__close(module);
	close(fd);
	return err;
}

/* CGROUP/NAME with PROG */
int view_replace(int argc, char **argv)
{
	struct bpfpin *module;
	__u32 prog_id, id;
	const char *path;
	int fd, err;

	if (argc < 2 || strcmp(argv[1], "with"))
		return fail_usage("it is: view replace CGROUP/NAME with PROG");
	path = argv[0];
	argc -= 2;
	argv += 2;
	fd = open_prog(&argc, &argv, &prog_id);
	if (fd < 0)
		return EXIT_FAILURE;
	if (argc) {
		close(fd);
		return fail_usage("unexpected argument \"%s\"", argv[0]);
	}

	module = module_open_for(3);
	if (!module) {
		close(fd);
		return EXIT_FAILURE;
	}
	err = bpfpin__view_replace(module, fd, path, &id);
	if (err == -EINVAL)
		fail("cannot replace the program of %s: it is no view of yours that was made there, or the program is not of SEC(\"iter/cgroup\")",
		     path);
	else if (err)
		fail("cannot replace the program of %s: %s", path, module_strerror(err));
	else
		view_print(path, id, prog_id);
	bpfpin__close(module);
	close(fd);
	return err ? EXIT_FAILURE : EXIT_SUCCESS;
}
