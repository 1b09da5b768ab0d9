// SPDX-License-Identifier: GPL-2.0-only
/*
 * fileop: system calls on files that no small program of a guest makes, for
 * tests.
 *
 * A system call that fails is told as "errno ENAME" on standard error and exit
 * code 3; anything else that is wrong is exit code 1.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/fanotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include <linux/btrfs.h>
#include <linux/fs.h>

#include <linux/bpfpin.h>

#include "tool.h"

static const char help_text[] =
"Usage: fileop COMMAND\n"
"\n"
"  exchange PATH PATH           rename(2) both at once\n"
"  exec PATH                    execve(2), which does not return if it works\n"
"  mmap PATH                    open for reading, map a page to read it\n"
"  truncate PATH SIZE           truncate(2)\n"
"  utimes PATH                  set both times to one hour after the epoch\n"
"  hold-path PATH               open(2) with O_PATH in a process, print its id\n"
"  hold-opens PATH              have open(2) wait for everything in the mount that it is\n"
"                               in, until the process whose id is printed is killed\n"
"  sendfile PATH, splice PATH   print it, by way of these system calls\n"
"  preads PATH OFFSET SIZE...   open(2) once, pread(2) each time, print it\n"
"  end-pin PATH                 end the pin of the file, which stays\n"
"  handle-read PATH DIR         open by file handle, print what is read\n"
"  setxattr PATH NAME VALUE     setxattr(2)\n"
"  getxattr PATH NAME           getxattr(2), print it\n"
"  listxattr PATH               names, one a line\n"
"  copy-xattrs PATH PATH        all extended attributes of a file to another\n"
"  subvol-create DIR NAME       of btrfs\n"
"  subvol-snapshot DIR DIR NAME snapshot the subvolume of the first there\n"
"  subvol-delete DIR NAME\n";

static void do_exchange(char **arg)
{
	ok(renameat2(AT_FDCWD, arg[0], AT_FDCWD, arg[1], RENAME_EXCHANGE));
}

static void do_exec(char **arg)
{
	char *argv[] = { arg[0], NULL };

	ok(execve(arg[0], argv, NULL));
}

static void do_mmap(char **arg)
{
	int fd = ok(open(arg[0], O_RDONLY | O_CLOEXEC));

	if (mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED)
		die_errno();
}

static void do_truncate(char **arg)
{
	ok(truncate(arg[0], strtol(arg[1], NULL, 0)));
}

static void do_utimes(char **arg)
{
	const struct timespec times[2] = { { .tv_sec = 3600 }, { .tv_sec = 3600 } };

	ok(utimensat(AT_FDCWD, arg[0], times, 0));
}

static void do_hold_path(char **arg)
{
	ok(open(arg[0], O_PATH));
	printf("%d\n", hold());
}

/* Asks to be asked, and never answers. */
static void do_hold_opens(char **arg)
{
	int fd = ok(fanotify_init(FAN_CLASS_CONTENT, O_RDONLY));

	ok(fanotify_mark(fd, FAN_MARK_ADD | FAN_MARK_MOUNT, FAN_OPEN_PERM | FAN_ONDIR,
			 AT_FDCWD, arg[0]));
	printf("%d\n", hold());
}

static void do_handle_read(char **arg)
{
	union {
		struct file_handle handle;
		char room[sizeof(struct file_handle) + MAX_HANDLE_SZ];
	} h = { .handle.handle_bytes = MAX_HANDLE_SZ };
	char text[4096];
	int mount_id, dir, fd;
	ssize_t len;

	ok(name_to_handle_at(AT_FDCWD, arg[0], &h.handle, &mount_id, 0));
	dir = ok(open(arg[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	fd = ok(open_by_handle_at(dir, &h.handle, O_RDONLY));
	while ((len = ok(read(fd, text, sizeof(text)))))
		fwrite(text, 1, len, stdout);
}

/* Standard output has to be a pipe. */
static void do_sendfile(char **arg)
{
	int fd = ok(open(arg[0], O_RDONLY | O_CLOEXEC));

	while (ok(sendfile(STDOUT_FILENO, fd, NULL, 4096)))
		;
}

static void do_splice(char **arg)
{
	int fd = ok(open(arg[0], O_RDONLY | O_CLOEXEC));

	while (ok(splice(fd, NULL, STDOUT_FILENO, NULL, 4096, 0)))
		;
}

/* Up to the end of the arguments. */
static void do_preads(char **arg)
{
	int fd = ok(open(*arg++, O_RDONLY | O_CLOEXEC));
	char text[4096];

	for (; arg[0] && arg[1]; arg += 2) {
		size_t size = strtoul(arg[1], NULL, 0);
		ssize_t len;

		if (size > sizeof(text))
			die("%s is too much", arg[1]);
		len = ok(pread(fd, text, size, strtol(arg[0], NULL, 0)));
		fwrite(text, 1, len, stdout);
	}
}

static void do_end_pin(char **arg)
{
	struct bpfpin_ioc_file file = {
		.size = sizeof(file),
		.path_fd = AT_FDCWD,
		.path = (unsigned long)arg[0],
	};
	struct bpfpin_ioc_unpin unpin = { .size = sizeof(unpin) };
	int fd = ok(open(BPFPIN_DEVICE, O_RDONLY | O_CLOEXEC));

	ok(ioctl(fd, BPFPIN_IOC_FILE, &file));
	unpin.id = file.pin_id;
	ok(ioctl(fd, BPFPIN_IOC_UNPIN, &unpin));
}

static void do_setxattr(char **arg)
{
	ok(setxattr(arg[0], arg[1], arg[2], strlen(arg[2]), 0));
}

static void do_getxattr(char **arg)
{
	char value[4096];
	ssize_t len = ok(getxattr(arg[0], arg[1], value, sizeof(value)));

	printf("%.*s\n", (int)len, value);
}

static void do_listxattr(char **arg)
{
	char names[4096];
	ssize_t len = ok(listxattr(arg[0], names, sizeof(names)));

	for (char *name = names; name < names + len; name += strlen(name) + 1)
		puts(name);
}

static void do_copy_xattrs(char **arg)
{
	char names[4096], value[4096];
	ssize_t len = ok(listxattr(arg[0], names, sizeof(names)));

	for (char *name = names; name < names + len; name += strlen(name) + 1) {
		ssize_t size = ok(getxattr(arg[0], name, value, sizeof(value)));

		ok(setxattr(arg[1], name, value, size, 0));
	}
}

static int open_dir(const char *path)
{
	return ok(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

static void subvol_ioctl(const char *dir, unsigned long request, const char *name)
{
	struct btrfs_ioctl_vol_args args = {};

	strncpy(args.name, name, sizeof(args.name) - 1);
	ok(ioctl(open_dir(dir), request, &args));
}

static void do_subvol_create(char **arg)
{
	subvol_ioctl(arg[0], BTRFS_IOC_SUBVOL_CREATE, arg[1]);
}

static void do_subvol_delete(char **arg)
{
	subvol_ioctl(arg[0], BTRFS_IOC_SNAP_DESTROY, arg[1]);
}

static void do_subvol_snapshot(char **arg)
{
	struct btrfs_ioctl_vol_args_v2 args = { .fd = open_dir(arg[0]) };

	strncpy(args.name, arg[2], sizeof(args.name) - 1);
	ok(ioctl(open_dir(arg[1]), BTRFS_IOC_SNAP_CREATE_V2, &args));
}

static const struct command {
	const char *name;
	void (*run)(char **arg);
	int args;	/* or more, if negative */
} commands[] = {
	{ "exchange", do_exchange, 2 },
	{ "exec", do_exec, 1 },
	{ "mmap", do_mmap, 1 },
	{ "truncate", do_truncate, 2 },
	{ "utimes", do_utimes, 1 },
	{ "hold-path", do_hold_path, 1 },
	{ "hold-opens", do_hold_opens, 1 },
	{ "sendfile", do_sendfile, 1 },
	{ "splice", do_splice, 1 },
	{ "preads", do_preads, -1 },
	{ "end-pin", do_end_pin, 1 },
	{ "handle-read", do_handle_read, 2 },
	{ "setxattr", do_setxattr, 3 },
	{ "getxattr", do_getxattr, 2 },
	{ "listxattr", do_listxattr, 1 },
	{ "copy-xattrs", do_copy_xattrs, 2 },
	{ "subvol-create", do_subvol_create, 2 },
	{ "subvol-snapshot", do_subvol_snapshot, 3 },
	{ "subvol-delete", do_subvol_delete, 2 },
};

int main(int argc, char **argv)
{
	if (argc < 2 || !strcmp(argv[1], "-h") || !strcmp(argv[1], "--help")) {
		fputs(help_text, argc < 2 ? stderr : stdout);
		return argc < 2;
	}
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		if (strcmp(commands[i].name, argv[1]))
			continue;
		if (commands[i].args < 0 ? argc - 2 < -commands[i].args :
					   argc - 2 != commands[i].args) {
			fprintf(stderr, "fileop: %s: wrong number of arguments\n", argv[1]);
			return 1;
		}
		commands[i].run(argv + 2);
		return 0;
	}
	fprintf(stderr, "fileop: no command '%s'\n", argv[1]);
	return 1;
}
