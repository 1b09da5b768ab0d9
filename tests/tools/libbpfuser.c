// SPDX-License-Identifier: GPL-2.0-only
/*
 * libbpfuser: a program written for libbpf and bpffs, which knows nothing else.
 *
 *   libbpfuser pin NAME PATH     make a map of that name, bpf_obj_pin() it
 *   libbpfuser get PATH          bpf_obj_get(), and what its info says
 *   libbpfuser get-rdonly PATH   the same by bpf_obj_get_opts(); try to write
 *
 * An error of libbpf is told as "errno ENAME", exit code 3.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/bpf.h>

static int ok(int ret)
{
	if (ret >= 0)
		return ret;
	fprintf(stderr, "errno %s\n", strerrorname_np(-ret));
	exit(3);
}

static void print(int fd)
{
	struct bpf_map_info info = {};
	__u32 len = sizeof(info);

	ok(bpf_obj_get_info_by_fd(fd, &info, &len));
	printf("%u %s\n", info.id, info.name);
}

int main(int argc, char **argv)
{
	const char *command = argc > 2 ? argv[1] : "";
	__u32 key = 0, value = 7;
	int fd;

	setlinebuf(stdout);
	if (!strcmp(command, "pin") && argc == 4) {
		fd = ok(bpf_map_create(BPF_MAP_TYPE_HASH, argv[2], 4, 4, 8, NULL));
		ok(bpf_map_update_elem(fd, &key, &value, BPF_ANY));
		ok(bpf_obj_pin(fd, argv[3]));
		print(fd);
	} else if (!strcmp(command, "get")) {
		fd = ok(bpf_obj_get(argv[2]));
		print(fd);
		value++;
		ok(bpf_map_update_elem(fd, &key, &value, BPF_EXIST));
	} else if (!strcmp(command, "get-rdonly")) {
		LIBBPF_OPTS(bpf_obj_get_opts, opts, .file_flags = BPF_F_RDONLY);

		fd = ok(bpf_obj_get_opts(argv[2], &opts));
		print(fd);
		ok(bpf_map_lookup_elem(fd, &key, &value));
		printf("%u\n", value);
		ok(bpf_map_update_elem(fd, &key, &value, BPF_EXIST));
	} else {
		fprintf(stderr, "libbpfuser: wrong arguments\n");
		return 1;
	}
	return 0;
}
