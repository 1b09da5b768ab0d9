// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpffuzz: whatever a caller could come up with, at random.
 *
 *   bpffuzz [OPTION...] SEED OPERATIONS DIRECTORY...
 *
 * A small world of files below the directories (of a bpffs and cgroups as well),
 * sockets, pipes, namespaces, devices and objects, and processes that do what a
 * grammar says to it and to /dev/bpfpin: right, nearly right, or wrong.  What each
 * operation does follows from the seed and its number; how the processes get in
 * each other's way does not, with one process all of it does.
 *
 *   --as CALLER,...     one process each: root, bpf (a user with CAP_BPF), user,
 *                       userns (root of a user namespace of the user's); the default
 *                       is root,bpf,user.  Without any of the first two there are
 *                       pins of root's that have to be there in the end.
 *   --from N --until N  only these of the operations
 *   --trace             say each operation before it is done
 *   --limit SECONDS     how long one may take (default 120)
 *
 * What has to hold whatever is done: only memory that was named is written, no
 * EFAULT where all of it is there, no answer with an address of the kernel's or
 * a text without an end, no descriptor that was not told of, nothing of others for
 * whom has no CAP_BPF; and in the end no pin, watch, tie or object is left.  What
 * does not is told with the number of the operation, exit code 1.  Else it prints
 * how often each kind of operation succeeded, and failed with which errno.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/capability.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>

#include <bpf/btf.h>
#include <linux/bpf.h>
#include <linux/bpfpin.h>
#include <linux/if_link.h>
#include <linux/magic.h>
#include <linux/rtnetlink.h>

#include "tool.h"

#define PAGE		4096u
#define JUNK		0xa5
#define MAX_WORKERS	8
#define MAX_OPS		80
#define MAX_PLACES	8
#define SLOTS		48
/* Beyond the errnos that user space has: those, and one that has no name. */
#define MAX_ERRNO	134
#define ENOTSUPP	524
/* Newer than the kernel headers of some build machines. */
#define PATH_FD_FLAG	(1U << 14)
#define COUNT(array)	(sizeof(array) / sizeof(*(array)))

enum caller { ROOT, BPF, USER, USERNS };

static const char *const caller_names[] = { "root", "bpf", "user", "userns" };

/* What the processes tell each other. */
static struct shared {
	struct worker {
		enum caller caller;
		pid_t pid;
		unsigned long nr;	/* of the operation */
		const char *name;
		char what[1024];
	} workers[MAX_WORKERS];
	bool failed;
	__u32 pin_ids[64], tie_ids[32], turn;
	__u32 counts[MAX_OPS][MAX_ERRNO + 1];
	/* Requests that others write to at the same time. */
	unsigned char scribble[PAGE] __attribute__((aligned(4096)));
} *shared;

static struct worker *me;
static unsigned long seed, operations, from, until = ULONG_MAX;
static unsigned int nworkers, limit = 120;
static bool trace, guarded;
static char *places[MAX_PLACES];
static bool is_cgroup[MAX_PLACES], is_bpffs[MAX_PLACES], is_disk[MAX_PLACES];
static unsigned int nplaces;
static int device;

/* Has it CAP_BPF in the initial user namespace? */
static bool privileged(void)
{
	return me->caller == ROOT || me->caller == BPF;
}

/* Says what is done, for whoever has to find out what went wrong. */
__attribute__((format(printf, 1, 2)))
static void note(const char *fmt, ...)
{
	size_t len = strlen(me->what);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(me->what + len, sizeof(me->what) - len, fmt, ap);
	va_end(ap);
}

__attribute__((noreturn, format(printf, 1, 2)))
static void finding(const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	shared->failed = true;
	printf("seed %lu, operation %lu as %s: %s%s: %s\n", seed, me->nr,
	       caller_names[me->caller], me->name, me->what, text);
	fflush(stdout);
	_exit(1);
}

/*
 * Chance
 */

static __u64 rng;

static __u32 rnd(void)
{
	__u64 z = rng += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return (z ^ (z >> 31)) >> 32;
}

static void rnd_begin(unsigned long nr)
{
	rng = seed * 0xd1342543de82ef95 + nr * 0x2545f4914f6cdd1d;
	rnd();
	rng ^= (__u64)rnd() << 32 | rnd();
}

static __u32 below(__u32 end)
{
	return rnd() % end;
}

static bool one_in(__u32 n)
{
	return !below(n);
}

static __u32 pick(const __u32 *values, size_t count)
{
	return values[below(count)];
}

/* Bits of these; now and then others. */
static __u32 gen_flags(__u32 known)
{
	switch (below(24)) {
	case 0:
		return 1u << below(32);
	case 1:
		return rnd();
	case 2:
		return known;
	default:
		return one_in(3) ? known & rnd() : 0;
	}
}

static __u32 gen_zero(void)
{
	return one_in(64) ? rnd() : 0;
}

/*
 * Memory: areas of four pages with nothing behind.  What is passed ends where its
 * area does, so that nothing behind it can be read, and junk before it shows
 * what is written there.
 */

enum area { REQUEST, ATTR, PATH, PATH2, NAME, OUT, OUT2, AREAS };

#define AREA_SIZE	(4 * PAGE)
#define BEFORE		64u

static unsigned char *areas[AREAS];
static size_t used[AREAS];		/* at the end of it, or 0 */
static bool bad_memory;			/* EFAULT is all right */

static void make_areas(void)
{
	for (unsigned int i = 0; i < AREAS; i++) {
		areas[i] = mmap(NULL, AREA_SIZE + PAGE, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
		if (areas[i] == MAP_FAILED ||
		    mprotect(areas[i] + AREA_SIZE, PAGE, PROT_NONE))
			die("no memory");
	}
}

static unsigned char *put(enum area area, const void *data, size_t len)
{
	unsigned char *at = areas[area] + AREA_SIZE - len;

	if (len + BEFORE <= AREA_SIZE)
		memset(at - BEFORE, JUNK, BEFORE);
	if (data)
		memcpy(at, data, len);
	used[area] = len;
	return at;
}

static void check_areas(void)
{
	for (unsigned int i = 0; i < AREAS; i++) {
		const unsigned char *at = areas[i] + AREA_SIZE - used[i] - BEFORE;

		if (!used[i] || used[i] + BEFORE > AREA_SIZE)
			continue;
		for (unsigned int j = 0; j < BEFORE; j++)
			if (at[j] != JUNK)
				finding("memory before area %u was written", i);
	}
}

static const __u64 bad_pointers[] = {
	0, 1, 8, 0x1000, 0x7ffffffff000, 0x7fffffffffff, 0x800000000000,
	0x8000000000000000, 0xffff800000000000, 0xffff888000000000,
	0xffffffff81000000, 0xffffffffff600000, 0xfffffffffffffffc,
	0xffffffffffffffff,
};

static __u64 bad_pointer(void)
{
	bad_memory = true;
	return bad_pointers[below(COUNT(bad_pointers))];
}

/* An answer has none of the kernel's addresses, apart from what was asked. */
static void check_addresses(const void *answer, const void *asked, size_t len)
{
	for (size_t at = 0; at + 8 <= len; at += 8) {
		__u64 word, before;

		memcpy(&word, (const char *)answer + at, 8);
		memcpy(&before, (const char *)asked + at, 8);
		/* Both halves: next to each other are numbers that are below zero. */
		if ((__u32)word != (__u32)before && word >> 32 != before >> 32 &&
		    word >= 0xffff800000000000 && word < 0xfffffffffffff000)
			finding("the answer has %#llx at %zu", word, at);
	}
}

static void check_text(const char *text, size_t size, const char *what)
{
	if (!memchr(text, 0, size))
		finding("%s has no end", what);
}

/*
 * Descriptors
 */

enum kind {
	K_NONE, K_OBJ, K_VIEWPROG, K_FILE, K_DIR, K_PATH, K_SOCK, K_PIPE, K_MEMFD,
	K_NETNS, K_DEVICE, K_MONITOR, K_OTHER
};

static struct slot {
	enum kind kind;
	int fd;
} slots[SLOTS];

/* Begins with one of these. */
static int pool[8];
static enum kind pool_kinds[8];
static unsigned int npool;
static int own_netns;

static void slot_clear(struct slot *slot)
{
	if (slot->kind)
		close(slot->fd);
	slot->kind = K_NONE;
}

static void slot_put(enum kind kind, int fd)
{
	struct slot *slot = &slots[below(SLOTS)];

	slot_clear(slot);
	slot->kind = kind;
	slot->fd = fd;
}

static struct slot *slot_find(unsigned int kinds)
{
	unsigned int start = below(SLOTS);

	for (unsigned int i = 0; i < SLOTS; i++) {
		struct slot *slot = &slots[(start + i) % SLOTS];

		if (slot->kind && kinds & (1u << slot->kind))
			return slot;
	}
	return NULL;
}

#define KINDS(...)	kinds_of((const enum kind[]){ __VA_ARGS__, K_NONE })

static unsigned int kinds_of(const enum kind *kind)
{
	unsigned int kinds = 0;

	while (*kind)
		kinds |= 1u << *kind++;
	return kinds;
}

/* Of every kind. */
#define ANY		UINT_MAX

static int gen_fd(unsigned int kinds)
{
	static const int odd[] = {
		-1, -2, AT_FDCWD, 0, 1, 2, 999, 4096, INT_MAX, INT_MIN, 0x40000000,
	};
	struct slot *slot;

	if (one_in(24))
		return odd[below(COUNT(odd))];
	if (one_in(32))
		kinds = ANY;
	if (one_in(64))
		return device;
	slot = slot_find(kinds);
	return slot ? slot->fd : -1;
}

static int open_fds(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int count = 0;

	if (!dir)
		finding("no descriptor for /proc/self/fd: %s", strerror(errno));
	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

/*
 * Names and paths
 */

static const char *const folders[] = {
	"", "", "", "", "", "", "/d0", "/d1", "/d0/d0", "/m",
};
#define FOLDERS		6	/* the first that can be removed */

static unsigned int gen_place(void)
{
	return below(nplaces);
}

static unsigned int special_place(const bool *is)
{
	unsigned int start = gen_place();

	for (unsigned int i = 0; i < nplaces; i++)
		if (is[(start + i) % nplaces])
			return (start + i) % nplaces;
	return start;
}

static void plain_name(char *buf, bool cgroup)
{
	sprintf(buf, "%s%c%u", cgroup ? "bpf-" : "", one_in(16) ? 'l' : 'f', below(4));
}

static void plain_path(char *buf, unsigned int place)
{
	char name[16];

	plain_name(name, is_cgroup[place]);
	sprintf(buf, "%s%s/%s", places[place], folders[below(COUNT(folders))], name);
	if (guarded && one_in(8))
		sprintf(buf, "%s/guard/%sg%u", places[place],
			is_cgroup[place] ? "bpf-" : "", below(2));
}

static void folder_path(char *buf, unsigned int place)
{
	sprintf(buf, "%s%s", places[place], folders[below(COUNT(folders))]);
}

static void random_text(char *buf, unsigned int len)
{
	static const char some[] = "ab/.\n\\% \x01\x7f";

	for (unsigned int i = 0; i < len; i++) {
		buf[i] = some[below(sizeof(some) - 1)];
		if (one_in(2))
			buf[i] = (char)(rnd() | 0x80);
		/* Nothing is made outside of the world. */
		if (buf[i] == '/' && (!i || buf[i - 1] == '.'))
			buf[i] = 'r';
	}
	buf[len] = '\0';
}

static const char *const outside[] = {
	"/", "/dev/null", BPFPIN_DEVICE, "/proc/self/ns/net", "/proc/self/ns/mnt",
	"/proc/self", "/proc/version", "/sys", "/sys/fs/cgroup/cgroup.procs",
	"/dev/nothing/x", "/proc/self/exe", "/proc/self/fd/0", "/proc/self/fd/1",
	"/proc/self/fd/2",
};

/* Paths that name the same in another way, or nothing. */
static void odd_path(char *buf, unsigned int place)
{
	char tail[64];

	plain_name(tail, is_cgroup[place]);
	switch (below(16)) {
	case 0:
		*buf = '\0';
		break;
	case 1:
		strcpy(buf, one_in(2) ? "." : "..");
		break;
	case 2:
		sprintf(buf, "%s/%s/", places[place], tail);
		break;
	case 3:
		sprintf(buf, "%s//./d0/..///%s", places[place], tail);
		break;
	case 4:
		sprintf(buf, "%s/%s/%s", places[place], tail, tail);
		break;
	case 5:		/* as long as can be, and a byte more */
		sprintf(buf, "%s/", places[place]);
		while (strlen(buf) + strlen(tail) + 2 < PATH_MAX)
			strcat(buf, "./");
		while (strlen(buf) + strlen(tail) + 1 < PATH_MAX + below(2))
			strcat(buf, "/");
		strcat(buf, tail);
		break;
	case 6:
		memset(buf, 'x', 4999);
		buf[4999] = '\0';
		break;
	case 7:
	case 8:
		sprintf(buf, "%s/%s%0*d", places[place], is_cgroup[place] ? "bpf-" : "",
			(int)(250 + below(8)), 0);
		break;
	case 9:
	case 10:
		random_text(buf, below(40));
		break;
	case 11:
		sprintf(buf, "/proc/self/fd/%d", gen_fd(ANY));
		break;
	case 12:
		sprintf(buf, "/proc/%d/fd/%u", shared->workers[below(nworkers)].pid, below(80));
		break;
	case 13:
	case 14:
		strcpy(buf, outside[below(COUNT(outside))]);
		break;
	default:
		sprintf(buf, "%s/cgroup.procs", places[special_place(is_cgroup)]);
	}
}

/* Into memory, and in a way that it may not be got out of there again. */
static __u64 put_text(enum area area, const char *text)
{
	size_t len = strlen(text);

	note(" '%.*s'%s", 120, text, len > 120 ? "..." : "");
	switch (below(96)) {
	case 0:
		note("@bad");
		return bad_pointer();
	case 1:		/* without an end */
		note("@cut");
		bad_memory = true;
		return (unsigned long)put(area, text, len);
	default:
		return (unsigned long)put(area, text, len + 1);
	}
}

static __u64 gen_path(enum area area, int *fd, unsigned int place)
{
	static char buf[3 * PAGE];

	*fd = one_in(16) ? gen_fd(KINDS(K_DIR, K_PATH)) : AT_FDCWD;
	if (one_in(8)) {
		odd_path(buf, place);
	} else if (one_in(10)) {
		plain_name(buf, is_cgroup[place]);
		*fd = gen_fd(KINDS(K_DIR, K_PATH));
	} else if (one_in(12)) {
		folder_path(buf, place);
	} else {
		plain_path(buf, place);
	}
	if (*fd != AT_FDCWD)
		note(" at %d", *fd);
	return put_text(area, buf);
}

/* A path for a system call of the kernel's own, which is not what is looked at. */
static const char *path_at(enum area area, unsigned int place)
{
	static char bufs[AREAS][PAGE];

	plain_path(bufs[area], place);
	note(" '%s'", bufs[area]);
	return bufs[area];
}

static const char *world_path(enum area area)
{
	return path_at(area, gen_place());
}

/* Two, mostly on one file system. */
static void world_paths(const char *paths[2])
{
	unsigned int place = gen_place();

	paths[0] = path_at(PATH, place);
	paths[1] = path_at(PATH2, one_in(16) ? gen_place() : place);
}

static const char *world_folder(enum area area)
{
	static char bufs[AREAS][PAGE];
	unsigned int place = gen_place();

	sprintf(bufs[area], "%s%s", places[place], folders[FOLDERS + below(COUNT(folders) - FOLDERS)]);
	note(" '%s'", bufs[area]);
	return bufs[area];
}

/*
 * Ids
 */

static void learn(__u32 *ids, size_t count, __u32 id)
{
	ids[shared->turn++ % count] = id;
}

static __u32 gen_id(const __u32 *ids, size_t count)
{
	__u32 id = ids[below(count)];

	switch (below(20)) {
	case 0:
		id = below(64);
		break;
	case 1:
		id = UINT32_MAX - below(2);
		break;
	case 2:
		id = 0;
		break;
	case 3:
		id = rnd();
		break;
	case 4:
		id++;
		break;
	}
	note(" id %u", id);
	return id;
}

static __u32 gen_pin_id(void)
{
	return gen_id(shared->pin_ids, COUNT(shared->pin_ids));
}

static __u32 gen_tie_id(void)
{
	return gen_id(shared->tie_ids, COUNT(shared->tie_ids));
}

/*
 * The device
 */

static int result(long ret)
{
	return ret < 0 ? -errno : 0;
}

static int ask_plainly(unsigned int request, void *arg)
{
	return result(ioctl(device, request, arg));
}

/* How many bytes are said to be passed of a request that has @size. */
static __u32 gen_size(__u32 size, __u32 ver0)
{
	switch (below(48)) {
	case 0:
		return below(ver0 + 1);
	case 1:
		return ver0;
	case 2:
		return ver0 + below(size - ver0 + 1);
	case 3:
		return size + 1 + below(64);
	case 4:
		return PAGE - below(2);
	case 5:
		return PAGE + 1;
	case 6:
		return one_in(2) ? UINT32_MAX - below(4) : rnd();
	default:
		return size;
	}
}

/*
 * A request in memory of its own, and back; 0 or -errno.  What is said of all
 * requests has to hold.
 */
static int ask(unsigned int request, void *arg, __u32 size, __u32 ver0)
{
	__u32 said = gen_size(size, ver0), there, after;
	unsigned char bytes[2 * PAGE] = {};
	int fd = one_in(12) ? gen_fd(KINDS(K_DEVICE, K_MONITOR)) : device;
	bool excess = false, protect;
	unsigned char *at;
	int ret;

	memcpy(bytes, arg, size);
	memcpy(bytes, &said, 4);
	there = said < 4 ? 4 : said > PAGE ? PAGE : said;
	if (said > size && said <= PAGE && one_in(2)) {
		bytes[size + below(said - size)] = 1;
		excess = true;
	}
	at = put(REQUEST, bytes, there);
	if (said != size)
		note(" size %u%s", said, excess ? " excess" : "");
	if (one_in(64)) {
		ret = result(ioctl(fd, request, (void *)bad_pointer()));
		if (!ret)
			finding("it could read where nothing is");
		return ret;
	}
	if (one_in(64)) {
		/* Less is there than is said. */
		at += 1 + below(there);
		memmove(at, bytes, areas[REQUEST] + AREA_SIZE - at);
		used[REQUEST] = 0;
		bad_memory = true;
		note(" short");
	}
	protect = one_in(128);
	if (protect) {
		mprotect(areas[REQUEST], AREA_SIZE, PROT_READ);
		bad_memory = true;
		note(" read-only");
	}
	ret = result(ioctl(fd, request, at));
	if (protect)
		mprotect(areas[REQUEST], AREA_SIZE, PROT_READ | PROT_WRITE);

	if (ret == -EFAULT && !bad_memory)
		finding("EFAULT, but all memory is there");
	if (!ret && said < ver0)
		finding("it worked with %u bytes", said);
	if (!ret && (said > PAGE || excess))
		finding("it worked with %u bytes, which has more than is known", said);
	if (!used[REQUEST] || protect)
		return ret ?: -EFAULT;
	memcpy(&after, at, 4);
	if (after != said)
		finding("the size came back as %u", after);
	check_addresses(at, bytes, there);
	if (!ret)
		memcpy(arg, at, said < size ? said : size);
	return ret;
}

#define ASK(NAME, arg) \
	ask(BPFPIN_IOC_##NAME, arg, sizeof(*(arg)), BPFPIN_##NAME##_SIZE_VER0)

/* Only who has CAP_BPF could. */
static int check_privileged(int ret)
{
	if (!ret && !privileged())
		finding("it worked without CAP_BPF");
	return ret;
}

static __u32 own_uid(void)
{
	return me->caller == USERNS ? 0 : 1000;
}

/* What was seen has to be the caller's own. */
static void check_uid(__u32 uid)
{
	if (!privileged() && uid != own_uid())
		finding("it is of user %u", uid);
}

/* A pin that was got at; it may have ended since. */
static void check_pin(__u32 id)
{
	struct bpfpin_ioc_info info = { .size = sizeof(info), .id = id };

	if (!privileged() && !ask_plainly(BPFPIN_IOC_INFO, &info))
		check_uid(info.uid);
}

static void check_flags(__u32 flags, __u32 known, int ret)
{
	if (!ret && flags & ~known)
		finding("it worked with flags %#x", flags);
}

static int op_status(void)
{
	struct bpfpin_ioc_status status = { .flags = gen_flags(0), .ties = gen_zero() };
	__u32 flags = status.flags;
	int ret = ASK(STATUS, &status);

	check_flags(flags, 0, ret);
	if (!ret && status.abi_version != BPFPIN_ABI_VERSION)
		finding("the version is %u", status.abi_version);
	check_text(status.version, sizeof(status.version), "version");
	return ret;
}

static int op_kind(void)
{
	struct bpfpin_ioc_kind kind = {
		.flags = gen_flags(0), .index = one_in(16) ? rnd() : below(48),
	};
	__u32 flags = kind.flags;
	int ret = ASK(KIND, &kind);

	check_flags(flags, 0, ret);
	check_text(kind.kind, sizeof(kind.kind), "kind");
	check_text(kind.fs_type, sizeof(kind.fs_type), "fs_type");
	check_text(kind.reason, sizeof(kind.reason), "reason");
	return ret;
}

static int op_file(void)
{
	const __u32 known = BPFPIN_FILE_NOFOLLOW | BPFPIN_FILE_NEW;
	struct bpfpin_ioc_file file = { .flags = gen_flags(known) };
	__u32 flags = file.flags;
	int ret;

	file.path = gen_path(PATH, &file.path_fd, gen_place());
	ret = ASK(FILE, &file);
	check_flags(flags, known, ret);
	if (ret)
		return ret;
	check_text(file.kind, sizeof(file.kind), "kind");
	check_text(file.fs_type, sizeof(file.fs_type), "fs_type");
	check_text(file.reason, sizeof(file.reason), "reason");
	check_text(file.stamp, sizeof(file.stamp), "stamp");
	if (file.state > BPFPIN_FILE_INHERITED)
		finding("the state is %u", file.state);
	if (file.state == BPFPIN_FILE_PIN || file.state == BPFPIN_FILE_INHERITED)
		check_pin(file.pin_id);
	return 0;
}

/* A buffer for a path; its size may be said wrong. */
static __u64 gen_buffer(enum area area, __u32 *size)
{
	*size = one_in(8) ? PATH_MAX : one_in(8) ? below(16) : below(200);
	if (one_in(32)) {
		*size = rnd();
		return one_in(2) ? 0 : bad_pointer();
	}
	return (unsigned long)put(area, NULL, *size);
}

static void check_buffer(enum area area, __u64 pointer, __u32 room, __u32 needed)
{
	const unsigned char *at = areas[area] + AREA_SIZE - used[area];

	if (!needed || needed > PATH_MAX)
		finding("a path of %u bytes", needed);
	if (pointer != (unsigned long)at || used[area] != room || needed > room)
		return;
	if (at[needed - 1] || strlen((const char *)at) != needed - 1)
		finding("a path has no end");
}

static int op_info(void)
{
	const __u32 known = BPFPIN_INFO_NEXT;
	struct bpfpin_ioc_info info = { .flags = gen_flags(known), .id = gen_pin_id() };
	__u32 flags = info.flags, room, id = info.id;
	int ret;

	info.path = gen_buffer(OUT, &room);
	info.path_size = room;
	ret = ASK(INFO, &info);
	check_flags(flags, known, ret);
	if (ret)
		return ret;
	if (flags & known ? info.id < id : info.id != id)
		finding("it is pin %u", info.id);
	learn(shared->pin_ids, COUNT(shared->pin_ids), info.id);
	check_uid(info.uid);
	if (info.object_type < BPFPIN_OBJECT_PROG || info.object_type > BPFPIN_OBJECT_LINK)
		finding("the type is %u", info.object_type);
	check_text(info.object_name, sizeof(info.object_name), "object_name");
	check_text(info.comm, sizeof(info.comm), "comm");
	check_text(info.kind, sizeof(info.kind), "kind");
	check_text(info.fs_type, sizeof(info.fs_type), "fs_type");
	check_text(info.pin_name, sizeof(info.pin_name), "pin_name");
	check_buffer(OUT, info.path, room, info.path_size);
	return 0;
}

static int op_unpin(void)
{
	struct bpfpin_ioc_unpin unpin = { .flags = gen_flags(0) };
	__u32 flags = unpin.flags;
	int ret;

	if (one_in(2))
		unpin.id = gen_pin_id();
	if (!unpin.id || one_in(8))
		unpin.path = gen_path(PATH, &unpin.path_fd, gen_place());
	ret = ASK(UNPIN, &unpin);
	check_flags(flags, 0, ret);
	return ret;
}

static int op_clean(void)
{
	struct bpfpin_ioc_clean clean = { .flags = gen_flags(0), .reserved = gen_zero() };
	__u32 flags = clean.flags;
	int ret;

	clean.path = gen_path(PATH, &clean.path_fd, special_place(is_disk));
	ret = ASK(CLEAN, &clean);
	check_flags(flags, 0, ret);
	return ret;
}

static void gen_owner(struct bpfpin_owner *owner)
{
	const unsigned int handles = KINDS(K_SOCK, K_PIPE, K_MEMFD, K_NETNS, K_FILE, K_DIR);

	memset(owner, 0, sizeof(*owner));
	switch (below(16)) {
	case 0:
		owner->ifindex = 1 + below(8);
		owner->fd = one_in(2) ? -1 : gen_fd(KINDS(K_NETNS));
		break;
	case 1:
		owner->ifindex = one_in(4) ? rnd() : 1;
		owner->fd = gen_fd(KINDS(K_NETNS));
		break;
	case 2:
	case 3:
	case 4:
	case 5:
		owner->path = gen_path(PATH, &owner->fd, gen_place());
		break;
	case 6:
		owner->path = gen_path(PATH, &owner->fd, special_place(is_cgroup));
		break;
	case 7:
		owner->fd = gen_fd(ANY);
		owner->ifindex = gen_zero();
		break;
	default:
		owner->fd = gen_fd(handles);
	}
	note(" owner %d,%u", owner->fd, owner->ifindex);
}

static __u64 gen_name(void)
{
	static const char *const odd[] = { "", ".", "..", "a/b", "/", "...", " " };
	char buf[512];

	if (one_in(12)) {
		strcpy(buf, odd[below(COUNT(odd))]);
	} else if (one_in(16)) {
		unsigned int len = 253 + below(6);

		memset(buf, 'n', len);
		buf[len] = '\0';
	} else if (one_in(16)) {
		random_text(buf, below(300));
	} else {
		sprintf(buf, "a%u", below(6));
	}
	return put_text(NAME, buf);
}

static int op_attach(void)
{
	struct bpfpin_ioc_attach attach = {
		.flags = gen_flags(0), .object_fd = gen_fd(KINDS(K_OBJ, K_VIEWPROG)),
	};
	__u32 flags = attach.flags;
	int ret;

	gen_owner(&attach.owner);
	attach.name = gen_name();
	ret = check_privileged(ASK(ATTACH, &attach));
	check_flags(flags, 0, ret);
	if (!ret)
		learn(shared->pin_ids, COUNT(shared->pin_ids), attach.id);
	return ret;
}

/* A descriptor that is new, of an object; it has to be one for the caller. */
static void new_object(int fd)
{
	static const char *const links[] = { "bpf-map", "bpf-prog", "bpf_link", "bpf-link" };
	char path[64], target[64] = "";
	bool is = false;

	if (!(fcntl(fd, F_GETFD) & FD_CLOEXEC))
		finding("descriptor %d is not close-on-exec, or none", fd);
	if (one_in(16)) {
		sprintf(path, "/proc/self/fd/%d", fd);
		if (readlink(path, target, sizeof(target) - 1) < 0)
			target[0] = '\0';
		for (unsigned int i = 0; i < COUNT(links); i++)
			is |= !!strstr(target, links[i]);
		if (!is && me->caller != USERNS)
			finding("descriptor %d is '%s'", fd, target);
	}
	slot_put(K_OBJ, fd);
}

static int op_open(void)
{
	struct bpfpin_ioc_open open_pin = {
		.flags = gen_flags(0), .file_flags = gen_flags(BPF_F_RDONLY | BPF_F_WRONLY),
		.owner.fd = -1,
	};
	__u32 flags = open_pin.flags, id = 0;
	int ret;

	if (one_in(2))
		open_pin.id = id = gen_pin_id();
	if (!open_pin.id || one_in(32)) {
		gen_owner(&open_pin.owner);
		open_pin.name = gen_name();
	}
	ret = ASK(OPEN, &open_pin);
	check_flags(flags, 0, ret);
	if (ret)
		return ret;
	if (id && open_pin.id != id)
		finding("it is pin %u", open_pin.id);
	check_pin(open_pin.id);
	if (open_pin.object_type < BPFPIN_OBJECT_PROG ||
	    open_pin.object_type > BPFPIN_OBJECT_LINK)
		finding("the type is %u", open_pin.object_type);
	new_object(open_pin.object_fd);
	return 0;
}

static int op_tie(void)
{
	struct bpfpin_ioc_tie tie = { .flags = gen_flags(0) };
	unsigned int place = one_in(2) ? special_place(is_bpffs) : gen_place();
	__u32 flags = tie.flags;
	char path[PAGE];
	int ret;

	gen_owner(&tie.owner);
	if (one_in(8)) {
		folder_path(path, place);
		tie.path_fd = AT_FDCWD;
		tie.path = put_text(PATH2, path);
	} else {
		tie.path = gen_path(PATH2, &tie.path_fd, place);
	}
	ret = check_privileged(ASK(TIE, &tie));
	check_flags(flags, 0, ret);
	if (!ret)
		learn(shared->tie_ids, COUNT(shared->tie_ids), tie.id);
	return ret;
}

static int op_untie(void)
{
	struct bpfpin_ioc_untie untie = {
		.flags = gen_flags(0), .reserved = gen_zero(), .count = gen_zero(),
	};
	unsigned int place = one_in(2) ? special_place(is_bpffs) : gen_place();
	__u32 flags = untie.flags;
	int ret;

	if (one_in(2))
		untie.id = gen_tie_id();
	if (!untie.id || one_in(32))
		untie.path = gen_path(PATH, &untie.path_fd, place);
	ret = ASK(UNTIE, &untie);
	check_flags(flags, 0, ret);
	if (!ret && !untie.count)
		finding("it dissolved none");
	return ret;
}

static int op_tie_info(void)
{
	const __u32 known = BPFPIN_INFO_NEXT;
	struct bpfpin_ioc_tie_info info = { .flags = gen_flags(known), .id = gen_tie_id() };
	__u32 flags = info.flags, room, owner_room, id = info.id;
	int ret;

	info.path = gen_buffer(OUT, &room);
	info.path_size = room;
	info.owner_path = gen_buffer(OUT2, &owner_room);
	info.owner_path_size = owner_room;
	ret = ASK(TIE_INFO, &info);
	check_flags(flags, known, ret);
	if (ret)
		return ret;
	if (flags & known ? info.id < id : info.id != id)
		finding("it is tie %u", info.id);
	learn(shared->tie_ids, COUNT(shared->tie_ids), info.id);
	check_uid(info.uid);
	check_text(info.comm, sizeof(info.comm), "comm");
	check_text(info.fs_type, sizeof(info.fs_type), "fs_type");
	check_text(info.owner_kind, sizeof(info.owner_kind), "owner_kind");
	check_text(info.owner_fs_type, sizeof(info.owner_fs_type), "owner_fs_type");
	check_buffer(OUT, info.path, room, info.path_size);
	check_buffer(OUT2, info.owner_path, owner_room, info.owner_path_size);
	return 0;
}

static int op_view(void)
{
	static const __u32 modes[] = { 0444, 0644, 0600, 0666, 0 };
	static const __u32 ids[] = { 0, 1000, 1001, 65534, -2 };
	const __u32 known = BPFPIN_VIEW_INHERIT | BPFPIN_VIEW_REPLACE;
	struct bpfpin_ioc_view view = {
		.flags = gen_flags(known),
		.prog_fd = gen_fd(KINDS(K_VIEWPROG)),
		.mode = one_in(16) ? rnd() : pick(modes, COUNT(modes)),
		.uid = one_in(8) ? pick(ids, COUNT(ids)) : BPFPIN_VIEW_CALLER,
		.gid = one_in(8) ? pick(ids, COUNT(ids)) : BPFPIN_VIEW_CALLER,
	};
	__u32 flags = view.flags;
	int ret;

	if (flags & BPFPIN_VIEW_REPLACE && !one_in(8)) {
		view.flags &= ~BPFPIN_VIEW_INHERIT;
		flags = view.flags;
		view.mode = view.uid = view.gid = 0;
	}
	if (one_in(16))
		view.prog_fd = gen_fd(ANY);
	view.path = gen_path(PATH, &view.path_fd,
			     one_in(8) ? gen_place() : special_place(is_cgroup));
	note(" flags %#x prog %d mode %#o ids %d %d", view.flags, view.prog_fd, view.mode,
	     view.uid, view.gid);
	ret = check_privileged(ASK(VIEW, &view));
	check_flags(flags, known, ret);
	if (!ret)
		learn(shared->pin_ids, COUNT(shared->pin_ids), view.id);
	return ret;
}

static int op_device_open(void)
{
	static const __u32 modes[] = {
		O_RDONLY | O_NONBLOCK, O_RDWR | O_NONBLOCK, O_WRONLY | O_NONBLOCK,
		O_RDONLY, O_PATH,
	};
	int fd = open(BPFPIN_DEVICE, pick(modes, COUNT(modes)) | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	slot_put(K_DEVICE, fd);
	return 0;
}

static int op_monitor(void)
{
	struct bpfpin_ioc_monitor monitor = { .size = sizeof(monitor), .flags = gen_flags(0) };
	struct slot *slot = slot_find(KINDS(K_DEVICE));
	int ret;

	if (!slot || one_in(16))
		return check_privileged(ASK(MONITOR, &monitor));
	ret = check_privileged(result(ioctl(slot->fd, BPFPIN_IOC_MONITOR, &monitor)));
	check_flags(monitor.flags, 0, ret);
	if (!ret)
		slot->kind = K_MONITOR;
	return ret;
}

static void check_event(const struct bpfpin_event *event)
{
	if (event->size != sizeof(*event) || event->cause > BPFPIN_CAUSE_TIE ||
	    event->type < BPFPIN_EVENT_PINNED || event->type > BPFPIN_EVENT_RELEASED ||
	    event->object_type < BPFPIN_OBJECT_PROG || event->object_type > BPFPIN_OBJECT_LINK)
		finding("event of %u bytes, type %u, cause %u, object type %u", event->size,
			event->type, event->cause, event->object_type);
	check_text(event->object_name, sizeof(event->object_name), "object_name");
	check_text(event->kind, sizeof(event->kind), "kind");
}

static int op_monitor_read(void)
{
	static const unsigned char none[8 * sizeof(struct bpfpin_event)];
	size_t size = one_in(8) ? below(2 * sizeof(struct bpfpin_event)) :
				  (1 + below(8)) * sizeof(struct bpfpin_event);
	int fd = gen_fd(one_in(16) ? KINDS(K_DEVICE) : KINDS(K_MONITOR));
	struct bpfpin_event event;
	unsigned char *at = put(OUT, NULL, size);
	ssize_t len;

	note(" fd %d size %zu", fd, size);
	len = read(fd, one_in(64) ? (void *)bad_pointer() : at, size);
	if (len < 0 && errno == EFAULT && !bad_memory)
		finding("EFAULT, but all memory is there");
	if (len < 0 || bad_memory)
		return result(len);
	if (!slot_find(KINDS(K_MONITOR)) || len % sizeof(event))
		return 0;
	for (ssize_t done = 0; done < len; done += sizeof(event)) {
		memcpy(&event, at + done, sizeof(event));
		/* Descriptors of others are read too. */
		if (event.size != sizeof(event))
			break;
		check_event(&event);
		check_addresses(at + done, none, sizeof(event));
	}
	return 0;
}

/* What is no operation of the device. */
static int op_device_other(void)
{
	int fd = gen_fd(KINDS(K_DEVICE, K_MONITOR));
	struct pollfd pollfd = { .fd = fd, .events = POLLIN | POLLOUT };
	void *map;

	note(" fd %d", fd);
	switch (below(6)) {
	case 0:
		return result(lseek(fd, (int)rnd(), below(4)));
	case 1:
		map = mmap(NULL, PAGE, PROT_READ, one_in(2) ? MAP_SHARED : MAP_PRIVATE, fd, 0);
		if (map == MAP_FAILED)
			return -errno;
		munmap(map, PAGE);
		return 0;
	case 2:
		/* Not into a socket or a file of its own. */
		return result(pwrite(device, "x", 1, 0));
	case 3:
		return result(fsync(fd));
	case 4:
		return result(fcntl(fd, F_GETLK, put(OUT, NULL, sizeof(struct flock))));
	default:
		return result(poll(&pollfd, 1, 0));
	}
}

/* Requests that there are not, and the bytes of no request at all. */
static int op_junk_request(void)
{
	unsigned char bytes[PAGE] = {};
	__u32 size = 4 + below(512), request;
	unsigned char *at;
	bool known;
	int ret;

	switch (below(8)) {
	case 0:
		request = rnd();
		break;
	case 1:
		request = _IOC(below(4), BPFPIN_IOC_MAGIC, below(16), below(64));
		break;
	case 2:
		request = _IO(BPFPIN_IOC_MAGIC + 1, below(16));
		break;
	case 3:
		request = _IO(BPFPIN_IOC_MAGIC, below(256));
		break;
	default:
		request = _IO(BPFPIN_IOC_MAGIC, below(13));
	}
	known = request >= BPFPIN_IOC_STATUS && request <= BPFPIN_IOC_VIEW;
	for (__u32 i = 0; i < size; i++)
		if (!one_in(3))
			bytes[i] = one_in(2) ? rnd() : 0xff;
	memcpy(bytes, &size, 4);
	bad_memory = true;
	at = put(REQUEST, bytes, size);
	note(" %#x of %u bytes", request, size);
	ret = result(ioctl(device, request, at));
	if (!known && ret != -ENOTTY)
		finding("there is no such request");
	if (!ret && request == BPFPIN_IOC_OPEN) {
		struct bpfpin_ioc_open answer = {};

		memcpy(&answer, at, size < sizeof(answer) ? size : sizeof(answer));
		new_object(answer.object_fd);
	}
	return ret;
}

/* In memory that other processes write to. */
static int op_shared_request(void)
{
	static const struct { __u32 nr, size; } requests[] = {
#define SHARED(NAME, type)	{ BPFPIN_IOC_##NAME, sizeof(struct bpfpin_ioc_##type) }
		SHARED(STATUS, status), SHARED(KIND, kind), SHARED(FILE, file),
		SHARED(INFO, info), SHARED(UNPIN, unpin), SHARED(CLEAN, clean),
		SHARED(ATTACH, attach), SHARED(TIE, tie), SHARED(UNTIE, untie),
		SHARED(TIE_INFO, tie_info), SHARED(VIEW, view),
#undef SHARED
	};
	unsigned int which = below(COUNT(requests));
	unsigned char *at = shared->scribble + 64;
	struct bpfpin_ioc_file file = {
		.size = one_in(4) ? below(512) : requests[which].size,
	};

	file.path = gen_path(PATH, &file.path_fd, gen_place());
	bad_memory = true;
	note(" %#x", requests[which].nr);
	memcpy(at, &file, 32);
	for (unsigned int i = below(16); i; i--)
		at[4 + below(60)] = one_in(2) ? 0 : rnd();
	return result(ioctl(device, requests[which].nr, at));
}

/*
 * bpf(2)
 */

static long bpf(int cmd, union bpf_attr *attr, unsigned int size)
{
	return syscall(__NR_bpf, cmd, attr, size);
}

/* Of an object: its id, and above that what tells the types apart here. */
static __u64 object_id(int fd)
{
	__u32 info[128] = {};
	union bpf_attr attr = {
		.info.bpf_fd = fd, .info.info_len = sizeof(info), .info.info = (unsigned long)info,
	};

	/* The id is at the same place in all three. */
	return bpf(BPF_OBJ_GET_INFO_BY_FD, &attr, sizeof(attr)) ? 0 :
	       (__u64)info[0] << 32 | info[1];
}

static __u64 guards[64];
static unsigned int nguards;

static bool is_guard(__u64 id)
{
	for (unsigned int i = 0; i < nguards; i++)
		if (guards[i] == id)
			return true;
	return false;
}

/* As in newer headers. */
struct obj_attr {
	__u64 pathname;
	__u32 bpf_fd;
	__u32 file_flags;
	__s32 path_fd;
	__u32 beyond[25];
};

static long obj_call(int cmd, struct obj_attr *attr)
{
	unsigned int size = attr->file_flags & PATH_FD_FLAG ? 20 : 16;
	unsigned char *at;
	long ret;

	if (one_in(16))
		size = below(2) ? sizeof(*attr) : below(sizeof(*attr));
	if (one_in(64))
		attr->beyond[below(25)] = 1;
	at = put(ATTR, attr, size);
	if (one_in(64))
		at = (void *)bad_pointer();
	/* What is not passed is nothing. */
	if (size < 8)
		bad_memory = true;
	note(" size %u flags %#x", size, attr->file_flags);
	ret = syscall(__NR_bpf, cmd, at, size);
	if (ret < 0 && errno == EFAULT && !bad_memory)
		finding("EFAULT, but all memory is there");
	return ret;
}

static int op_bpf_pin(void)
{
	struct obj_attr attr = {
		.bpf_fd = gen_fd(KINDS(K_OBJ, K_VIEWPROG)),
		.file_flags = one_in(16) ? gen_flags(PATH_FD_FLAG) : 0,
	};

	attr.pathname = gen_path(PATH, &attr.path_fd, gen_place());
	if (attr.path_fd != AT_FDCWD)
		attr.file_flags |= PATH_FD_FLAG;
	return result(obj_call(BPF_OBJ_PIN, &attr));
}

static int op_bpf_get(void)
{
	struct obj_attr attr = {
		.bpf_fd = gen_zero(),
		.file_flags = one_in(4) ? gen_flags(PATH_FD_FLAG | BPF_F_RDONLY | BPF_F_WRONLY) : 0,
	};
	long fd;

	attr.pathname = gen_path(PATH, &attr.path_fd, gen_place());
	if (attr.path_fd != AT_FDCWD)
		attr.file_flags |= PATH_FD_FLAG;
	fd = obj_call(BPF_OBJ_GET, &attr);
	if (fd < 0)
		return -errno;
	new_object(fd);
	if (guarded && is_guard(object_id(fd)))
		finding("it is an object of root's");
	return 0;
}

static int prog_load(__u32 type, __u32 attach_type, __u32 btf_id, const struct bpf_insn *insns,
		     __u32 count)
{
	union bpf_attr attr = {
		.prog_type = type,
		.insns = (unsigned long)insns,
		.insn_cnt = count,
		.license = (unsigned long)"GPL",
		.prog_name = "bpffuzz",
		.expected_attach_type = attach_type,
		.attach_btf_id = btf_id,
	};

	return bpf(BPF_PROG_LOAD, &attr, sizeof(attr));
}

static int new_map(void)
{
	union bpf_attr attr = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4,
		.max_entries = 1, .map_name = "bpffuzz",
	};

	return bpf(BPF_MAP_CREATE, &attr, sizeof(attr));
}

static int new_prog(void)
{
	static const struct bpf_insn insns[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};

	return prog_load(BPF_PROG_TYPE_SOCKET_FILTER, 0, 0, insns, COUNT(insns));
}

static int cgroup_iter_id, map_iter_id;

/* A program of an iterator that prints "bpffuzz" once. */
static int new_iter_prog(int id)
{
	const union { char text[8]; __u64 word; } line = { .text = "bpffuzz\n" };
	const struct bpf_insn insns[] = {
		/* r6 = ctx->meta; if (r6->seq_num) return 0; */
		{ .code = BPF_LDX | BPF_MEM | BPF_DW, .dst_reg = 6, .src_reg = 1 },
		{ .code = BPF_LDX | BPF_MEM | BPF_DW, .dst_reg = 2, .src_reg = 6, .off = 16 },
		{ .code = BPF_JMP | BPF_JNE | BPF_K, .dst_reg = 2, .off = 8 },
		/* bpf_seq_write(r6->seq, &line, 8); */
		{ .code = BPF_LD | BPF_IMM | BPF_DW, .dst_reg = 3, .imm = (__s32)line.word },
		{ .imm = line.word >> 32 },
		{ .code = BPF_STX | BPF_MEM | BPF_DW, .dst_reg = 10, .src_reg = 3, .off = -8 },
		{ .code = BPF_LDX | BPF_MEM | BPF_DW, .dst_reg = 1, .src_reg = 6 },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = 2, .src_reg = 10 },
		{ .code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = 2, .imm = -8 },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 3, .imm = 8 },
		{ .code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_seq_write },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};

	return prog_load(BPF_PROG_TYPE_TRACING, BPF_TRACE_ITER, id, insns, COUNT(insns));
}

static int new_iter(void)
{
	int prog = new_iter_prog(map_iter_id), link;
	union bpf_attr attr = {
		.link_create.prog_fd = prog, .link_create.attach_type = BPF_TRACE_ITER,
	};

	if (prog < 0)
		return prog;
	link = bpf(BPF_LINK_CREATE, &attr, sizeof(attr));
	close(prog);
	return link;
}

/* On a tracepoint that is not passed. */
static int new_tracing_link(void)
{
	static const struct bpf_insn insns[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	int prog = prog_load(BPF_PROG_TYPE_RAW_TRACEPOINT, 0, 0, insns, COUNT(insns)), link;
	union bpf_attr attr = {
		.raw_tracepoint.name = (unsigned long)"sched_process_hang",
		.raw_tracepoint.prog_fd = prog,
	};

	if (prog < 0)
		return prog;
	link = bpf(BPF_RAW_TRACEPOINT_OPEN, &attr, sizeof(attr));
	close(prog);
	return link;
}

static int op_object(void)
{
	enum kind kind = K_OBJ;
	unsigned int which;
	int fd;

	switch (below(32)) {
	case 0:
		fd = new_tracing_link();
		break;
	case 1:
		fd = new_iter();
		break;
	case 2:
		fd = new_iter_prog(cgroup_iter_id);
		kind = K_VIEWPROG;
		break;
	case 3:
	case 4:
		fd = new_prog();
		break;
	case 5:
	case 6:
	case 7:
	case 8:
		fd = new_map();
		break;
	default:
		which = below(npool);
		fd = fcntl(pool[which], F_DUPFD_CLOEXEC, 0);
		kind = pool_kinds[which];
	}
	if (fd < 0)
		return -errno;
	slot_put(kind, fd);
	return 0;
}

/*
 * Owners, and their ends
 */

static int op_socket(void)
{
	static const __u32 families[] = { AF_INET, AF_INET, AF_INET6, AF_NETLINK, AF_UNIX };
	int fds[2];

	if (one_in(2)) {
		if (socketpair(AF_UNIX, (one_in(2) ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC |
			       SOCK_NONBLOCK, 0, fds))
			return -errno;
		slot_put(K_SOCK, fds[1]);
	} else {
		fds[0] = socket(pick(families, COUNT(families)), SOCK_DGRAM | SOCK_CLOEXEC, 0);
		if (fds[0] < 0)
			return -errno;
	}
	slot_put(K_SOCK, fds[0]);
	return 0;
}

static int op_pipe(void)
{
	int fds[2];

	if (one_in(3)) {
		fds[0] = memfd_create("bpffuzz", MFD_CLOEXEC);
		if (fds[0] < 0)
			return -errno;
		slot_put(K_MEMFD, fds[0]);
		return 0;
	}
	if (pipe2(fds, O_CLOEXEC | O_NONBLOCK))
		return -errno;
	slot_put(K_PIPE, fds[0]);
	slot_put(K_PIPE, fds[1]);
	return 0;
}

/* A new namespace, which nothing but the descriptor holds. */
static int op_netns(void)
{
	int fd;

	if (unshare(CLONE_NEWNET))
		return -errno;
	fd = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (setns(own_netns, CLONE_NEWNET))
		finding("cannot go back to the namespace: %s", strerror(errno));
	if (fd < 0)
		return -errno;
	slot_put(K_NETNS, fd);
	return 0;
}

static int op_netns_open(void)
{
	static const char *const names[] = { "net", "net", "net", "mnt", "user", "pid" };
	char path[64];
	int fd;

	sprintf(path, "/proc/self/ns/%s", names[below(COUNT(names))]);
	fd = open(path, (one_in(8) ? O_PATH : O_RDONLY) | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	slot_put(K_NETNS, fd);
	return 0;
}

static int netlink(struct nlmsghdr *header)
{
	struct { struct nlmsghdr header; struct nlmsgerr error; char more[512]; } reply = {};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), ret;

	header->nlmsg_flags |= NLM_F_REQUEST | NLM_F_ACK;
	if (fd < 0)
		return -errno;
	if (send(fd, header, header->nlmsg_len, 0) < 0)
		ret = -errno;
	else
		do
			ret = recv(fd, &reply, sizeof(reply), 0) < 0 ? -errno : reply.error.error;
		while (ret == -EINTR);
	close(fd);
	return ret;
}

static int op_netdev(void)
{
	struct {
		struct nlmsghdr header;
		struct ifinfomsg info;
		struct nlattr name;
		char name_text[8];
		struct nlattr linkinfo;
		struct nlattr kind;
		char kind_text[8];
	} request = {
		.header = { .nlmsg_len = sizeof(request), .nlmsg_type = RTM_NEWLINK,
			    .nlmsg_flags = NLM_F_CREATE | NLM_F_EXCL },
		.name = { sizeof(struct nlattr) + 8, IFLA_IFNAME },
		.name_text = "fuzz",
		.linkinfo = { 2 * sizeof(struct nlattr) + 8, IFLA_LINKINFO },
		.kind = { sizeof(struct nlattr) + 6, IFLA_INFO_KIND },
		.kind_text = "dummy",
	};

	request.name_text[4] = '0' + below(3);
	return netlink(&request.header);
}

static int op_netdev_end(void)
{
	struct { struct nlmsghdr header; struct ifinfomsg info; } request = {
		.header = { .nlmsg_len = sizeof(request), .nlmsg_type = RTM_DELLINK },
	};
	char name[8];

	sprintf(name, "fuzz%u", below(3));
	request.info.ifi_index = if_nametoindex(name);
	return request.info.ifi_index ? netlink(&request.header) : -ENODEV;
}

static int op_close(void)
{
	struct slot *slot = slot_find(one_in(2) ? KINDS(K_SOCK, K_PIPE, K_MEMFD, K_NETNS) : ANY);

	if (!slot)
		return -EBADF;
	note(" fd %d", slot->fd);
	slot_clear(slot);
	return 0;
}

/* A descriptor on its way is nobody's. */
static int op_send(void)
{
	union { struct cmsghdr header; char bytes[CMSG_SPACE(sizeof(int))]; } control = {};
	struct iovec iov = { "x", 1 };
	struct msghdr message = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof(control),
	};
	int fd = gen_fd(ANY);

	control.header = (struct cmsghdr){
		.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS,
	};
	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	return result(sendmsg(gen_fd(KINDS(K_SOCK)), &message, MSG_DONTWAIT | MSG_NOSIGNAL));
}

static int op_receive(void)
{
	union { struct cmsghdr header; char bytes[CMSG_SPACE(sizeof(int))]; } control = {};
	char byte;
	struct iovec iov = { &byte, 1 };
	struct msghdr message = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof(control),
	};
	int fd;

	if (recvmsg(gen_fd(KINDS(K_SOCK)), &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) < 0)
		return -errno;
	if (message.msg_controllen < sizeof(struct cmsghdr) ||
	    control.header.cmsg_type != SCM_RIGHTS)
		return -ENODATA;
	memcpy(&fd, CMSG_DATA(&control.header), sizeof(fd));
	slot_put(K_OTHER, fd);
	return 0;
}

/*
 * Files
 */

static int op_file_open(void)
{
	static const __u32 modes[] = {
		O_RDONLY, O_RDONLY, O_RDONLY, O_WRONLY, O_RDWR, O_RDWR | O_CREAT,
		O_WRONLY | O_TRUNC, O_RDWR | O_APPEND, O_PATH, O_RDONLY | O_NOFOLLOW,
		O_RDWR | O_CREAT | O_EXCL, O_RDWR | O_DIRECT,
	};
	__u32 mode = pick(modes, COUNT(modes));
	int fd = open(world_path(PATH), mode | O_CLOEXEC | O_NONBLOCK, 0666);

	note(" mode %#x", mode);
	if (fd < 0)
		return -errno;
	slot_put(mode == O_PATH ? K_PATH : K_FILE, fd);
	return 0;
}

static int op_folder_open(void)
{
	bool path = one_in(3);
	char buf[PAGE];
	int fd;

	folder_path(buf, gen_place());
	note(" '%s'", buf);
	fd = open(buf, (path ? O_PATH : O_RDONLY) | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	slot_put(path ? K_PATH : K_DIR, fd);
	return 0;
}

static int op_folder_read(void)
{
	unsigned char *at = put(OUT, NULL, 1024);

	return result(syscall(SYS_getdents64, gen_fd(KINDS(K_DIR)), at, 1024));
}

static int op_file_read(void)
{
	size_t size = one_in(4) ? below(16) : below(PAGE);
	int fd = gen_fd(KINDS(K_FILE));

	note(" fd %d size %zu", fd, size);
	if (one_in(32))
		return result(pread(fd, (void *)bad_pointer(), size, 0));
	return result(pread(fd, put(OUT, NULL, size), size, one_in(4) ? below(64) : 0));
}

static int op_file_write(void)
{
	int fd = gen_fd(KINDS(K_FILE));

	note(" fd %d", fd);
	switch (below(4)) {
	case 0:
		return result(ftruncate(fd, below(64)));
	case 1:
		return result(fallocate(fd, 0, 0, 64));
	default:
		return result(pwrite(fd, "bpffuzz", 7, below(64)));
	}
}

static int op_file_map(void)
{
	int fd = gen_fd(KINDS(K_FILE));
	void *map = mmap(NULL, PAGE, one_in(2) ? PROT_READ : PROT_READ | PROT_WRITE,
			 one_in(2) ? MAP_SHARED : MAP_PRIVATE, fd, 0);

	note(" fd %d", fd);
	if (map == MAP_FAILED)
		return -errno;
	munmap(map, PAGE);
	return 0;
}

static int op_file_other(void)
{
	int fd = gen_fd(KINDS(K_FILE, K_DIR, K_PATH)), to;
	struct pollfd pollfd = { .fd = fd, .events = POLLIN };
	struct slot *slot;
	struct stat st;
	long ret;

	note(" fd %d", fd);
	switch (below(8)) {
	case 0:
		return result(lseek(fd, (int)below(100) - 50, below(5)));
	case 1:
		return result(ioctl(fd, one_in(2) ? BPFPIN_IOC_STATUS : rnd(), 0));
	case 2:
		/* Only of the world's own. */
		slot = slot_find(KINDS(K_FILE, K_DIR));
		if (!slot)
			return -EBADF;
		return result(fchmod(slot->fd, slot->kind == K_FILE ? below(01000) :
					       one_in(8) ? 0755 : 0777));
	case 3:
		return result(fstat(fd, &st));
	case 4:
		return result(syscall(SYS_flock, fd, 1u + below(3) + 4));
	case 5:
		to = memfd_create("bpffuzz", MFD_CLOEXEC);
		ret = result(sendfile(to, fd, NULL, 64));
		close(to);
		return ret;
	case 6:
		return result(poll(&pollfd, 1, 0));
	default:
		return result(fsync(fd));
	}
}

static int op_unlink(void)
{
	return result(unlink(world_path(PATH)));
}

static int op_rename(void)
{
	static const __u32 flags[] = { 0, 0, 0, RENAME_NOREPLACE, RENAME_EXCHANGE, 4, 8 };
	const char *paths[2];

	world_paths(paths);
	return result(syscall(SYS_renameat2, AT_FDCWD, paths[0], AT_FDCWD, paths[1],
			      pick(flags, COUNT(flags))));
}

static int op_link(void)
{
	const char *paths[2];

	world_paths(paths);
	return result(one_in(4) ? symlink(paths[0], paths[1]) : link(paths[0], paths[1]));
}

static int op_mkdir(void)
{
	static const __u32 modes[] = { 0777, 0755, 0700 };

	return result(mkdir(world_folder(PATH), pick(modes, COUNT(modes))));
}

static int op_rmdir(void)
{
	return result(rmdir(world_folder(PATH)));
}

static int op_mode(void)
{
	const char *path = world_path(PATH);

	switch (below(4)) {
	case 0:
		return result(chmod(path, below(010000)));
	case 1:
		return result(lchown(path, one_in(2) ? 1000 : 0, one_in(2) ? 1000 : 0));
	case 2:
		return result(utimensat(AT_FDCWD, path, NULL, 0));
	default:
		return result(truncate(path, below(2)));
	}
}

/* Stamps that are none, or another's. */
static int op_stamp(void)
{
	static char stamps[4][64];
	const char *path = world_path(PATH);
	char *stamp = stamps[below(4)];
	ssize_t len;

	switch (below(4)) {
	case 0:
		len = getxattr(path, "trusted.bpfpin", stamp, sizeof(stamps[0]));
		return result(len);
	case 1:
		random_text(stamp, below(40));
		return result(setxattr(path, "trusted.bpfpin", stamp, strlen(stamp), 0));
	case 2:
		return result(setxattr(path, "trusted.bpfpin", stamp, strlen(stamp), 0));
	default:
		return result(removexattr(path, "trusted.bpfpin"));
	}
}

static int op_watch(void)
{
	int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK), ret;

	if (fd < 0)
		return -errno;
	ret = result(inotify_add_watch(fd, world_path(PATH), IN_ALL_EVENTS));
	if (ret)
		close(fd);
	else
		slot_put(K_OTHER, fd);
	return ret;
}

static int op_handle(void)
{
	union { struct file_handle handle; char bytes[256]; } file = {
		.handle.handle_bytes = 128,
	};
	int place, mount_id, fd;

	if (name_to_handle_at(AT_FDCWD, world_path(PATH), &file.handle, &mount_id, 0))
		return -errno;
	place = open(places[gen_place()], O_RDONLY | O_CLOEXEC);
	fd = open_by_handle_at(place, &file.handle, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		int ret = -errno;

		close(place);
		return ret;
	}
	close(place);
	slot_put(K_FILE, fd);
	return 0;
}

static int op_mount(void)
{
	char at[PAGE], what[PAGE];

	sprintf(at, "%s/m", places[gen_place()]);
	folder_path(what, gen_place());
	note(" '%s'", at);
	if (one_in(3))
		return result(mount(what, at, NULL, MS_BIND, NULL));
	return result(mount("tmpfs", at, "tmpfs", 0, "mode=777"));
}

static int op_umount(void)
{
	char at[PAGE];

	sprintf(at, "%s/m", places[gen_place()]);
	note(" '%s'", at);
	return result(umount2(at, one_in(2) ? MNT_DETACH : 0));
}

static int op_drop_caches(void)
{
	int fd, ret;

	if (!one_in(4))
		return 0;
	fd = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	ret = result(write(fd, "2", 1));
	close(fd);
	return ret;
}

/* Nothing that can be interrupted waits for longer. */
static void start_timer(void)
{
	const struct itimerval every = { { 1, 0 }, { 1, 0 } };

	ok(setitimer(ITIMER_REAL, &every, NULL));
}

static void do_one(void);

/* A process that has the descriptors as well, does some of all this and dies. */
static int op_process(void)
{
	bool kill_it = one_in(2);
	pid_t pid;
	int status;

	pid = fork();
	if (pid < 0)
		return -errno;
	if (!pid) {
		rng ^= 0x5bd1e995;
		start_timer();
		for (unsigned int i = kill_it ? 1000 : 8; i; i--)
			do_one();
		_exit(0);
	}
	if (kill_it) {
		usleep(below(20000));
		kill(pid, SIGKILL);
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	if (shared->failed)
		_exit(1);
	if (WIFSIGNALED(status) && !(kill_it && WTERMSIG(status) == SIGKILL))
		finding("a process died of signal %d", WTERMSIG(status));
	return 0;
}

/*
 * All operations
 */

/* Who has to have succeeded now and then. */
#define NOBODY	0
#define ANYBODY	1
#define CAPABLE	2	/* root or CAP_BPF */
#define ADMIN	3	/* root */
#define RARELY	8	/* others change meanwhile what it asks for */

static const struct op {
	const char *name;
	unsigned int weight;
	int (*run)(void);
	int must;
} ops[] = {
	{ "status", 4, op_status, ANYBODY },
	{ "kind", 4, op_kind, ANYBODY },
	{ "file", 24, op_file, ANYBODY },
	{ "info", 24, op_info, ANYBODY },
	{ "unpin", 24, op_unpin, ANYBODY },
	{ "clean", 16, op_clean, NOBODY },
	{ "attach", 60, op_attach, CAPABLE },
	{ "open", 30, op_open, CAPABLE },
	{ "tie", 50, op_tie, CAPABLE },
	{ "untie", 14, op_untie, CAPABLE },
	{ "tie-info", 16, op_tie_info, CAPABLE },
	{ "monitor", 10, op_monitor, CAPABLE },
	{ "view", 30, op_view, CAPABLE },
	{ "device-open", 6, op_device_open, ANYBODY },
	{ "monitor-read", 12, op_monitor_read, CAPABLE },
	{ "device-other", 8, op_device_other, ANYBODY },
	{ "junk-request", 16, op_junk_request, NOBODY },
	{ "shared-request", 16, op_shared_request, ANYBODY | RARELY },
	{ "bpf-pin", 100, op_bpf_pin, ANYBODY },
	{ "bpf-get", 50, op_bpf_get, ANYBODY },
	{ "object", 40, op_object, ANYBODY },
	{ "socket", 24, op_socket, ANYBODY },
	{ "pipe", 20, op_pipe, ANYBODY },
	{ "netns", 2, op_netns, ADMIN },
	{ "netns-open", 3, op_netns_open, ANYBODY },
	{ "netdev", 2, op_netdev, ADMIN },
	{ "netdev-end", 1, op_netdev_end, ADMIN },
	{ "close", 30, op_close, ANYBODY },
	{ "send", 8, op_send, ANYBODY },
	{ "receive", 8, op_receive, ANYBODY },
	{ "file-open", 40, op_file_open, ANYBODY },
	{ "folder-open", 10, op_folder_open, ANYBODY },
	{ "folder-read", 4, op_folder_read, ANYBODY },
	{ "file-read", 20, op_file_read, ANYBODY },
	{ "file-write", 12, op_file_write, ANYBODY },
	{ "file-map", 6, op_file_map, ANYBODY },
	{ "file-other", 10, op_file_other, ANYBODY },
	{ "unlink", 30, op_unlink, ANYBODY },
	{ "rename", 20, op_rename, ANYBODY },
	{ "link", 16, op_link, ANYBODY },
	{ "mkdir", 14, op_mkdir, ANYBODY },
	{ "rmdir", 10, op_rmdir, ANYBODY },
	{ "mode", 12, op_mode, ANYBODY },
	{ "stamp", 10, op_stamp, ADMIN },
	{ "inotify", 6, op_watch, ANYBODY },
	{ "handle", 4, op_handle, ADMIN },
	{ "mount", 2, op_mount, ADMIN },
	{ "umount", 3, op_umount, ADMIN },
	{ "drop-caches", 1, op_drop_caches, NOBODY },
	{ "process", 1, op_process, ANYBODY },
};

static const struct op *pick_op(void)
{
	static unsigned int sum;
	unsigned int at;
	size_t i;

	if (!sum)
		for (i = 0; i < COUNT(ops); i++)
			sum += ops[i].weight;
	at = below(sum);
	for (i = 0; at >= ops[i].weight; i++)
		at -= ops[i].weight;
	return &ops[i];
}

static void do_one(void)
{
	static unsigned int depth;
	const struct op *op = pick_op();
	unsigned int error;

	if (depth && op->run == op_process)
		return;
	depth++;
	me->name = op->name;
	me->what[0] = '\0';
	bad_memory = false;
	memset(used, 0, sizeof(used));
	errno = 0;
	error = -op->run();
	check_areas();
	if (trace) {
		printf("%lu %s: %s%s: %s\n", me->nr, caller_names[me->caller], me->name, me->what,
		       error ? strerrorname_np(error) ?: "?" : "ok");
		fflush(stdout);
	}
	if (error >= MAX_ERRNO && error != ENOTSUPP)
		finding("errno %u, which user space does not have", error);
	__atomic_add_fetch(&shared->counts[op - ops][error < MAX_ERRNO ? error : MAX_ERRNO], 1,
			   __ATOMIC_RELAXED);
	depth--;
}

/*
 * Callers
 */

static void set_capabilities(__u64 caps)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = {};

	for (unsigned int i = 0; i < 2; i++)
		data[i].effective = data[i].permitted = caps >> (32 * i);
	ok(syscall(SYS_capset, &header, data));
}

static void write_text(const char *path, const char *text)
{
	int fd = ok(open(path, O_WRONLY | O_CLOEXEC));

	ok(write(fd, text, strlen(text)));
	close(fd);
}

static void become(enum caller caller)
{
	if (caller == ROOT)
		return;
	ok(prctl(PR_SET_KEEPCAPS, caller == BPF));
	ok(setgroups(0, NULL));
	ok(setresgid(1000, 1000, 1000));
	ok(setresuid(1000, 1000, 1000));
	if (caller == BPF)
		set_capabilities(1ull << CAP_BPF | 1ull << CAP_NET_ADMIN | 1ull << CAP_PERFMON);
	/* What is below /proc/self is one's own. */
	ok(prctl(PR_SET_DUMPABLE, 1));
	if (caller == USERNS) {
		ok(unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS));
		write_text("/proc/self/uid_map", "0 1000 1");
		write_text("/proc/self/setgroups", "deny");
		write_text("/proc/self/gid_map", "0 1000 1");
	}
}

static void on_alarm(int signal)
{
	(void)signal;
}

static __attribute__((noreturn)) void worker_main(unsigned int number)
{
	struct sigaction action = { .sa_handler = on_alarm };
	int before, after;

	me = &shared->workers[number];
	me->name = "the beginning";
	me->pid = getpid();
	become(me->caller);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sigaction(SIGALRM, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	start_timer();
	close(device);
	device = ok(open(BPFPIN_DEVICE, O_RDWR | O_CLOEXEC | O_NONBLOCK));
	close(own_netns);
	own_netns = ok(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
	ok(chdir(places[0]));
	umask(0);

	before = open_fds();
	rnd_begin(ULONG_MAX - number);
	for (unsigned int i = 0; i < 16; i++) {
		op_object();
		op_socket();
		op_pipe();
		op_device_open();
		op_file_open();
		op_folder_open();
		op_netns_open();
	}
	for (me->nr = from + (number + nworkers - from % nworkers) % nworkers;
	     me->nr < operations && me->nr < until && !shared->failed; me->nr += nworkers) {
		rnd_begin(me->nr);
		do_one();
		if (me->nr / nworkers % 256 == 0) {
			int lowest = dup(device);

			if (lowest > before + SLOTS + 8)
				finding("descriptors leak: the next is %d", lowest);
			close(lowest);
		}
	}
	me->name = "the end";
	me->what[0] = '\0';
	for (unsigned int i = 0; i < SLOTS; i++)
		slot_clear(&slots[i]);
	after = open_fds();
	if (after != before)
		finding("%d descriptors are open, not %d", after, before);
	_exit(shared->failed);
}

/*
 * The world
 */

static void path_in(char *buf, unsigned int place, const char *name)
{
	sprintf(buf, "%s/%s", places[place], name);
}

static void make_place(unsigned int place)
{
	static const char *const names[] = { "d0", "d0/d0", "d1", "m" };
	struct statfs fs;
	char path[PAGE];

	ok(statfs(places[place], &fs));
	is_cgroup[place] = fs.f_type == CGROUP2_SUPER_MAGIC;
	is_bpffs[place] = fs.f_type == BPF_FS_MAGIC;
	is_disk[place] = fs.f_type == EXT4_SUPER_MAGIC || fs.f_type == XFS_SUPER_MAGIC ||
			 fs.f_type == BTRFS_SUPER_MAGIC;
	ok(chmod(places[place], 0777));
	for (unsigned int i = 0; i < COUNT(names); i++) {
		path_in(path, place, names[i]);
		ok(mkdir(path, 0777));
		ok(chmod(path, 0777));
		/* In one everybody can do everything, in another only root. */
		if (i != 2)
			ok(chown(path, 1000, 1000));
	}
}

static int iter_id(const char *function)
{
	static struct btf *btf;

	if (!btf)
		btf = btf__load_vmlinux_btf();
	if (!btf)
		die("the kernel has no BTF");
	return ok(btf__find_by_name_kind(btf, function, BTF_KIND_FUNC));
}

static void pool_put(enum kind kind, int fd)
{
	pool_kinds[npool] = kind;
	pool[npool++] = ok(fd);
}

static void make_pool(void)
{
	cgroup_iter_id = iter_id("bpf_iter_cgroup");
	map_iter_id = iter_id("bpf_iter_bpf_map");
	pool_put(K_OBJ, new_map());
	pool_put(K_OBJ, new_map());
	pool_put(K_OBJ, new_prog());
	pool_put(K_OBJ, new_iter());
	pool_put(K_OBJ, new_tracing_link());
	pool_put(K_VIEWPROG, new_iter_prog(cgroup_iter_id));
	pool_put(K_VIEWPROG, new_iter_prog(cgroup_iter_id));
}

/*
 * Pins and ties of root's for those who have no CAP_BPF
 */

static __u32 guard_ids[64], guard_ties[8];
static unsigned int nguard_ids, nguard_ties;
static int guard_fds[8], nguard_fds;

static int guard_object(int fd)
{
	ok(fd);
	guards[nguards++] = object_id(fd);
	return fd;
}

static void guard_attach(struct bpfpin_owner owner)
{
	struct bpfpin_ioc_attach attach = {
		.size = sizeof(attach), .owner = owner, .name = (unsigned long)"a0",
		.object_fd = guard_object(new_map()),
	};

	if (ioctl(device, BPFPIN_IOC_ATTACH, &attach))
		die_errno();
	close(attach.object_fd);
	guard_ids[nguard_ids++] = attach.id;
}

static void guard_place(unsigned int place)
{
	union bpf_attr attr = {};
	char path[PAGE];

	path_in(path, place, "guard");
	ok(mkdir(path, 0755));
	for (unsigned int i = 0; i < 2; i++) {
		struct bpfpin_ioc_file file = {
			.size = sizeof(file), .path_fd = AT_FDCWD, .path = (unsigned long)path,
		};

		sprintf(path, "%s/guard/%sg%u", places[place], is_cgroup[place] ? "bpf-" : "", i);
		attr.pathname = (unsigned long)path;
		attr.bpf_fd = guard_object(is_cgroup[place] ? new_iter_prog(cgroup_iter_id) :
							      new_map());
		ok(bpf(BPF_OBJ_PIN, &attr, 16));
		close(attr.bpf_fd);
		if (is_bpffs[place])
			continue;
		if (ioctl(device, BPFPIN_IOC_FILE, &file) || file.state != BPFPIN_FILE_PIN)
			die("no pin at %s", path);
		guard_ids[nguard_ids++] = file.pin_id;
		if (!i)
			guard_attach((struct bpfpin_owner){ AT_FDCWD, 0, (unsigned long)path });
	}
	if (is_bpffs[place]) {
		struct bpfpin_ioc_tie tie = {
			.size = sizeof(tie), .path_fd = AT_FDCWD, .path = (unsigned long)path,
			.owner.fd = guard_fds[0],
		};

		path_in(path, place, "guard");
		if (ioctl(device, BPFPIN_IOC_TIE, &tie))
			die_errno();
		guard_ties[nguard_ties++] = tie.id;
	}
}

static void make_guards(void)
{
	guard_fds[nguard_fds++] = ok(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
	guard_fds[nguard_fds++] = ok(memfd_create("guard", MFD_CLOEXEC));
	for (unsigned int i = 0; i < nplaces; i++)
		guard_place(i);
	for (int i = 0; i < nguard_fds; i++)
		guard_attach((struct bpfpin_owner){ .fd = guard_fds[i] });
	guard_attach((struct bpfpin_owner){ .fd = own_netns });
	guard_attach((struct bpfpin_owner){ .fd = -1, .ifindex = 1 });
	/* Theirs to try. */
	for (unsigned int i = 0; i < nguard_ids; i++)
		shared->pin_ids[2 * i % COUNT(shared->pin_ids)] = guard_ids[i];
	for (unsigned int i = 0; i < nguard_ties; i++)
		shared->tie_ids[i] = guard_ties[i];
}

static void check_guards(void)
{
	for (unsigned int i = 0; i < nguard_ids; i++) {
		struct bpfpin_ioc_info info = { .size = sizeof(info), .id = guard_ids[i] };

		if (ask_plainly(BPFPIN_IOC_INFO, &info))
			die("pin %u of root's is gone", guard_ids[i]);
	}
	for (unsigned int i = 0; i < nguard_ties; i++) {
		struct bpfpin_ioc_tie_info info = { .size = sizeof(info), .id = guard_ties[i] };

		if (ask_plainly(BPFPIN_IOC_TIE_INFO, &info))
			die("tie %u of root's is gone", guard_ties[i]);
	}
	for (unsigned int i = 0; i < nguards; i++) {
		union bpf_attr attr = { .map_id = guards[i] };
		int fd = bpf(guards[i] >> 32 == BPF_MAP_TYPE_ARRAY ? BPF_MAP_GET_FD_BY_ID :
								     BPF_PROG_GET_FD_BY_ID,
			     &attr, sizeof(attr));

		if (fd < 0)
			die("object %llu of root's is gone", guards[i]);
		close(fd);
	}
	for (int i = 0; i < nguard_fds; i++)
		close(guard_fds[i]);
	printf("%u pins, %u ties of root's are as they were\n", nguard_ids, nguard_ties);
}

/*
 * The end of the world
 */

/* Removes what can be removed below the descriptor of a directory, and closes it. */
static void remove_below(int fd)
{
	DIR *dir = fdopendir(fd);
	struct dirent *entry;

	if (!dir)
		die("cannot read a directory: %s", strerror(errno));
	while ((entry = readdir(dir))) {
		int below_fd;

		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") ||
		    !strcmp(entry->d_name, "lost+found"))
			continue;
		if (!unlinkat(fd, entry->d_name, 0))
			continue;
		below_fd = openat(fd, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (below_fd < 0)
			continue;
		remove_below(below_fd);
		unlinkat(fd, entry->d_name, AT_REMOVEDIR);
	}
	closedir(dir);
}

static void end_mounts(unsigned int place)
{
	char path[PAGE];

	path_in(path, place, "m");
	while (!umount2(path, MNT_DETACH))
		;
}

static struct bpfpin_ioc_status ask_status(void)
{
	struct bpfpin_ioc_status status = { .size = sizeof(status) };

	if (ask_plainly(BPFPIN_IOC_STATUS, &status))
		die("no status");
	return status;
}

static void pause_ms(unsigned int ms)
{
	const struct timespec ts = { ms / 1000, ms % 1000 * 1000000L };

	nanosleep(&ts, NULL);
}

/* stat(2) on btrfs has the device of the subvolume, the module that of the mount. */
static bool is_at(const struct bpfpin_ioc_info *info, const char *path)
{
	struct statfs fs;
	struct stat st;

	if (stat(path, &st) || statfs(path, &fs) || st.st_ino != info->ino)
		return false;
	if (fs.f_type == BTRFS_SUPER_MAGIC)
		return !strcmp(info->fs_type, "btrfs");
	return major(st.st_dev) == info->dev_major && minor(st.st_dev) == info->dev_minor;
}

/* What is pinned to things that stay, and are not of the world. */
static bool is_outside(const struct bpfpin_ioc_info *info)
{
	char above[PAGE];

	for (unsigned int i = 0; i < COUNT(outside); i++)
		if (is_at(info, outside[i]))
			return true;
	for (unsigned int i = 0; i < nplaces; i++) {
		path_in(above, i, "..");
		if (is_at(info, places[i]) || is_at(info, above))
			return true;
	}
	return false;
}

static unsigned int unpin_outside(void)
{
	struct bpfpin_ioc_info info = {};
	unsigned int count = 0;

	for (;; info.id++) {
		info.size = sizeof(info);
		info.flags = BPFPIN_INFO_NEXT;
		info.path = 0;
		if (ask_plainly(BPFPIN_IOC_INFO, &info))
			return count;
		if (is_outside(&info)) {
			struct bpfpin_ioc_unpin unpin = { .size = sizeof(unpin), .id = info.id };

			count += !ask_plainly(BPFPIN_IOC_UNPIN, &unpin);
		}
	}
}

static void list_left(void)
{
	struct bpfpin_ioc_info info = {};
	struct bpfpin_ioc_tie_info tie = {};
	char path[PATH_MAX], owner[PATH_MAX];

	for (;; info.id++) {
		info.size = sizeof(info);
		info.flags = BPFPIN_INFO_NEXT;
		info.path = (unsigned long)path;
		info.path_size = sizeof(path);
		path[0] = '\0';
		if (ask_plainly(BPFPIN_IOC_INFO, &info))
			break;
		printf("left: pin %u of a %s, %s %s %u:%u:%llu '%s' name '%s' uid %u by %s\n", info.id,
		       info.object_type == 1 ? "prog" : info.object_type == 2 ? "map" : "link",
		       info.kind, info.fs_type, info.dev_major, info.dev_minor, info.ino, path,
		       info.pin_name, info.uid, info.comm);
	}
	for (;; tie.id++) {
		tie.size = sizeof(tie);
		tie.flags = BPFPIN_INFO_NEXT;
		tie.path = (unsigned long)path;
		tie.owner_path = (unsigned long)owner;
		tie.path_size = tie.owner_path_size = sizeof(path);
		path[0] = owner[0] = '\0';
		if (ask_plainly(BPFPIN_IOC_TIE_INFO, &tie))
			break;
		printf("left: tie %u of %s '%s' to %s %s '%s'\n", tie.id, tie.fs_type, path,
		       tie.owner_kind, tie.owner_fs_type, owner);
	}
}

static unsigned int count_objects(void)
{
	static const int commands[] = {
		BPF_PROG_GET_NEXT_ID, BPF_MAP_GET_NEXT_ID, BPF_LINK_GET_NEXT_ID,
	};
	unsigned int count = 0;

	for (unsigned int i = 0; i < COUNT(commands); i++) {
		union bpf_attr attr = {};

		while (!bpf(commands[i], &attr, sizeof(attr))) {
			attr.start_id = attr.next_id;
			count++;
		}
	}
	return count;
}

/* Nothing is left, when namespaces have had the time to end. */
static void check_end(unsigned int objects)
{
	struct bpfpin_ioc_status status;
	unsigned int unpinned, now, tries;

	for (tries = 10 * limit; ; tries--) {
		status = ask_status();
		now = count_objects();
		if (!tries || (!status.pins && !status.watches && !status.ties && now == objects))
			break;
		if (tries % 10 == 0) {
			unpinned = unpin_outside();
			if (unpinned)
				printf("%u pins of what stays were ended by hand\n", unpinned);
		}
		pause_ms(100);
	}
	if (tries)
		return;
	list_left();
	die("left behind: %u pins, %u watches, %u ties; %u objects, before it were %u",
	    status.pins, status.watches, status.ties, now, objects);
}

/*
 * All of it
 */

static void print_counts(double seconds)
{
	unsigned long all = 0;

	for (unsigned int i = 0; i < COUNT(ops); i++) {
		unsigned long sum = 0;

		for (unsigned int j = 0; j <= MAX_ERRNO; j++)
			sum += shared->counts[i][j];
		all += sum;
		printf("%-14s %7lu: ok %u", ops[i].name, sum, shared->counts[i][0]);
		for (unsigned int j = 1; j <= MAX_ERRNO; j++)
			if (shared->counts[i][j])
				printf(", %s %u", j == MAX_ERRNO ? "ENOTSUPP" :
				       strerrorname_np(j) ?: "?", shared->counts[i][j]);
		printf("\n");
	}
	printf("seed %lu: %lu operations in %.0f seconds, %.0f a second\n", seed, all, seconds,
	       all / seconds);
}

/*
 * Most of what is done has to work, or only the first checks would be seen: one of thirty
 * or more does, so that of 200 some do; of what does so rarely, one of a hundred.
 */
static bool all_succeeded(void)
{
	bool good = true;
	int best = ANYBODY;

	for (unsigned int i = 0; i < nworkers; i++) {
		if (shared->workers[i].caller == ROOT)
			best = ADMIN;
		else if (shared->workers[i].caller == BPF && best < CAPABLE)
			best = CAPABLE;
	}
	for (unsigned int i = 0; i < COUNT(ops); i++) {
		unsigned long sum = 0, enough = ops[i].must & RARELY ? 2000 : 200;
		int must = ops[i].must & ~RARELY;

		for (unsigned int j = 0; j <= MAX_ERRNO; j++)
			sum += shared->counts[i][j];
		if (must == NOBODY || must > best || sum < enough || shared->counts[i][0])
			continue;
		printf("no %s of %lu succeeded\n", ops[i].name, sum);
		good = false;
	}
	return good;
}

static double now_seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

static void show_stack(pid_t pid)
{
	char path[64], text[4096];
	ssize_t len;
	int fd;

	sprintf(path, "/proc/%d/stack", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && (len = read(fd, text, sizeof(text))) > 0)
		fwrite(text, 1, len, stdout);
	if (fd >= 0)
		close(fd);
}

/* Where it was, for whoever has nothing left but the log of the kernel. */
static void say_progress(int kmsg)
{
	char text[256];
	int len = sprintf(text, "bpffuzz: seed %lu, operations", seed);

	for (unsigned int i = 0; i < nworkers; i++)
		len += sprintf(text + len, " %lu", shared->workers[i].nr);
	if (write(kmsg, text, len) < 0)
		return;
}

/* Waits for the processes; one that does nothing for too long has failed. */
static bool wait_for_workers(void)
{
	double since[MAX_WORKERS], said = now_seconds();
	unsigned long last[MAX_WORKERS] = {};
	unsigned int left = nworkers;
	bool good = true;
	int kmsg = open("/dev/kmsg", O_WRONLY | O_CLOEXEC), status;

	for (unsigned int i = 0; i < nworkers; i++)
		since[i] = now_seconds();
	while (left) {
		pid_t pid = waitpid(-1, &status, WNOHANG);

		for (unsigned int i = 0; i < nworkers; i++) {
			struct worker *worker = &shared->workers[i];

			if (pid > 0 && worker->pid == pid) {
				left--;
				worker->pid = 0;
				if (WIFSIGNALED(status))
					printf("a process died of signal %d: operation %lu, %s%s\n",
					       WTERMSIG(status), worker->nr, worker->name, worker->what);
				if (status) {
					good = false;
					shared->failed = true;
				}
			}
			if (!worker->pid || worker->nr != last[i]) {
				last[i] = worker->nr;
				since[i] = now_seconds();
			} else if (now_seconds() - since[i] > limit) {
				printf("seed %lu, operation %lu as %s hangs: %s%s\n", seed, worker->nr,
				       caller_names[worker->caller], worker->name, worker->what);
				show_stack(worker->pid);
				fflush(stdout);
				exit(1);
			}
		}
		if (pid > 0)
			continue;
		if (kmsg >= 0 && now_seconds() - said > 10) {
			say_progress(kmsg);
			said = now_seconds();
		}
		pause_ms(50);
	}
	if (kmsg >= 0)
		close(kmsg);
	return good && !shared->failed;
}

static void set_callers(char *list)
{
	nworkers = 0;
	guarded = true;
	for (char *word = strtok(list, ","); word; word = strtok(NULL, ",")) {
		unsigned int i = 0;

		while (strcmp(caller_names[i], word))
			if (++i == COUNT(caller_names))
				die("no caller '%s'", word);
		if (nworkers == MAX_WORKERS)
			die("too many callers");
		shared->workers[nworkers++].caller = i;
		guarded &= i == USER || i == USERNS;
	}
}

static char **options(char **arg)
{
	for (; *arg && !strncmp(*arg, "--", 2); arg++) {
		if (!strcmp(*arg, "--trace")) {
			trace = true;
			continue;
		}
		if (!arg[1])
			die("%s takes an argument", *arg);
		if (!strcmp(*arg, "--as"))
			set_callers(arg[1]);
		else if (!strcmp(*arg, "--from"))
			from = strtoul(arg[1], NULL, 0);
		else if (!strcmp(*arg, "--until"))
			until = strtoul(arg[1], NULL, 0);
		else if (!strcmp(*arg, "--limit"))
			limit = strtoul(arg[1], NULL, 0);
		else
			die("no option %s", *arg);
		arg++;
	}
	return arg;
}

int main(int argc, char **argv)
{
	char callers[] = "root,bpf,user";
	unsigned int objects;
	int initial_netns;
	double began;
	bool good;

	(void)argc;
	setlinebuf(stdout);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		      -1, 0);
	if (shared == MAP_FAILED)
		die("no memory");
	set_callers(callers);
	argv = options(argv + 1);
	if (!argv[0] || !argv[1] || !argv[2])
		die("needs a seed, a number of operations and directories");
	seed = strtoul(argv[0], NULL, 0);
	operations = strtoul(argv[1], NULL, 0);
	for (argv += 2; *argv && nplaces < MAX_PLACES; argv++)
		places[nplaces++] = *argv;

	make_areas();
	device = ok(open(BPFPIN_DEVICE, O_RDWR | O_CLOEXEC));
	initial_netns = ok(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
	ok(unshare(CLONE_NEWNET));
	own_netns = ok(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
	objects = count_objects();
	umask(0);
	make_pool();
	for (unsigned int i = 0; i < nplaces; i++)
		make_place(i);
	umask(077);
	if (guarded)
		make_guards();

	began = now_seconds();
	fflush(stdout);
	for (unsigned int i = 0; i < nworkers; i++) {
		pid_t pid = ok(fork());

		if (!pid)
			worker_main(i);
		shared->workers[i].pid = pid;
	}
	good = wait_for_workers();
	print_counts(now_seconds() - began);
	if (!good)
		return 1;

	if (guarded)
		check_guards();
	for (unsigned int i = 0; i < npool; i++)
		close(pool[i]);
	for (unsigned int i = 0; i < nplaces; i++)
		end_mounts(i);
	for (unsigned int i = 0; i < nplaces; i++)
		remove_below(ok(open(places[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
	ok(setns(initial_netns, CLONE_NEWNET));
	close(own_netns);
	check_end(objects);
	return from || until != ULONG_MAX ? 0 : !all_succeeded();
}
