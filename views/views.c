// SPDX-License-Identifier: GPL-2.0-only
/* The views that the command brings along, and how one is loaded. */
#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include <bpf/bpf.h>
#include "biolat.skel.h"
#include "memstall.skel.h"
#include "openfiles.skel.h"
#include "runqlat.skel.h"
#include "schedwait.skel.h"
#include "syscalls.skel.h"
#include "tcp.skel.h"
#include "views.h"

const struct view views[] = {
	{
		.name = "schedwait",
		.summary = "how long tasks waited for a CPU, in all and at most",
		.object = schedwait_bpf__elf_bytes,
	}, {
		.name = "runqlat",
		.summary = "how long tasks waited for a CPU, as a histogram",
		.object = runqlat_bpf__elf_bytes,
	}, {
		.name = "biolat",
		.summary = "how long reads and writes of block devices took, as histograms",
		.controller = "io",
		.object = biolat_bpf__elf_bytes,
	}, {
		.name = "tcp",
		.summary = "TCP connections, bytes, retransmits and round-trip times",
		.object = tcp_bpf__elf_bytes,
	}, {
		.name = "memstall",
		.summary = "page faults, and time lost for want of memory",
		.object = memstall_bpf__elf_bytes,
	}, {
		.name = "syscalls",
		.summary = "system calls, and how they failed",
		.object = syscalls_bpf__elf_bytes,
	}, {
		.name = "openfiles",
		.summary = "files opened, and how that failed",
		.object = openfiles_bpf__elf_bytes,
	}, {
		.name = NULL,
	}
};

/* How every view's program that prints is attached. */
#define SECTION	"iter/cgroup"

const struct view *view_find(const char *name)
{
	const struct view *view;

	for (view = views; view->name; view++)
		if (!strcmp(view->name, name))
			return view;
	return NULL;
}

/* Run the program that notes where the view is, as an iterator that prints nothing. */
static int set_base(struct bpf_object *object, int cgroup_fd)
{
	struct bpf_program *program = bpf_object__find_program_by_name(object, "view_base");
	union bpf_iter_link_info info = {
		.cgroup.order = BPF_CGROUP_ITER_SELF_ONLY,
		.cgroup.cgroup_fd = (__u32)cgroup_fd,
	};
	LIBBPF_OPTS(bpf_link_create_opts, opts, .iter_info = &info,
		    .iter_info_len = sizeof(info));
	int link, fd;
	char c;

	link = bpf_link_create(bpf_program__fd(program), 0, BPF_TRACE_ITER, &opts);
	if (link < 0)
		return -1;
	fd = bpf_iter_create(link);
	close(link);
	if (fd < 0)
		return -1;
	if (read(fd, &c, 1) < 0) {
		close(fd);
		return -1;
	}
	close(fd);
	return 0;
}

struct bpf_object *view_load(const struct view *view, int cgroup_fd)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .object_name = view->name);
	struct bpf_object *object;
	const void *bytes;
	size_t size;
	int error;

	bytes = view->object(&size);
	object = bpf_object__open_mem(bytes, size, &opts);
	if (!object)
		return NULL;
	if (!bpf_object__load(object) && !set_base(object, cgroup_fd))
		return object;
	error = errno;
	bpf_object__close(object);
	errno = error;
	return NULL;
}

struct bpf_program *view_program(const struct view *view, struct bpf_object *object)
{
	return bpf_object__find_program_by_name(object, view->name);
}

struct bpf_program *view_next_event(struct bpf_object *object, struct bpf_program *program)
{
	do
		program = bpf_object__next_program(object, program);
	while (program && !strcmp(bpf_program__section_name(program), SECTION));
	return program;
}

/* The kernel takes memory that lies ready, and gets more in the background. */
static void add_entry(int map, __u64 id, const void *zeros)
{
	int tries;

	for (tries = 0; tries < 100; tries++) {
		if (!bpf_map_update_elem(map, &id, zeros, BPF_NOEXIST) || errno != ENOMEM)
			return;
		usleep(1000);
	}
}

void view_make_room(struct bpf_object *object, const char *cgroup)
{
	struct bpf_map *map = bpf_object__find_map_by_name(object, "cgroups");
	int fd = bpf_map__fd(map), cpus = libbpf_num_possible_cpus();
	char *paths[] = { (char *)cgroup, NULL };
	struct stat stat;
	FTSENT *entry;
	void *zeros;
	__u64 id;
	FTS *fts;

	zeros = cpus > 0 ? calloc(cpus, (bpf_map__value_size(map) + 7) & ~7U) : NULL;
	/* COMFOLLOW: the cgroup may have been given by a symbolic link */
	fts = fts_open(paths, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_XDEV | FTS_NOCHDIR, NULL);
	while (zeros && fts && (entry = fts_read(fts))) {
		if (entry->fts_info != FTS_D)
			continue;
		/* The inode number of its directory is a cgroup's id. */
		id = entry->fts_statp->st_ino;
		add_entry(fd, id, zeros);
		/* If it went meanwhile, the program that takes its entry away has run. */
		if (lstat(entry->fts_accpath, &stat) && errno == ENOENT)
			bpf_map_delete_elem(fd, &id);
	}
	if (fts)
		fts_close(fts);
	free(zeros);
}
