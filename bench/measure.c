// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prints what an operation costs, in nanoseconds of CLOCK_MONOTONIC: in a guest
 * whose clock counts instructions that is instructions.
 *
 * measure OPERATION FOLDER ROUNDS [MANY]
 * measure nothing|files FOLDER ROUNDS MANY	only make that many pins, or files
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdbool.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "bench.h"

static char folder[4000];
static char path[4096];
static int map;
static int inotify;

static void pin(const char *name)
{
	pin_fd(map, name);
}

static void op_pin_unlink(void)
{
	pin(path);
	if (unlink(path))
		die("unlink");
}

static void op_get_close(void)
{
	union bpf_attr attr = { .pathname = (__u64)path };
	int fd = bpf(BPF_OBJ_GET, &attr);

	if (fd < 0)
		die("get");
	close(fd);
}

static void op_open_read_close(void)
{
	char byte;
	int fd = open(path, O_RDONLY);

	if (fd < 0 || read(fd, &byte, 1) != 1)
		die("open and read");
	close(fd);
}

static void op_create_unlink(void)
{
	int fd = open(path, O_CREAT | O_EXCL | O_WRONLY, 0600);

	if (fd < 0)
		die("create");
	close(fd);
	if (unlink(path))
		die("unlink");
}

static void op_mknod_unlink(void)
{
	if (mknod(path, S_IFREG | 0600, 0))
		die("mknod");
	if (unlink(path))
		die("unlink");
}

/* What fsnotify alone costs: a mark on the file for its whole life. */
static void op_inotify_unlink(void)
{
	char events[4096];

	if (mknod(path, S_IFREG | 0600, 0))
		die("mknod");
	if (inotify_add_watch(inotify, path, IN_MODIFY) < 0)
		die("inotify_add_watch");
	if (unlink(path))
		die("unlink");
	if (read(inotify, events, sizeof(events)) < 0)
		die("read events");
}

static void op_socket_close(void)
{
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (fd < 0)
		die("socket");
	close(fd);
}

static void op_pipe_close(void)
{
	int fds[2];

	if (pipe(fds))
		die("pipe");
	close(fds[0]);
	close(fds[1]);
}

static void op_mkdir_rmdir(void)
{
	if (mkdir(path, 0700))
		die("mkdir");
	if (rmdir(path))
		die("rmdir");
}

static void make_inotify(void)
{
	inotify = inotify_init1(IN_CLOEXEC);
	if (inotify < 0)
		die("inotify_init1");
}

static void make_pin(void)
{
	pin(path);
}

static void make_file(void)
{
	int fd = open(path, O_CREAT | O_WRONLY, 0600);

	if (fd < 0 || write(fd, "x", 1) != 1)
		die("make a file");
	close(fd);
}

static void remove_path(void)
{
	if (unlink(path))
		die("remove");
}

static void nothing(void)
{
}

static const struct {
	const char *name;
	void (*before)(void);
	void (*operation)(void);
	void (*after)(void);
} operations[] = {
	{ "pin-unlink", nothing, op_pin_unlink, nothing },
	{ "get-close", make_pin, op_get_close, remove_path },
	{ "open-read-close", make_file, op_open_read_close, remove_path },
	{ "create-unlink", nothing, op_create_unlink, nothing },
	{ "mknod-unlink", nothing, op_mknod_unlink, nothing },
	{ "inotify-unlink", make_inotify, op_inotify_unlink, nothing },
	{ "socket-close", nothing, op_socket_close, nothing },
	{ "pipe-close", nothing, op_pipe_close, nothing },
	{ "mkdir-rmdir", nothing, op_mkdir_rmdir, nothing },
};

int main(int argc, char **argv)
{
	long rounds, many, i;
	bool ordinary;
	size_t op;

	if (argc < 4) {
		fprintf(stderr, "usage: measure OPERATION FOLDER ROUNDS [MANY]\n");
		return 1;
	}
	snprintf(folder, sizeof(folder), "%s", argv[2]);
	rounds = atol(argv[3]);
	many = argc > 4 ? atol(argv[4]) : 0;
	map = new_map();

	ordinary = !strcmp(argv[1], "files");
	/* A crowd of pins, or files, around, in folders of 1,000. */
	for (i = 0; i < many; i++) {
		if (i % 1000 == 0) {
			snprintf(path, sizeof(path), "%s/%ld", folder, i / 1000);
			if (mkdir(path, 0700))
				die(path);
		}
		snprintf(path, sizeof(path), "%s/%ld/%ld", folder, i / 1000, i);
		if (!ordinary)
			pin(path);
		else if (mknod(path, S_IFREG | 0600, 0))
			die(path);
	}
	if (ordinary || !strcmp(argv[1], "nothing"))
		return 0;

	snprintf(path, sizeof(path), "%s/measured", folder);
	for (op = 0; op < sizeof(operations) / sizeof(operations[0]); op++) {
		if (strcmp(operations[op].name, argv[1]))
			continue;
		operations[op].before();
		printf("%.0f\n", median_cost(operations[op].operation, rounds));
		operations[op].after();
		return 0;
	}
	fprintf(stderr, "measure: no operation %s\n", argv[1]);
	return 1;
}
