// SPDX-License-Identifier: GPL-2.0-only
/*
 * holdfd KIND: a process keeps a descriptor of a file without a name: socket,
 * pipe, memfd or eventfd.  Prints its process id and the descriptor's number.
 */
#define _GNU_SOURCE
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "tool.h"

static int make(const char *kind)
{
	int fds[2];

	if (!strcmp(kind, "socket"))
		return socket(AF_UNIX, SOCK_STREAM, 0);
	if (!strcmp(kind, "pipe"))
		return pipe(fds) ? -1 : fds[0];
	if (!strcmp(kind, "memfd"))
		return memfd_create("holdfd", 0);
	if (!strcmp(kind, "eventfd"))
		return eventfd(0, 0);
	return -1;
}

int main(int argc, char **argv)
{
	int fd = argc == 2 ? make(argv[1]) : -1;

	if (fd < 0)
		die("no such descriptor");
	printf("%d %d\n", hold(), fd);
	return 0;
}
