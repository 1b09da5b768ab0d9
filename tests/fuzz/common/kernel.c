// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel for fuzz targets, and what of the C library and libbpf goes there: all
 * that it tells comes from the input, and nothing happens to this machine.  What the
 * interface promises holds, as the kernel is not an enemy: strings end, a walk goes
 * forward, a path is no longer than it says.
 */
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <dirent.h>
#include <poll.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include <linux/bpfpin.h>
#include <linux/magic.h>
#include <linux/nsfs.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include "fuzz.h"
#include "views.h"

/* The kernel's is PATH_MAX, and ours is cheaper. */
#define LONGEST_PATH 8192

struct fake_kernel fake_kernel;

void fake_kernel_reset(void)
{
	memset(&fake_kernel, 0, sizeof(fake_kernel));
}

static struct input *answers = &fake_kernel.answers;

/* 0, or now and then an errno. */
static int answer_error(void)
{
	static const int errors[] = {
		EPERM, ENOENT, EBADF, EACCES, EBUSY, EEXIST, ENODEV, EINVAL, ENOTTY, EROFS,
		EOPNOTSUPP, ENXIO, EMFILE, EINTR,
	};
	uint8_t byte = take_byte(answers);

	if (byte < 0xe0)
		return 0;
	errno = errors[byte % (sizeof(errors) / sizeof(errors[0]))];
	return -1;
}

/* ---- files */

static int open_bytes(const struct input *input)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	require(fd >= 0);
	require(write(fd, input->bytes, input->size) == (ssize_t)input->size);
	require(!lseek(fd, 0, SEEK_SET));
	return fd;
}

int fake_openat(int dir, const char *path, int flags, ...)
{
	size_t files = sizeof(fake_kernel.files) / sizeof(fake_kernel.files[0]);

	(void)dir;
	(void)flags;
	if (!strcmp(path, BPFPIN_DEVICE))
		return open_bytes(&fake_kernel.events);
	if (!strcmp(path, "/proc/self/mountinfo"))
		return open_bytes(&fake_kernel.mountinfo);
	if (!*path) {
		errno = ENOENT;
		return -1;
	}
	if (answer_error())
		return -1;
	/* Who looks again and again, for ever, does so until then. */
	if (fake_kernel.opened >= 4 * files) {
		errno = ENOENT;
		return -1;
	}
	return open_bytes(&fake_kernel.files[fake_kernel.opened++ % files]);
}

int fake_open(const char *path, int flags, ...)
{
	return fake_openat(AT_FDCWD, path, flags);
}

/* What ends with a slash is a directory. */
int fake_stat(const char *path, struct stat *st)
{
	if (!*path) {
		errno = ENOENT;
		return -1;
	}
	memset(st, 0, sizeof(*st));
	st->st_mode = path[strlen(path) - 1] == '/' ? S_IFDIR : S_IFREG;
	return 0;
}

int fake_lstat(const char *path, struct stat *st)
{
	return fake_stat(path, st);
}

int fake_statx(int fd, const char *path, int flags, unsigned int mask, struct statx *st)
{
	(void)fd;
	(void)path;
	(void)flags;
	memset(st, 0, sizeof(*st));
	if (answer_error())
		return -1;
	st->stx_mask = mask;
	st->stx_ino = take_byte(answers);
	st->stx_mnt_id = take_byte(answers);
	return 0;
}

int fake_fstatfs(int fd, struct statfs *fs)
{
	(void)fd;
	memset(fs, 0, sizeof(*fs));
	fs->f_type = CGROUP2_SUPER_MAGIC;
	return 0;
}

int fake_access(const char *path, int mode)
{
	(void)path;
	(void)mode;
	return 0;
}

ssize_t fake_readlink(const char *path, char *buf, size_t size)
{
	static const char *const names[] = {
		"anon_inode:bpf-prog", "anon_inode:bpf-map", "anon_inode:bpf_link", "/tmp",
	};
	const char *name = names[take_byte(answers) % 4];
	size_t len = strlen(name);

	(void)path;
	len = len < size ? len : size;
	memcpy(buf, name, len);
	return (ssize_t)len;
}

int fake_scandir(const char *path, struct dirent ***list, int (*wanted)(const struct dirent *),
		 int (*compare)(const struct dirent **, const struct dirent **))
{
	struct dirent *entry;
	struct input name;

	(void)path;
	(void)compare;
	*list = NULL;
	if (answer_error())
		return -1;
	entry = calloc(1, sizeof(*entry));
	*list = calloc(1, sizeof(**list));
	name = take_until(answers, '\0');
	if (name.size > sizeof(entry->d_name) - 1)
		name.size = sizeof(entry->d_name) - 1;
	if (name.size)
		memcpy(entry->d_name, name.bytes, name.size);
	entry->d_type = DT_REG;
	if (!wanted(entry)) {
		free(entry);
		return 0;
	}
	(*list)[0] = entry;
	return 1;
}

/* Nothing is below anything. */
FTS *fake_fts_open(char *const *paths, int flags, int (*compare)(const FTSENT **, const FTSENT **))
{
	static char nothing;

	(void)paths;
	(void)flags;
	(void)compare;
	return (FTS *)&nothing;
}

FTSENT *fake_fts_read(FTS *fts)
{
	(void)fts;
	errno = 0;
	return NULL;
}

int fake_fts_close(FTS *fts)
{
	(void)fts;
	return 0;
}

/* ---- processes and time */

int fake_execvp(const char *file, char *const *argv)
{
	(void)file;
	(void)argv;
	errno = ENOENT;
	return -1;
}

int fake_setenv(const char *name, const char *value, int replace)
{
	(void)name;
	(void)value;
	(void)replace;
	return 0;
}

int fake_setns(int fd, int type)
{
	(void)fd;
	(void)type;
	return answer_error();
}

/* There always is something to read. */
int fake_poll(struct pollfd *fds, nfds_t count, int timeout)
{
	nfds_t i;

	(void)timeout;
	for (i = 0; i < count; i++)
		fds[i].revents = fds[i].events;
	return 1;
}

/* Whoever waits has waited for long when he looks again. */
int fake_clock_gettime(clockid_t clock, struct timespec *now)
{
	static time_t seconds;

	(void)clock;
	*now = (struct timespec) { .tv_sec = seconds += 1 << 20 };
	return 0;
}

/* ---- bpf(2), and what else has no function in the C library */

static int next_id(__u32 start, __u32 *next)
{
	if (!answers->size) {
		errno = ENOENT;
		return -1;
	}
	*next = start + 1;
	return answer_error();
}

static int fd_by_id(__u32 id)
{
	(void)id;
	if (answer_error())
		return -1;
	return open_bytes(&(struct input) { 0 });
}

/* The linker's renaming wants each to be another's. */
int fake_prog_next_id(__u32 start, __u32 *next) { return next_id(start, next); }
int fake_map_next_id(__u32 start, __u32 *next) { return next_id(start, next); }
int fake_link_next_id(__u32 start, __u32 *next) { return next_id(start, next); }
int fake_prog_fd_by_id(__u32 id) { return fd_by_id(id); }
int fake_map_fd_by_id(__u32 id) { return fd_by_id(id); }
int fake_link_fd_by_id(__u32 id) { return fd_by_id(id); }

int fake_object_info(int fd, void *info, __u32 *len)
{
	struct bpf_prog_info *prog = info;
	struct bpf_map_info *map = info;

	(void)fd;
	if (answer_error())
		return -1;
	if (*len == sizeof(*prog)) {
		prog->id = take_byte(answers);
		take(answers, prog->tag, sizeof(prog->tag));
		take(answers, prog->name, sizeof(prog->name) - 1);
		prog->btf_id = prog->nr_func_info = take_byte(answers) & 1;
		prog->func_info_rec_size = sizeof(struct bpf_func_info);
	} else if (*len == sizeof(*map)) {
		map->id = take_byte(answers);
		take(answers, map->name, sizeof(map->name) - 1);
	}
	return 0;
}

struct btf *fake_btf(__u32 id)
{
	(void)id;
	return NULL;
}

long fake_syscall(long number, ...)
{
	if (number == SYS_capget)
		return 0;
	require(number == SYS_bpf || number == SYS_pidfd_open || number == SYS_pidfd_getfd);
	if (answer_error())
		return -1;
	return open_bytes(&(struct input) { 0 });
}

/* ---- the device */

#define take_text(text)	(take(answers, text, sizeof(text) - 1), (text)[sizeof(text) - 1] = '\0')

/* Written if there is room; the bytes that it needs. */
static __u32 answer_path(__u64 buffer, __u32 room)
{
	struct input path = take_until(answers, '\0');

	if (path.size >= LONGEST_PATH)
		path.size = LONGEST_PATH - 1;
	if (buffer && path.size < room) {
		char *to = (char *)(unsigned long)buffer;

		if (path.size)
			memcpy(to, path.bytes, path.size);
		to[path.size] = '\0';
	}
	return (__u32)path.size + 1;
}

/* The id asked for, or one further on: false if there is none. */
static bool answer_id(__u32 *id, __u32 flags)
{
	__u32 more;

	if (!answers->size)
		return false;
	take(answers, &more, take_byte(answers) & 3);
	if (!(flags & BPFPIN_INFO_NEXT))
		return true;
	return !__builtin_add_overflow(*id, more, id);
}

static void answer_status(struct bpfpin_ioc_status *ioc)
{
	ioc->abi_version = BPFPIN_ABI_VERSION;
	ioc->features = take_byte(answers);
	ioc->watch_error = -take_byte(answers);
	ioc->pin_error = -take_byte(answers);
	ioc->get_error = -take_byte(answers);
	take(answers, &ioc->pins, sizeof(ioc->pins));
	take(answers, &ioc->watches, sizeof(ioc->watches));
	take(answers, &ioc->ties, sizeof(ioc->ties));
	take(answers, ioc->instance, sizeof(ioc->instance));
	take_text(ioc->version);
}

static bool answer_kind(struct bpfpin_ioc_kind *ioc)
{
	if (!answers->size)
		return false;
	ioc->can = take_byte(answers);
	take_text(ioc->kind);
	take_text(ioc->fs_type);
	take_text(ioc->reason);
	return true;
}

static void answer_file(struct bpfpin_ioc_file *ioc)
{
	ioc->state = take_byte(answers);
	ioc->pin_id = take_byte(answers);
	ioc->can = take_byte(answers);
	take_text(ioc->kind);
	take_text(ioc->fs_type);
	take_text(ioc->reason);
	take_text(ioc->stamp);
}

static bool answer_info(struct bpfpin_ioc_info *ioc)
{
	if (!answer_id(&ioc->id, ioc->flags))
		return false;
	ioc->path_flags = take_byte(answers);
	ioc->path_size = answer_path(ioc->path, ioc->path_size);
	ioc->object_type = take_byte(answers);
	ioc->object_subtype = take_byte(answers);
	take(answers, &ioc->object_id, sizeof(ioc->object_id));
	take(answers, &ioc->uid, sizeof(ioc->uid));
	take(answers, &ioc->pid, sizeof(ioc->pid));
	take(answers, &ioc->created, sizeof(ioc->created));
	ioc->ino = take_byte(answers);
	ioc->dev_major = take_byte(answers);
	ioc->dev_minor = take_byte(answers);
	ioc->ifindex = take_byte(answers);
	ioc->netns_ino = take_byte(answers);
	ioc->view = take_byte(answers);
	take(answers, ioc->object_tag, sizeof(ioc->object_tag));
	take_text(ioc->object_name);
	take_text(ioc->comm);
	take_text(ioc->kind);
	take_text(ioc->fs_type);
	take_text(ioc->pin_name);
	return true;
}

static bool answer_tie_info(struct bpfpin_ioc_tie_info *ioc)
{
	if (!answer_id(&ioc->id, ioc->flags))
		return false;
	ioc->path_flags = take_byte(answers);
	ioc->path_size = answer_path(ioc->path, ioc->path_size);
	ioc->owner_path_flags = take_byte(answers);
	ioc->owner_path_size = answer_path(ioc->owner_path, ioc->owner_path_size);
	take(answers, &ioc->uid, sizeof(ioc->uid));
	take(answers, &ioc->pid, sizeof(ioc->pid));
	take(answers, &ioc->created, sizeof(ioc->created));
	ioc->is_dir = take_byte(answers);
	ioc->ino = take_byte(answers);
	ioc->owner_ino = take_byte(answers);
	ioc->dev_major = take_byte(answers);
	ioc->dev_minor = take_byte(answers);
	ioc->owner_dev_major = take_byte(answers);
	ioc->owner_dev_minor = take_byte(answers);
	ioc->ifindex = take_byte(answers);
	ioc->netns_ino = take_byte(answers);
	take_text(ioc->comm);
	take_text(ioc->fs_type);
	take_text(ioc->owner_kind);
	take_text(ioc->owner_fs_type);
	return true;
}

static void answer_open(struct bpfpin_ioc_open *ioc)
{
	ioc->id = take_byte(answers);
	ioc->object_type = take_byte(answers);
	ioc->object_fd = open_bytes(&(struct input) { 0 });
}

static bool answer_request(unsigned long request, void *arg)
{
	switch (request) {
	case BPFPIN_IOC_STATUS:
		answer_status(arg);
		return true;
	case BPFPIN_IOC_KIND:
		return answer_kind(arg);
	case BPFPIN_IOC_FILE:
		answer_file(arg);
		return true;
	case BPFPIN_IOC_INFO:
		return answer_info(arg);
	case BPFPIN_IOC_TIE_INFO:
		return answer_tie_info(arg);
	case BPFPIN_IOC_OPEN:
		answer_open(arg);
		return true;
	case BPFPIN_IOC_UNPIN:
		((struct bpfpin_ioc_unpin *)arg)->id = take_byte(answers);
		return true;
	case BPFPIN_IOC_UNTIE:
		((struct bpfpin_ioc_untie *)arg)->count = take_byte(answers);
		return true;
	case BPFPIN_IOC_ATTACH:
		((struct bpfpin_ioc_attach *)arg)->id = take_byte(answers);
		return true;
	case BPFPIN_IOC_TIE:
		((struct bpfpin_ioc_tie *)arg)->id = take_byte(answers);
		return true;
	case BPFPIN_IOC_VIEW:
		((struct bpfpin_ioc_view *)arg)->id = take_byte(answers);
		return true;
	default:
		return true;
	}
}

int fake_ioctl(int fd, unsigned long request, void *arg)
{
	(void)fd;
	if (request == NS_GET_NSTYPE)
		return CLONE_NEWNET;
	if (request == SIOCGIFINDEX) {
		((struct ifreq *)arg)->ifr_ifindex = take_byte(answers);
		return answer_error();
	}
	if (_IOC_TYPE(request) != BPFPIN_IOC_MAGIC) {
		errno = ENOTTY;
		return -1;
	}
	/* Opening the device asks for it, and nothing would come after. */
	if (request != BPFPIN_IOC_STATUS && answer_error())
		return -1;
	if (answer_request(request, arg))
		return 0;
	errno = ENOENT;
	return -1;
}

/* ---- the views that come along, without their programs */

static const void *no_object(size_t *size)
{
	*size = 0;
	return NULL;
}

const struct view views[] = {
	{ .name = "biolat", .summary = "waits", .controller = "io", .object = no_object },
	{ .name = "tcp", .summary = "speaks", .object = no_object },
	{ .name = NULL }
};

const struct view *view_find(const char *name)
{
	const struct view *view;

	for (view = views; view->name; view++)
		if (!strcmp(view->name, name))
			return view;
	return NULL;
}

struct bpf_object *view_load(const struct view *view, int cgroup_fd)
{
	(void)view;
	(void)cgroup_fd;
	errno = EPERM;
	return NULL;
}

struct bpf_program *view_program(const struct view *view, struct bpf_object *object)
{
	(void)view;
	(void)object;
	return NULL;
}

struct bpf_program *view_next_event(struct bpf_object *object, struct bpf_program *program)
{
	(void)object;
	(void)program;
	return NULL;
}

void view_make_room(struct bpf_object *object, const char *cgroup)
{
	(void)object;
	(void)cgroup;
}
