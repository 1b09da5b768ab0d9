// SPDX-License-Identifier: GPL-2.0-only
/*
 * fusefs: a file system in user space, mounted on a folder, for tests.  It is
 * an empty directory that would take any file.  Serves until it is unmounted.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <linux/fuse.h>

static int device;

static void answer(const struct fuse_in_header *in, int error, const void *body,
		   size_t len)
{
	char room[4096];
	struct fuse_out_header out = {
		.len = sizeof(out) + len,
		.error = error,
		.unique = in->unique,
	};

	memcpy(room, &out, sizeof(out));
	if (len)
		memcpy(room + sizeof(out), body, len);
	if (write(device, room, out.len) < 0 && errno != ENOENT)
		perror("fusefs: write");
}

static struct fuse_attr attributes(__u64 ino, mode_t mode)
{
	return (struct fuse_attr){ .ino = ino, .mode = mode, .nlink = 1 };
}

static void serve(const struct fuse_in_header *in)
{
	const struct fuse_init_in *init_in = (const void *)(in + 1);
	struct fuse_init_out init = {
		.major = FUSE_KERNEL_VERSION,
		.minor = init_in->minor < FUSE_KERNEL_MINOR_VERSION ?
			 init_in->minor : FUSE_KERNEL_MINOR_VERSION,
		.max_write = 4096,
	};
	struct fuse_attr_out attr = { .attr = attributes(1, S_IFDIR | 0777) };
	struct fuse_entry_out entry = {
		.nodeid = 2,
		.attr = attributes(2, S_IFREG | 0666),
	};
	struct fuse_open_out opened = {};
	struct fuse_statfs_out statfs = {};
	char created[sizeof(entry) + sizeof(opened)];

	switch (in->opcode) {
	case FUSE_INIT:
		answer(in, 0, &init, sizeof(init));
		break;
	case FUSE_GETATTR:
		answer(in, 0, &attr, sizeof(attr));
		break;
	case FUSE_LOOKUP:
		answer(in, -ENOENT, NULL, 0);
		break;
	case FUSE_MKNOD:
		/* Would take it, and would be seen to. */
		puts("fusefs: a file was made");
		fflush(stdout);
		answer(in, 0, &entry, sizeof(entry));
		break;
	case FUSE_CREATE:
		puts("fusefs: a file was made");
		fflush(stdout);
		memcpy(created, &entry, sizeof(entry));
		memcpy(created + sizeof(entry), &opened, sizeof(opened));
		answer(in, 0, created, sizeof(created));
		break;
	case FUSE_OPENDIR:
		answer(in, 0, &opened, sizeof(opened));
		break;
	case FUSE_READDIR:
	case FUSE_RELEASEDIR:
		answer(in, 0, NULL, 0);
		break;
	case FUSE_STATFS:
		answer(in, 0, &statfs, sizeof(statfs));
		break;
	case FUSE_FORGET:
	case FUSE_BATCH_FORGET:
		break;
	default:
		answer(in, -ENOSYS, NULL, 0);
	}
}

int main(int argc, char **argv)
{
	static char buf[1 << 18];
	char options[128];
	ssize_t len;

	if (argc != 2 || *argv[1] == '-') {
		fprintf(stderr, "Usage: fusefs FOLDER\n");
		return 1;
	}
	device = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	if (device < 0) {
		perror("fusefs: /dev/fuse");
		return 1;
	}
	snprintf(options, sizeof(options),
		 "fd=%d,rootmode=40777,user_id=0,group_id=0,allow_other", device);
	if (mount("fusefs", argv[1], "fuse", 0, options)) {
		perror("fusefs: mount");
		return 1;
	}
	/* Mounted; the rest is for a process of its own. */
	if (fork())
		_exit(0);
	while ((len = read(device, buf, sizeof(buf))) > 0 || errno == EINTR)
		if (len >= (ssize_t)sizeof(struct fuse_in_header))
			serve((const void *)buf);
	return 0;
}
