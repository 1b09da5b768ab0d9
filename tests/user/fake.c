// SPDX-License-Identifier: GPL-2.0-only
/*
 * A kernel for tests of library and command, preloaded: answers open(2) and
 * ioctl(2) of /dev/bpfpin, bpf(2), and what /proc says, from a script.  So the
 * very binaries that are installed are tested, and nothing happens to this
 * machine: no system call bpf(2) gets through.
 *
 * BPFPIN_FAKE names the script.  A line is a word and members "key=value",
 * where \xHH is a byte:
 *
 *   open ERROR                  opening the device fails
 *   nobody                      the caller has no capabilities (else all)
 *   mountinfo FILE              stands for /proc/self/mountinfo
 *   fail request=NAME error=ERROR [skip=N]
 *                               a request (STATUS, ..., OBJ_PIN) fails, after
 *                               N that do not
 *   status abi= features= pin_error= get_error= watch_error= pins= watches= ties=
 *       version=
 *   kind kind= fs= can= reason=
 *   pin id= type= oid= sub= name= tag= kind= fs= dev=M:m ino= path= pflags=
 *       uid= pid= comm= created= unpin=ERROR (with a path) moves=PATH (found
 *       there after the first try to unpin it by path)
 *       pname= ifindex= netns= owner=OWNER (attached to) mode=r|w (opens for
 *       that only) view= with=N (ends along with that pin)
 *   tie id= at=PATH untie=ERROR, and as struct bpfpin_ioc_tie_info: path= pflags=
 *       dev= ino= fs= dir= kind= opath= opflags= odev= oino= ofs= ifindex= netns=
 *       uid= pid= comm= created=
 *   event lost= type= cause= pin= otype= oid= sub= time= name= kind= size=
 *                               what a monitor reads
 *   events end=ERROR            then reading fails; otherwise it waits
 *   at path= pin=N | state= pin= can= kind= fs= reason= stamp= error= clean=ERROR
 *                               what is at a path
 *   at path= ino= mnt=          and what statx(2) says of it
 *   opens path= real=PATH | error=ERROR
 *                               what open(2) opens in its place
 *   netdev name= ifindex=       in whatever network namespace
 *   process pid=; descriptor pid= fd= error=
 *   prog|map|link id= name= tag=
 *   pinned path= type= id=      what BPF_OBJ_GET opens
 *
 * An OWNER is its path, or "if" and the number of a device, or "fd".
 *
 * BPFPIN_FAKE_LOG names a file that gets a line for each request that changes
 * something, and for each that the kernel would refuse as malformed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <linux/capability.h>
#include "fake.h"

int device_flags[DEVICE_FDS];

static int fake_open(const char *path, int flags, mode_t mode)
{
	static int devices;
	const struct row *row;

	if (!strcmp(path, BPFPIN_DEVICE)) {
		row = next_row("open", NULL);
		if (!row) {
			device_flags[devices % DEVICE_FDS] = flags;
			return DEVICE_FD + devices++ % DEVICE_FDS;
		}
		errno = error_number(row->values[0]);
		return -1;
	}
	row = next_row("mountinfo", NULL);
	if (row && !strcmp(path, "/proc/self/mountinfo"))
		path = row->values[0];
	row = find_row("opens", "path", path);
	if (row && value(row, "error")) {
		errno = error_number(value(row, "error"));
		return -1;
	}
	if (row)
		path = value(row, "real");
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

#define OPEN(name)						\
int name(const char *path, int flags, ...);			\
int name(const char *path, int flags, ...)			\
{								\
	va_list args;						\
	mode_t mode;						\
								\
	va_start(args, flags);					\
	mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;	\
	va_end(args);						\
	return fake_open(path, flags, mode);			\
}
OPEN(open)
OPEN(open64)

static bool is_device(int fd)
{
	return fd >= DEVICE_FD && fd < DEVICE_FD + DEVICE_FDS;
}

int close(int fd)
{
	return fd >= DEVICE_FD ? 0 : (int)syscall(SYS_close, fd);
}

ssize_t read(int fd, void *buf, size_t size)
{
	return is_device(fd) ? monitor_read(fd, buf, size) : syscall(SYS_read, fd, buf, size);
}

/* The index of a network device is the script's. */
static int find_netdev(struct ifreq *request)
{
	const struct row *row = find_row("netdev", "name", request->ifr_name);

	if (!row) {
		errno = ENODEV;
		return -1;
	}
	request->ifr_ifindex = (int)number(row, "ifindex", 0);
	return 0;
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list args;
	void *arg;

	va_start(args, request);
	arg = va_arg(args, void *);
	va_end(args);
	if (is_device(fd))
		return device_ioctl(fd, request, arg);
	if (request == SIOCGIFINDEX)
		return find_netdev(arg);
	return (int)syscall(SYS_ioctl, fd, request, arg);
}

int setns(int fd, int type)
{
	(void)fd;
	note("SETNS type=%#x", (unsigned int)type);
	errno = -scripted_failure("SETNS");
	return errno ? -1 : 0;
}

int statx(int fd, const char *restrict path, int flags, unsigned int mask,
	  struct statx *restrict st)
{
	const struct row *row = find_row("at", "path", path);

	if (!row || !value(row, "ino"))
		return (int)syscall(SYS_statx, fd, path, flags, mask, st);
	note("STATX path=%s flags=%#x", path, (unsigned int)flags);
	memset(st, 0, sizeof(*st));
	st->stx_mask = STATX_INO | STATX_MNT_ID;
	st->stx_ino = (__u64)number(row, "ino", 0);
	st->stx_mnt_id = (__u64)number(row, "mnt", 0);
	return 0;
}

/* A process of the script, and what it has open. */
static int fake_pidfd(long call, long a, long b)
{
	static long pid;
	struct row *row = NULL;

	if (call == SYS_pidfd_open) {
		pid = a;
		while ((row = next_row("process", row)))
			if (number(row, "pid", 0) == pid)
				return (int)syscall(SYS_openat, AT_FDCWD, "/", O_RDONLY | O_CLOEXEC);
		return -ESRCH;
	}
	while ((row = next_row("descriptor", row))) {
		if (number(row, "pid", 0) != pid || number(row, "fd", 0) != b)
			continue;
		if (value(row, "error"))
			return -error_number(value(row, "error"));
		return (int)syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY | O_CLOEXEC);
	}
	return -EBADF;
}

ssize_t readlink(const char *restrict path, char *restrict buf, size_t size)
{
	static const char *const names[] = { "", "anon_inode:bpf-prog", "anon_inode:bpf-map",
					     "anon_inode:bpf_link" };
	int fd, type;
	size_t len;

	if (sscanf(path, "/proc/self/fd/%d", &fd) != 1 || !object_of(fd, &type))
		return syscall(SYS_readlinkat, AT_FDCWD, path, buf, size);
	len = strlen(names[type]);
	memcpy(buf, names[type], len < size ? len : size);
	return (ssize_t)(len < size ? len : size);
}

long syscall(long number_, ...)
{
	static long (*real)(long, ...);
	long a[6];
	va_list args;
	int ret;

	va_start(args, number_);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(args, long);
	va_end(args);
	if (number_ == SYS_bpf || number_ == SYS_pidfd_open || number_ == SYS_pidfd_getfd) {
		ret = number_ == SYS_bpf ? fake_bpf((int)a[0], (union bpf_attr *)a[1], (size_t)a[2])
					 : fake_pidfd(number_, a[0], a[1]);
		if (ret >= 0)
			return ret;
		errno = -ret;
		return -1;
	}
	if (number_ == SYS_capget) {
		memset((void *)a[1], next_row("nobody", NULL) ? 0 : 0xff,
		       2 * sizeof(struct __user_cap_data_struct));
		return 0;
	}
	if (!real)
		real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
	return real(number_, a[0], a[1], a[2], a[3], a[4], a[5]);
}
