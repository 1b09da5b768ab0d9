// SPDX-License-Identifier: GPL-2.0-only
/* cgiter PROGRAM CGROUP: what an iterator over cgroups prints for one, by the stock kernel. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <bpf/bpf.h>
#include "tool.h"

static int find_program(const char *name)
{
	struct bpf_prog_info info;
	__u32 id = 0, len;
	int fd;

	while (!bpf_prog_get_next_id(id, &id)) {
		fd = bpf_prog_get_fd_by_id(id);
		if (fd < 0)
			continue;
		memset(&info, 0, sizeof(info));
		len = sizeof(info);
		if (!bpf_obj_get_info_by_fd(fd, &info, &len) && !strcmp(info.name, name))
			return fd;
		close(fd);
	}
	die("no program %s", name);
}

int main(int argc, char **argv)
{
	union bpf_iter_link_info info = { .cgroup.order = BPF_CGROUP_ITER_SELF_ONLY };
	LIBBPF_OPTS(bpf_link_create_opts, opts, .iter_info = &info,
		    .iter_info_len = sizeof(info));
	char buffer[65536];
	ssize_t n;
	int fd;

	if (argc != 3)
		die("cgiter PROGRAM CGROUP");
	info.cgroup.cgroup_fd = ok(open(argv[2], O_RDONLY | O_DIRECTORY));
	fd = ok(bpf_link_create(find_program(argv[1]), 0, BPF_TRACE_ITER, &opts));
	fd = ok(bpf_iter_create(fd));
	while ((n = ok(read(fd, buffer, sizeof(buffer)))))
		ok(write(STDOUT_FILENO, buffer, n));
	return 0;
}
