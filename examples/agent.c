// SPDX-License-Identifier: GPL-2.0-only
/*
 * agent OBJECT PROG-PATH MAP-PATH LINK-PATH
 *
 * What any agent does: loads a BPF object, attaches its program and pins the
 * program, its map and the link.  Knows nothing of bpfpin: bpf_obj_pin() of
 * libbpf is the bare system call.  Then waits until it is killed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

static void check(long err, const char *what)
{
	if (!err)
		return;
	fprintf(stderr, "agent: %s: %s\n", what, strerror(err < 0 ? -err : err));
	exit(1);
}

static void pin(int fd, const char *path)
{
	check(bpf_obj_pin(fd, path), path);
}

int main(int argc, char **argv)
{
	struct bpf_object *object;
	struct bpf_program *prog;
	struct bpf_link *link;
	struct bpf_map *map;

	if (argc != 5) {
		fprintf(stderr, "Usage: agent OBJECT PROG-PATH MAP-PATH LINK-PATH\n");
		return 1;
	}
	object = bpf_object__open_file(argv[1], NULL);
	check(libbpf_get_error(object), argv[1]);
	check(bpf_object__load(object), "load");
	prog = bpf_object__next_program(object, NULL);
	map = bpf_object__next_map(object, NULL);
	link = bpf_program__attach(prog);
	check(libbpf_get_error(link), "attach");

	pin(bpf_program__fd(prog), argv[2]);
	pin(bpf_map__fd(map), argv[3]);
	pin(bpf_link__fd(link), argv[4]);
	printf("agent: pinned %s %s %s\n", argv[2], argv[3], argv[4]);
	fflush(stdout);
	for (;;)
		pause();
}
