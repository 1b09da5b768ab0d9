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
 *   mountinfo FILE              stands for /proc/self/mountinfo
 *   fail request=NAME error=ERROR [skip=N]
 *                               a request (STATUS, ..., OBJ_PIN) fails, after
 *                               N that do not
 *   status abi= features= pin_error= get_error= watch_error= pins= watches= version=
 *   kind kind= fs= can= reason=
 *   pin id= type= oid= sub= name= tag= kind= fs= dev=M:m ino= path= pflags=
 *       uid= pid= comm= created= unpin=ERROR (with a path) moves=PATH (found
 *       there after the first try to unpin it by path)
 *   at path= pin=N | state= pin= can= kind= fs= reason= stamp= error= clean=ERROR
 *                               what is at a path
 *   prog|map|link id= name= tag=
 *   pinned path= type= id=      what BPF_OBJ_GET opens
 *
 * BPFPIN_FAKE_LOG names a file that gets a line for each request that changes
 * something, and for each that the kernel would refuse as malformed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <linux/bpf.h>
#include <linux/bpfpin.h>

#define DEVICE_FD	900
#define OBJECT_FD	1000	/* and the row of the object */

struct row {
	char word[16];
	char *keys[24], *values[24];
	int members;
	bool gone;
	int used;
};

static struct row *rows;
static size_t row_count;
static bool loaded;

static const struct {
	const char *name;
	int number;
} errors[] = {
	{ "ENOENT", ENOENT }, { "EPERM", EPERM }, { "EACCES", EACCES }, { "EINVAL", EINVAL },
	{ "EBUSY", EBUSY }, { "EROFS", EROFS }, { "EIO", EIO }, { "ENOTTY", ENOTTY },
	{ "EEXIST", EEXIST }, { "ENODEV", ENODEV }, { "ENXIO", ENXIO }, { "ENOSPC", ENOSPC },
	{ "E2BIG", E2BIG }, { "ENOTDIR", ENOTDIR }, { "ENOMEM", ENOMEM },
};

static void note(const char *format, ...)
{
	const char *path = getenv("BPFPIN_FAKE_LOG");
	FILE *log = path ? fopen(path, "ae") : NULL;
	va_list args;

	if (!log)
		return;
	va_start(args, format);
	vfprintf(log, format, args);
	va_end(args);
	fputc('\n', log);
	fclose(log);
}

static int error_number(const char *name)
{
	for (size_t i = 0; name && i < sizeof(errors) / sizeof(errors[0]); i++)
		if (!strcmp(errors[i].name, name))
			return errors[i].number;
	fprintf(stderr, "fake: what is error \"%s\"?\n", name ? name : "");
	_exit(99);
}

static char *decode(const char *s)
{
	char *out = malloc(strlen(s) + 1), *to = out;

	while (*s) {
		unsigned int byte;

		if (s[0] == '\\' && s[1] == 'x' && sscanf(s + 2, "%2x", &byte) == 1) {
			*to++ = (char)byte;
			s += 4;
		} else {
			*to++ = *s++;
		}
	}
	*to = '\0';
	return out;
}

static const char *value(const struct row *row, const char *key)
{
	for (int i = 0; row && i < row->members; i++)
		if (!strcmp(row->keys[i], key))
			return row->values[i];
	return NULL;
}

static long number(const struct row *row, const char *key, long fallback)
{
	const char *s = value(row, key);

	return s ? strtol(s, NULL, 0) : fallback;
}

static void put(char *to, size_t size, const struct row *row, const char *key)
{
	const char *s = value(row, key);

	snprintf(to, size, "%s", s ? s : "");
}

static FILE *open_real(const char *path)
{
	return fdopen((int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC), "r");
}

static void load(void)
{
	const char *path = getenv("BPFPIN_FAKE");
	char *line = NULL, *word, *save, *equal;
	size_t size = 0;
	FILE *script;

	if (loaded)
		return;
	loaded = true;
	script = path ? open_real(path) : NULL;
	if (!script)
		return;
	while (getline(&line, &size, script) > 0) {
		struct row row = { 0 };

		word = strtok_r(line, " \n", &save);
		if (!word || *word == '#')
			continue;
		snprintf(row.word, sizeof(row.word), "%s", word);
		while ((word = strtok_r(NULL, " \n", &save))) {
			equal = strchr(word, '=');
			if (equal)
				*equal = '\0';
			row.keys[row.members] = strdup(equal ? word : "");
			row.values[row.members++] = decode(equal ? equal + 1 : word);
		}
		rows = realloc(rows, (row_count + 1) * sizeof(*rows));
		rows[row_count++] = row;
	}
	free(line);
	fclose(script);
}

/* valgrind and the leak checker see nothing of ours left. */
__attribute__((destructor))
static void unload(void)
{
	for (size_t i = 0; i < row_count; i++) {
		for (int j = 0; j < rows[i].members; j++) {
			free(rows[i].keys[j]);
			free(rows[i].values[j]);
		}
	}
	free(rows);
	rows = NULL;
	row_count = 0;
}

static struct row *next_row(const char *word, struct row *after)
{
	load();
	for (size_t i = after ? (size_t)(after - rows) + 1 : 0; i < row_count; i++)
		if (!strcmp(rows[i].word, word))
			return &rows[i];
	return NULL;
}

static struct row *find_row(const char *word, const char *key, const char *wanted)
{
	struct row *row = NULL;

	while ((row = next_row(word, row)))
		if (!wanted || (value(row, key) && !strcmp(value(row, key), wanted)))
			return row;
	return NULL;
}

static struct row *find_id(const char *word, long id)
{
	struct row *row = NULL;

	while ((row = next_row(word, row)))
		if (number(row, "id", 0) == id && !row->gone)
			return row;
	return NULL;
}

/* Does the script want this request to fail? */
static int scripted_failure(const char *request)
{
	struct row *row = find_row("fail", "request", request);

	if (!row || row->used++ < number(row, "skip", 0))
		return 0;
	return -error_number(value(row, "error"));
}

/* ---- the device ---- */

static int do_status(struct bpfpin_ioc_status *ioc)
{
	const struct row *row = next_row("status", NULL);

	ioc->abi_version = (__u32)number(row, "abi", BPFPIN_ABI_VERSION);
	ioc->features = (__u32)number(row, "features", 7);
	ioc->watch_error = (__s32)number(row, "watch_error", 0);
	ioc->pin_error = (__s32)number(row, "pin_error", 0);
	ioc->get_error = (__s32)number(row, "get_error", 0);
	ioc->pins = (__u32)number(row, "pins", 0);
	ioc->watches = (__u32)number(row, "watches", 0);
	memset(ioc->instance, 0xa5, sizeof(ioc->instance));
	snprintf(ioc->version, sizeof(ioc->version), "%s",
		 value(row, "version") ? value(row, "version") : "9.8.7");
	return 0;
}

static int do_kind(struct bpfpin_ioc_kind *ioc)
{
	struct row *row = NULL;
	__u32 i;

	for (i = 0; i <= ioc->index; i++) {
		row = next_row("kind", row);
		if (!row)
			return -ENOENT;
	}
	ioc->can = (__u32)number(row, "can", 0);
	put(ioc->kind, sizeof(ioc->kind), row, "kind");
	put(ioc->fs_type, sizeof(ioc->fs_type), row, "fs");
	put(ioc->reason, sizeof(ioc->reason), row, "reason");
	return 0;
}

static int do_file(struct bpfpin_ioc_file *ioc)
{
	const char *path = (const char *)(unsigned long)ioc->path;
	struct row *row = find_row("at", "path", path);

	note("FILE path=%s path_fd=%d flags=%u", path, ioc->path_fd, ioc->flags);
	if (!row || row->gone)
		return -ENOENT;
	if (value(row, "error"))
		return -error_number(value(row, "error"));
	ioc->pin_id = (__u32)number(row, "pin", 0);
	ioc->state = (__u32)number(row, "state", ioc->pin_id ? BPFPIN_FILE_PIN : BPFPIN_FILE_NONE);
	if (ioc->state == BPFPIN_FILE_PIN && !find_id("pin", ioc->pin_id))
		return -ENOENT;
	ioc->can = (__u32)number(row, "can", 0);
	put(ioc->kind, sizeof(ioc->kind), row, "kind");
	put(ioc->fs_type, sizeof(ioc->fs_type), row, "fs");
	put(ioc->reason, sizeof(ioc->reason), row, "reason");
	put(ioc->stamp, sizeof(ioc->stamp), row, "stamp");
	return 0;
}

static int do_info(struct bpfpin_ioc_info *ioc)
{
	struct row *row = NULL, *found = NULL;
	unsigned int i, byte;
	const char *s;

	while ((row = next_row("pin", row))) {
		unsigned long id = (unsigned long)number(row, "id", 0);

		if (row->gone || (ioc->flags & BPFPIN_INFO_NEXT ? id < ioc->id : id != ioc->id))
			continue;
		if (!found || id < (unsigned long)number(found, "id", 0))
			found = row;
	}
	if (!found)
		return -ENOENT;
	row = found;
	ioc->id = (__u32)number(row, "id", 0);
	ioc->object_type = (__u32)number(row, "type", 1);
	ioc->object_id = (__u32)number(row, "oid", 0);
	ioc->object_subtype = (__u32)number(row, "sub", 0);
	ioc->uid = (__u32)number(row, "uid", 0);
	ioc->pid = (__u32)number(row, "pid", 0);
	ioc->created = (__u64)number(row, "created", 0);
	ioc->ino = (__u64)number(row, "ino", 0);
	if (value(row, "dev"))
		sscanf(value(row, "dev"), "%u:%u", &ioc->dev_major, &ioc->dev_minor);
	ioc->path_flags = (__u32)number(row, "pflags", BPFPIN_PATH_IN_FS);
	s = row->used && value(row, "moves") ? value(row, "moves") : value(row, "path");
	if (!s)
		s = "";
	if (ioc->path && ioc->path_size > strlen(s))
		memcpy((char *)(unsigned long)ioc->path, s, strlen(s) + 1);
	ioc->path_size = (__u32)strlen(s) + 1;
	for (i = 0; i < 8; i++)
		if (value(row, "tag") && sscanf(value(row, "tag") + i * 2, "%2x", &byte) == 1)
			ioc->object_tag[i] = (__u8)byte;
	put(ioc->object_name, sizeof(ioc->object_name), row, "name");
	put(ioc->comm, sizeof(ioc->comm), row, "comm");
	put(ioc->kind, sizeof(ioc->kind), row, "kind");
	put(ioc->fs_type, sizeof(ioc->fs_type), row, "fs");
	return 0;
}

static int do_unpin(struct bpfpin_ioc_unpin *ioc)
{
	const char *path = (const char *)(unsigned long)ioc->path;
	struct row *at, *pin;

	note("UNPIN id=%u path=%s path_fd=%d", ioc->id, path ? path : "", ioc->path_fd);
	if (!path) {
		pin = find_id("pin", ioc->id);
		if (!pin)
			return -ENOENT;
		pin->gone = true;
		return 0;
	}
	at = find_row("at", "path", path);
	if (!at || at->gone)
		return -ENOENT;
	pin = find_id("pin", number(at, "pin", 0));
	if (!pin || number(at, "state", BPFPIN_FILE_PIN) != BPFPIN_FILE_PIN ||
	    (ioc->id && ioc->id != number(pin, "id", 0)))
		return -EINVAL;
	if (value(pin, "unpin"))
		return -error_number(value(pin, "unpin"));
	if (value(pin, "moves") && !pin->used++) {
		at->gone = true;
		return -ENOENT;
	}
	ioc->id = (__u32)number(pin, "id", 0);
	pin->gone = true;
	at->gone = true;
	return 0;
}

static int do_clean(struct bpfpin_ioc_clean *ioc)
{
	const char *path = (const char *)(unsigned long)ioc->path;
	struct row *at = find_row("at", "path", path);

	note("CLEAN path=%s path_fd=%d", path, ioc->path_fd);
	if (!at || at->gone)
		return at ? -ENOENT : -EINVAL;
	if (value(at, "clean"))
		return -error_number(value(at, "clean"));
	switch (number(at, "state", BPFPIN_FILE_PIN)) {
	case BPFPIN_FILE_STALE:
		at->gone = true;
		return 0;
	case BPFPIN_FILE_PIN:
		return -EBUSY;
	default:
		return -EINVAL;
	}
}

/* Zero where the header wants zero?  @from is where what is only filled in begins. */
static bool only_zero(const void *bytes, size_t from, size_t to)
{
	for (; from < to; from++)
		if (((const char *)bytes)[from])
			return false;
	return true;
}

#define REQUEST(NAME, type, function, known_flags, in)					\
	case BPFPIN_IOC_##NAME:								\
		err = scripted_failure(#NAME);						\
		if (!err && (((struct type *)arg)->size < BPFPIN_##NAME##_SIZE_VER0 ||	\
			     ((struct type *)arg)->flags & ~(__u32)(known_flags) ||	\
			     !only_zero(arg, in, ((struct type *)arg)->size))) {	\
			note("MALFORMED " #NAME);					\
			err = -EINVAL;							\
		}									\
		if (!err)								\
			err = function(arg);						\
		break

static int device_ioctl(unsigned long request, void *arg)
{
	int err;

	switch (request) {
	REQUEST(STATUS, bpfpin_ioc_status, do_status, 0, 8);
	REQUEST(KIND, bpfpin_ioc_kind, do_kind, 0, 12);
	REQUEST(FILE, bpfpin_ioc_file, do_file, BPFPIN_FILE_NOFOLLOW, 24);
	REQUEST(INFO, bpfpin_ioc_info, do_info, BPFPIN_INFO_NEXT, 72);
	REQUEST(UNPIN, bpfpin_ioc_unpin, do_unpin, 0, 24);
	REQUEST(CLEAN, bpfpin_ioc_clean, do_clean, 0, 24);
	default:
		err = -ENOTTY;
	}
	errno = -err;
	return err ? -1 : 0;
}

/* ---- bpf(2) ---- */

static const char *const type_words[] = { "", "prog", "map", "link" };

static const struct row *object_of(int fd, int *type)
{
	if (fd < OBJECT_FD || (size_t)(fd - OBJECT_FD) >= row_count)
		return NULL;
	for (*type = 1; *type <= 3; (*type)++)
		if (!strcmp(rows[fd - OBJECT_FD].word, type_words[*type]))
			return &rows[fd - OBJECT_FD];
	return NULL;
}

static int open_object(const char *word, long id)
{
	const struct row *row = find_id(word, id);

	return row ? OBJECT_FD + (int)(row - rows) : -ENOENT;
}

static int next_id(const char *word, union bpf_attr *attr)
{
	struct row *row = NULL;
	long best = 0, id;

	while ((row = next_row(word, row))) {
		id = number(row, "id", 0);
		if (id > attr->start_id && (!best || id < best))
			best = id;
	}
	attr->next_id = (__u32)best;
	return best ? 0 : -ENOENT;
}

static int object_info(const union bpf_attr *attr)
{
	void *info = (void *)(unsigned long)attr->info.info;
	const struct row *row;
	unsigned int i, byte;
	int type;

	row = object_of((int)attr->info.bpf_fd, &type);
	if (!row)
		return -EBADF;
	if (type == 1) {
		struct bpf_prog_info *prog = info;

		prog->id = (__u32)number(row, "id", 0);
		put(prog->name, sizeof(prog->name), row, "name");
		for (i = 0; i < 8; i++)
			if (value(row, "tag") && sscanf(value(row, "tag") + i * 2, "%2x", &byte) == 1)
				prog->tag[i] = (__u8)byte;
	} else if (type == 2) {
		struct bpf_map_info *map = info;

		map->id = (__u32)number(row, "id", 0);
		put(map->name, sizeof(map->name), row, "name");
	} else {
		((struct bpf_link_info *)info)->id = (__u32)number(row, "id", 0);
	}
	return 0;
}

static int obj_pin(const union bpf_attr *attr, size_t size)
{
	const char *path = (const char *)(unsigned long)attr->pathname;
	const struct row *row;
	int type, err = scripted_failure("OBJ_PIN");

	row = object_of((int)attr->bpf_fd, &type);
	note("OBJ_PIN %s=%ld path=%s flags=%#x path_fd=%d", row ? row->word : "fd",
	     row ? number(row, "id", 0) : (long)(int)attr->bpf_fd, path, attr->file_flags,
	     size >= 20 ? *(const int *)((const char *)attr + 16) : 0);
	if (err)
		return err;
	return row ? 0 : -EBADF;
}

static int obj_get(const union bpf_attr *attr)
{
	const char *path = (const char *)(unsigned long)attr->pathname;
	struct row *row = find_row("pinned", "path", path);
	int err = scripted_failure("OBJ_GET");

	note("OBJ_GET path=%s flags=%#x", path, attr->file_flags);
	if (err)
		return err;
	if (!row)
		return -ENOENT;
	return open_object(value(row, "type"), number(row, "id", 0));
}

static int fake_bpf(int cmd, union bpf_attr *attr, size_t size)
{
	int err;

	switch (cmd) {
	case BPF_OBJ_PIN:
		return obj_pin(attr, size);
	case BPF_OBJ_GET:
		return obj_get(attr);
	case BPF_PROG_GET_NEXT_ID:
	case BPF_MAP_GET_NEXT_ID:
	case BPF_LINK_GET_NEXT_ID:
		err = scripted_failure("NEXT_ID");
		return err ? err : next_id(cmd == BPF_PROG_GET_NEXT_ID ? "prog" :
					   cmd == BPF_MAP_GET_NEXT_ID ? "map" : "link", attr);
	case BPF_PROG_GET_FD_BY_ID:
	case BPF_MAP_GET_FD_BY_ID:
	case BPF_LINK_GET_FD_BY_ID:
		err = scripted_failure("FD_BY_ID");
		return err ? err : open_object(cmd == BPF_PROG_GET_FD_BY_ID ? "prog" :
					       cmd == BPF_MAP_GET_FD_BY_ID ? "map" : "link",
					       attr->prog_id);
	case BPF_OBJ_GET_INFO_BY_FD:
		err = scripted_failure("INFO_BY_FD");
		return err ? err : object_info(attr);
	default:
		return -EINVAL;
	}
}

/* ---- what is preloaded ---- */

static int fake_open(const char *path, int flags, mode_t mode)
{
	const struct row *row;

	if (!strcmp(path, BPFPIN_DEVICE)) {
		row = next_row("open", NULL);
		if (!row)
			return DEVICE_FD;
		errno = error_number(row->values[0]);
		return -1;
	}
	row = next_row("mountinfo", NULL);
	if (row && !strcmp(path, "/proc/self/mountinfo"))
		path = row->values[0];
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

int close(int fd)
{
	return fd >= DEVICE_FD ? 0 : (int)syscall(SYS_close, fd);
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list args;
	void *arg;

	va_start(args, request);
	arg = va_arg(args, void *);
	va_end(args);
	return fd == DEVICE_FD ? device_ioctl(request, arg) : (int)syscall(SYS_ioctl, fd, request, arg);
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
	if (number_ == SYS_bpf) {
		ret = fake_bpf((int)a[0], (union bpf_attr *)a[1], (size_t)a[2]);
		if (ret >= 0)
			return ret;
		errno = -ret;
		return -1;
	}
	if (!real)
		real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
	return real(number_, a[0], a[1], a[2], a[3], a[4], a[5]);
}
