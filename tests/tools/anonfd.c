// SPDX-License-Identifier: GPL-2.0-only
/*
 * anonfd KIND: opens something that has no name and prints the errno of
 * BPF_OBJ_GET and BPF_OBJ_PIN with the path /proc/self/fd/N to it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/bpf.h>

static long bpf(int cmd, union bpf_attr *attr)
{
	return syscall(__NR_bpf, cmd, attr, sizeof(*attr));
}

static int open_map(void)
{
	union bpf_attr attr = {
		.map_type = BPF_MAP_TYPE_ARRAY,
		.key_size = 4,
		.value_size = 4,
		.max_entries = 1,
	};

	return bpf(BPF_MAP_CREATE, &attr);
}

static int open_kind(const char *kind)
{
	int fds[2];

	if (!strcmp(kind, "socket"))
		return socket(AF_INET, SOCK_STREAM, 0);
	if (!strcmp(kind, "pipe"))
		return pipe(fds) ? -1 : fds[0];
	if (!strcmp(kind, "memfd"))
		return memfd_create("anonfd", 0);
	if (!strcmp(kind, "epoll"))
		return epoll_create1(0);
	if (!strcmp(kind, "map"))
		return open_map();
	if (!strcmp(kind, "userns"))
		return open("/proc/self/ns/user", O_RDONLY);
	if (!strcmp(kind, "netns"))
		return open("/proc/self/ns/net", O_RDONLY);
	fprintf(stderr, "anonfd: no '%s'\n", kind);
	exit(1);
}

static const char *call(int cmd, int fd, const char *path, int flags)
{
	union bpf_attr attr = {
		.pathname = (unsigned long)path,
		.bpf_fd = fd,
		.file_flags = flags,
	};

	return bpf(cmd, &attr) < 0 ? strerrorname_np(errno) : "ok";
}

int main(int argc, char **argv)
{
	char path[64], below[80];
	int fd, map;

	if (argc != 2)
		return 1;
	fd = open_kind(argv[1]);
	map = open_map();
	if (fd < 0 || map < 0) {
		perror("anonfd");
		return 1;
	}
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	snprintf(below, sizeof(below), "%s/x", path);
	printf("get %s", call(BPF_OBJ_GET, 0, path, 0));
	printf(" rdonly %s", call(BPF_OBJ_GET, 0, path, BPF_F_RDONLY));
	printf(" pin %s", call(BPF_OBJ_PIN, map, path, 0));
	printf(" below %s\n", call(BPF_OBJ_PIN, map, below, 0));
	return 0;
}
