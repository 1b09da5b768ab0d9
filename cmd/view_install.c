// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin view install: one of the views that come along with the command */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/magic.h>
#include <sys/vfs.h>
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
	struct bpfpin_view_opts opts;
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

/* [file FILE], among what every view takes */
static int parse_options(struct install *install, int argc, char **argv)
{
	const char *file = NULL;
	int i, rest = 0;

	for (i = 0; i < argc; i++) {
		if (!is_prefix(argv[i], "file")) {
			argv[rest++] = argv[i];
			continue;
		}
		if (++i == argc)
			return fail_usage("what follows \"%s\" is missing", argv[i - 1]);
		file = argv[i];
	}
	if (view_opts_parse(rest, argv, &install->opts))
		return EXIT_FAILURE;
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

	install->cgroup_fd = open(install->cgroup, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (install->cgroup_fd < 0)
		return fail("cannot open the cgroup %s: %s", install->cgroup, strerror(errno));
	if (fstatfs(install->cgroup_fd, &fs) || fs.f_type != CGROUP2_SUPER_MAGIC)
		return fail("%s is no cgroup: it is not on a cgroup2 file system", install->cgroup);
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

/* The view's file is the owner, so that the kernel ends the link when that goes. */
static int attach_event(struct bpfpin *module, const struct install *install,
			struct bpf_program *program)
{
	LIBBPFPIN_OPTS(bpfpin_owner_spec, owner, .path = install->path);
	struct bpf_link *link = bpf_program__attach(program);
	int err;

	if (!link)
		return fail("cannot attach %s of the view %s to %s: %s",
			    bpf_program__name(program), install->view->name,
			    bpf_program__section_name(program), strerror(errno));
	err = bpfpin__attach(module, bpf_link__fd(link), &owner, bpf_program__name(program), NULL);
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
	struct object_info info;
	struct bpf_object *loaded;
	int program, err;
	__u32 id = 0;

	loaded = view_load(install->view, install->cgroup_fd);
	if (!loaded)
		return fail_load(install);
	program = bpf_program__fd(view_program(install->view, loaded));
	if (object_get_info(BPFPIN_OBJECT_PROG, program, &info))
		err = fail("cannot look at the object: %s", strerror(errno));
	else
		err = view_make(module, program, install->path, &install->opts, &id);
	while (!err && (event = view_next_event(loaded, event)))
		err = attach_event(module, install, event);
	if (!err)
		view_make_room(loaded, install->cgroup);
	bpf_object__close(loaded);
	if (!err)
		view_print(install->path, id, info.id);
	else if (id)
		bpfpin__unpin_path(module, install->path, &id, NULL);
	return err;
}

int view_install(int argc, char **argv)
{
	struct install install = { .cgroup_fd = -1, .opts.sz = sizeof(install.opts) };
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
		module = module_open_for(3);
		err = module ? install_view(module, &install) : EXIT_FAILURE;
		bpfpin__close(module);
	}
	if (install.cgroup_fd >= 0)
		close(install.cgroup_fd);
	free(install.path);
	return err;
}
