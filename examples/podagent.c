// SPDX-License-Identifier: GPL-2.0-only
/*
 * podagent OBJECT FOLDER COUNT
 *
 * What an agent of a cluster does for each of COUNT pods: loads a BPF object,
 * attaches its programs to the pod's cgroup and to the host's end of its veth,
 * both called pod-N, and pins all programs, maps and links in FOLDER/pod-N, on a
 * bpffs.  Knows nothing of bpfpin.  Then waits until it is killed.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

static void check(long err, const char *what)
{
	if (!err)
		return;
	fprintf(stderr, "podagent: %s: %s\n", what, strerror(err < 0 ? -err : err));
	exit(1);
}

static void pin(int fd, const char *folder, const char *name)
{
	char *path;

	if (asprintf(&path, "%s/%s", folder, name) < 0)
		exit(1);
	check(bpf_obj_pin(fd, path), path);
	free(path);
}

static struct bpf_link *attach(struct bpf_program *prog, const char *pod)
{
	struct bpf_link *link;
	char path[64];
	int cgroup;

	if (bpf_program__type(prog) == BPF_PROG_TYPE_XDP)
		return bpf_program__attach_xdp(prog, if_nametoindex(pod));
	snprintf(path, sizeof(path), "/sys/fs/cgroup/%s", pod);
	cgroup = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (cgroup < 0)
		return NULL;
	link = bpf_program__attach_cgroup(prog, cgroup);
	close(cgroup);
	return link;
}

static void care_for(const char *file, const char *above, int number)
{
	char pod[16], name[64], *folder;
	struct bpf_object *object;
	struct bpf_program *prog;
	struct bpf_link *link;
	struct bpf_map *map;

	snprintf(pod, sizeof(pod), "pod-%d", number);
	if (asprintf(&folder, "%s/%s", above, pod) < 0 || mkdir(folder, 0700)) {
		perror(above);
		exit(1);
	}
	object = bpf_object__open_file(file, NULL);
	check(libbpf_get_error(object), file);
	check(bpf_object__load(object), "load");
	bpf_object__for_each_map(map, object)
		pin(bpf_map__fd(map), folder, bpf_map__name(map));
	bpf_object__for_each_program(prog, object) {
		pin(bpf_program__fd(prog), folder, bpf_program__name(prog));
		link = attach(prog, pod);
		check(link ? libbpf_get_error(link) : -1, "attach");
		snprintf(name, sizeof(name), "%s_link", bpf_program__name(prog));
		pin(bpf_link__fd(link), folder, name);
		/* The pin keeps it. */
		bpf_link__destroy(link);
	}
	bpf_object__close(object);
	free(folder);
}

int main(int argc, char **argv)
{
	int count = argc == 4 ? atoi(argv[3]) : 0;

	if (count < 1) {
		fprintf(stderr, "Usage: podagent OBJECT FOLDER COUNT\n");
		return 1;
	}
	for (int i = 1; i <= count; i++)
		care_for(argv[1], argv[2], i);
	printf("podagent: cares for %d pods\n", count);
	fflush(stdout);
	for (;;)
		pause();
}
