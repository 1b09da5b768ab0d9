// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin view install: one of the views that come along with the command */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include "main.h"
#include "module.h"
#include "object.h"
#include "output.h"
#include "view.h"
#include "views.h"

struct install {
	const struct view *view;
	const char *cgroup;
	int cgroup_fd;
	char *path;
	bool inherit;
	__u32 mode;
	__u32 uid, gid;
};

/* ---- arguments */

static int list(void)
{
	struct json_object *array, *object;
	struct libscols_table *table;
	struct libscols_line *line;
	const struct view *view;

	if (options.json) {
		array = json_object_new_array();
		for (view = views; view->name; view++) {
			object = json_object_new_object();
			json_add_string(object, "name", view->name);
			json_add_string(object, "summary", view->summary);
			json_object_array_add(array, object);
		}
		json_print(array);
		return EXIT_SUCCESS;
	}
	table = table_new((const char *const[]){ "NAME", "WHAT IT TELLS", NULL });
	for (view = views; view->name; view++) {
		line = table_line(table);
		table_set(line, 0, text("%s", view->name));
		table_set(line, 1, text("%s", view->summary));
	}
	table_print(table);
	return EXIT_SUCCESS;
}

static int fail_unknown(const char *name)
{
	const struct view *view;
	char *names = text("%s", ""), *more;
	int err;

	for (view = views; view->name; view++) {
		more = text("%s%s%s", names, *names ? ", " : "", view->name);
		free(names);
		names = more;
	}
	err = fail("there is no view \"%s\"; there are %s", name, names);
	free(names);
	return err;
}

static bool parse_mode(const char *word, __u32 *mode)
{
	unsigned long number;
	char *end;

	number = strtoul(word, &end, 8);
	if (*word < '0' || *word > '7' || *end || number & ~0666UL)
		return false;
	*mode = (__u32)number;
	return true;
}

static bool parse_owner(const char *word, __u32 *uid, __u32 *gid)
{
	const char *colon = strchr(word, ':');
	char *first;
	bool right;

	if (!colon)
		return false;
	first = text("%.*s", (int)(colon - word), word);
	right = parse_id(first, uid) && parse_id(colon + 1, gid);
	free(first);
	return right;
}

/* [inherit] [mode MODE] [owner UID:GID] [file FILE] */
static int parse_options(struct install *install, int argc, char **argv)
{
	const char *file = NULL;

	while (argc) {
		if (is_prefix(argv[0], "inherit")) {
			install->inherit = true;
			argc--;
			argv++;
			continue;
		}
		if (!is_prefix(argv[0], "mode") && !is_prefix(argv[0], "owner") &&
		    !is_prefix(argv[0], "file"))
			return fail_usage("unexpected argument \"%s\"", argv[0]);
		if (argc < 2)
			return fail_usage("something is missing after \"%s\"", argv[0]);
		if (is_prefix(argv[0], "file"))
			file = argv[1];
		else if (is_prefix(argv[0], "mode") && !parse_mode(argv[1], &install->mode))
			return fail_usage("\"%s\" is no mode for a file that is read, like 0444",
					  argv[1]);
		else if (is_prefix(argv[0], "owner") &&
			 !parse_owner(argv[1], &install->uid, &install->gid))
			return fail_usage("\"%s\" is not UID:GID, two numbers", argv[1]);
		argc -= 2;
		argv += 2;
	}
	if (file && (!*file || strchr(file, '/')))
		return fail_usage("\"%s\" is no name for a file in the cgroup's directory", file);
	install->path = file ? text("%s/%s", install->cgroup, file)
			     : text("%s/bpf.%s", install->cgroup, install->view->name);
	return EXIT_SUCCESS;
}

/* ---- what has to be so, said before the kernel says it less clearly */

static bool has_controller(const struct install *install)
{
	int fd = openat(install->cgroup_fd, "cgroup.controllers", O_RDONLY | O_CLOEXEC);
	char line[512], *word, *rest = line;
	ssize_t len;

	if (fd < 0)
		return true;
	len = read(fd, line, sizeof(line) - 1);
	close(fd);
	line[len > 0 ? len : 0] = '\0';
	while ((word = strsep(&rest, " \n")))
		if (!strcmp(word, install->view->controller))
			return true;
	return false;
}

static int check(struct install *install)
{
	const struct view *view = install->view;
	struct statfs fs;
	struct stat stat;

	install->cgroup_fd = open(install->cgroup, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (install->cgroup_fd < 0)
		return fail("cannot open the cgroup %s: %s", install->cgroup, strerror(errno));
	if (fstatfs(install->cgroup_fd, &fs) || fs.f_type != CGROUP2_SUPER_MAGIC)
		return fail("%s is no cgroup: it is not on a cgroup2 file system", install->cgroup);
	if (!lstat(install->path, &stat))
		return fail("cannot install the view at %s: there is a file already",
			    install->path);
	if (access("/sys/kernel/btf/vmlinux", R_OK))
		return fail("this kernel has no type information (/sys/kernel/btf/vmlinux), which "
			    "views need: it takes CONFIG_DEBUG_INFO_BTF");
	if (view->controller && !has_controller(install))
		return fail("the view %s needs the controller \"%s\", which is not enabled for %s: "
			    "write +%s to cgroup.subtree_control of the directory above",
			    view->name, view->controller, install->cgroup, view->controller);
	return EXIT_SUCCESS;
}

/* ---- doing it */

/*
 * TODO: bpfpin_view_add(), with inherit, mode, uid and gid, when there are views in
 * the kernel.  Until then it is the pinned link of an iterator, of one cgroup.
 */
static int add_view(const struct install *install, int program_fd)
{
	union bpf_iter_link_info info = {
		.cgroup.order = BPF_CGROUP_ITER_SELF_ONLY,
		.cgroup.cgroup_fd = (__u32)install->cgroup_fd,
	};
	LIBBPF_OPTS(bpf_link_create_opts, opts, .iter_info = &info,
		    .iter_info_len = sizeof(info));
	int link, err;

	if (install->inherit)
		return -EOPNOTSUPP;
	link = bpf_link_create(program_fd, 0, BPF_TRACE_ITER, &opts);
	if (link < 0)
		return -errno;
	err = bpfpin_pin(link, install->path, NULL);
	close(link);
	if (!err && chmod(install->path, install->mode))
		err = -errno;
	return err;
}

/* TODO: the owner is to be install->path, the view's file, so that rm(1) ends them. */
static int attach_to_view(struct bpfpin *module, const struct install *install, int link_fd,
			  const char *name)
{
	LIBBPFPIN_OPTS(bpfpin_owner_spec, owner, .path = install->cgroup);

	return bpfpin__attach(module, link_fd, &owner, name, NULL);
}

static int attach_event(struct bpfpin *module, const struct install *install,
			struct bpf_program *program)
{
	struct bpf_link *link = bpf_program__attach(program);
	int err;

	if (!link)
		return fail("cannot attach %s of the view %s to %s: %s",
			    bpf_program__name(program), install->view->name,
			    bpf_program__section_name(program), strerror(errno));
	err = attach_to_view(module, install, bpf_link__fd(link), bpf_program__name(program));
	bpf_link__destroy(link);
	if (err)
		return fail("cannot attach %s to %s: %s", bpf_program__name(program), install->path,
			    module_strerror(err));
	return EXIT_SUCCESS;
}

static int fail_load(const struct install *install)
{
	const char *name = install->view->name;

	if (errno == EPERM)
		return fail("no permission to load the view %s: it takes CAP_BPF and CAP_PERFMON",
			    name);
	return fail("this kernel does not take the view %s: %s%s", name, strerror(errno),
		    options.debug ? "" : "; with -d it says why");
}

static int install_view(struct bpfpin *module, struct install *install)
{
	struct bpf_program *event = NULL;
	struct json_object *object;
	struct bpf_object *loaded;
	int err;

	loaded = view_load(install->view, install->cgroup_fd);
	if (!loaded)
		return fail_load(install);
	err = add_view(install, bpf_program__fd(view_program(install->view, loaded)));
	if (err) {
		bpf_object__close(loaded);
		return fail("cannot install the view at %s: %s", install->path,
			    module_strerror(err));
	}
	while (!err && (event = view_next_event(loaded, event)))
		err = attach_event(module, install, event);
	if (!err)
		view_make_room(loaded, install->cgroup);
	bpf_object__close(loaded);
	/* What is attached to it goes with it. */
	if (err) {
		unlink(install->path);
	} else if (options.json) {
		object = json_object_new_object();
		json_add_string(object, "view", install->view->name);
		json_add_bytes(object, "path", install->path);
		json_print(object);
	}
	return err;
}

int view_install(int argc, char **argv)
{
	struct install install = { .cgroup_fd = -1, .mode = 0444 };
	struct bpfpin *module;
	int err;

	if (!argc)
		return list();
	install.view = view_find(argv[0]);
	if (!install.view)
		return fail_unknown(argv[0]);
	if (argc < 3 || !is_prefix(argv[1], "at"))
		return argc > 1 && !is_prefix(argv[1], "at") ?
			fail_usage("expected \"at CGROUP\" instead of \"%s\"", argv[1]) :
			fail_usage("\"at CGROUP\" is missing");
	install.cgroup = argv[2];
	err = parse_options(&install, argc - 3, argv + 3);
	if (!err)
		err = check(&install);
	if (!err) {
		module = module_open();
		err = module ? install_view(module, &install) : EXIT_FAILURE;
		bpfpin__close(module);
	}
	if (install.cgroup_fd >= 0)
		close(install.cgroup_fd);
	free(install.path);
	return err;
}
