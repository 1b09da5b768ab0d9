// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfpairs: whatever can be done with a pin against whatever can happen to it.
 *
 *   bpfpairs [OPTIONS] OPERATION EVENT DIRECTORY	each of the two can be "all"
 *   bpfpairs --list	all pairs, and what each may answer besides success
 *
 *   -r ROUNDS	of each pair; of events that take long a part of that
 *   -s SEED	of all that is left to chance, printed at the beginning: each pair has
 *		its own draws, which depend on nothing but the seed, and a failure
 *		ends with the command by which they come again
 *   -l SECONDS	after so long without an end of a round it hangs; a third of it is
 *		how long the kernel may take to end what it ends in the background
 *   -v PROG	where a program of SEC("iter/cgroup") is pinned, for views
 *
 * A round: the event's place is made anew, with an owner in it; what the operation
 * needs is put there; two processes, on a CPU each, begin at one moment, one with
 * the operation, one with the event; then what is left of the place is removed.  A
 * pair's results have to be ones that the tables below allow, the removal has to
 * leave no pin, watch or tie, and no object of the round may be alive after it.
 * The first round in which that is not so ends all, with a message and exit code 1.
 *
 * DIRECTORY is an empty one on a tmpfs, in a mount namespace that ends with the
 * test.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <linux/bpf.h>
#include <linux/bpfpin.h>

#include "netlink.h"

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof(*(a)))

#define EXT4		"/dev/scratch-ext4"
#define CGROUP		"/sys/fs/cgroup/test/pairs"
#define MODULE		"/lib/bpfpin/bpfpin.ko"
#define DEVICE		"pairs0"

enum { PIN, GET, UNPIN, TIE, UNTIE, ATTACH, LIST, READ, OPERATIONS };

/* What an operation finds at the place. */
#define NEEDS_PIN	(1U << 0)	/* a pin: the file x */
#define NEEDS_ATTACHED	(1U << 1)	/* a pin "a" of the owner */
#define NEEDS_TARGET	(1U << 2)	/* a directory of bpffs, for ties */
#define NEEDS_TIE	(1U << 3)	/* of the target, or the file x */
#define NEEDS_OBJECT	(1U << 4)	/* a descriptor of one that has no pin */

struct operation {
	const char *name;
	unsigned int needs;
	/* Of what two that do it at once have to say success exactly once. */
	bool once;
	int (*run)(void);
};

/* Where events take place. */
struct place {
	/* For all rounds of a pair; for one of them. */
	void (*begin)(void);
	void (*make)(void);
	void (*clear)(void);
	void (*end)(void);
	/* The owner has no files: x is elsewhere, and tied to it. */
	bool apart;
};

struct event {
	const char *name;
	const struct place *place;
	/* NULL: the operation, once more. */
	int (*run)(void);
	/* Of processes that have gone. */
	void (*after)(void);
	/* Of the operation, and of the event against it, besides success. */
	const char *may[OPERATIONS];
	const char *own[OPERATIONS];
	/* A round takes as long as so many others. */
	unsigned int weight;
	/* It takes long: the operation comes at any moment of that, every other time. */
	bool slow;
	/* The two have one table of descriptors: what one closes is closed. */
	bool share_files;
	/* If it succeeds no pin, watch or tie is left. */
	bool ends;
};

/* A result that is neither 0 nor a negative errno. */
#define KILLED		1

static const struct operation *operation;
static const struct event *event;

/* What the processes tell each other. */
static struct shared {
	atomic_uint ready;
	pid_t pid[2];
	unsigned int delay[2];
	int result[2];
	double began[2], ended[2];
	/* The objects of the round. */
	struct object {
		__u32 type, id;
	} object[16];
	atomic_uint objects;
	/* What a process has seen that must not be. */
	char wrong[256];
	/* For the watchdog. */
	atomic_ulong beat;
	/* The pair's operation and event; empty before the first. */
	char doing[2][32];
} *shared;

/* What is made for a round. */
static struct scene {
	/* Drawn: on a disk; the other of two ways; one more of the like. */
	bool disk, other, third;
	char dir[96], x[112], y[112];
	char target[96], entry[112], elsewhere[96];
	char owner_path[112];
	struct bpfpin_owner owner;
	__u32 pin, attached, tie;
	int object;
} scene;

static char directory[64];
static unsigned long rounds = 100, seed, limit = 90, this_round;
static const char *view_path;
static int view = -1, own_netns = -1;
static bool racing;

/*
 * Messages
 */

/* By which the pair's draws come again. */
static void tell_command(void)
{
	fprintf(stderr, "bpfpairs -s %lu -r %lu -l %lu%s%s %s %s %s\n", seed, rounds, limit,
		view_path ? " -v " : "", view_path ?: "", shared->doing[0], shared->doing[1],
		directory);
}

static __attribute__((noreturn, format(printf, 1, 2))) void wrong(const char *fmt, ...)
{
	char text[sizeof(shared->wrong)];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (racing) {
		memcpy(shared->wrong, text, sizeof(text));
		_exit(1);
	}
	if (!**shared->doing) {
		fprintf(stderr, "bpfpairs: %s\n", text);
		exit(1);
	}
	fprintf(stderr, "%s x %s, round %lu%s%s%s: %s; again: ", shared->doing[0],
		shared->doing[1], this_round, scene.disk ? ", disk" : "",
		scene.other ? ", other" : "", scene.third ? ", third" : "", text);
	tell_command();
	exit(1);
}

static const char *result_name(int result)
{
	const char *name;

	if (!result)
		return "success";
	if (result == KILLED)
		return "killed";
	name = strerrorname_np(-result);
	return name ?: "an unknown error";
}

/* A system call's result as 0 or a negative errno. */
static int result_of(long ret)
{
	return ret < 0 ? -errno : 0;
}

static void must(long ret, const char *what)
{
	if (ret < 0)
		wrong("%s: %s", what, result_name(-errno));
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

/* Until when to wait for what the kernel ends a moment later. */
static double patience(void)
{
	return now() + limit / 3.0;
}

/*
 * Chance
 */

static unsigned long long chance;

static unsigned int draw(unsigned int range)
{
	chance = chance * 6364136223846793005ULL + 1442695040888963407ULL;
	return (chance >> 33) % range;
}

/* In nanoseconds, up to a millisecond; little as often as much. */
static unsigned int draw_delay(void)
{
	return draw(1U << (8 + draw(13)));
}

/* An emulator with one thread goes on with another CPU at a pause. */
static void pause_for(unsigned int ns)
{
	double end = now() + ns / 1e9;

	while (now() < end)
		__builtin_ia32_pause();
}

/*
 * BPF
 */

static int make_object(__u32 type)
{
	static const struct bpf_insn insns[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	int prog, link;

	if (type == BPFPIN_OBJECT_MAP)
		return bpf_map_create(BPF_MAP_TYPE_ARRAY, "bpfpairs", 4, 4, 1, NULL);
	prog = bpf_prog_load(type == BPFPIN_OBJECT_LINK ? BPF_PROG_TYPE_RAW_TRACEPOINT :
			     BPF_PROG_TYPE_SOCKET_FILTER, "bpfpairs", "GPL", insns, 2, NULL);
	if (prog < 0 || type == BPFPIN_OBJECT_PROG)
		return prog;
	link = bpf_raw_tracepoint_open("sched_process_hang", prog);
	close(prog);
	return link;
}

/* The first member of what the kernel says of a map, or the second of others. */
static struct object object_of(int fd, __u32 type)
{
	union {
		struct bpf_prog_info prog;
		struct bpf_map_info map;
		struct bpf_link_info link;
	} info = {};
	__u32 len = sizeof(info);

	must(bpf_obj_get_info_by_fd(fd, &info, &len), "the id of an object");
	return (struct object){ type, type == BPFPIN_OBJECT_MAP ? info.map.id :
				type == BPFPIN_OBJECT_PROG ? info.prog.id : info.link.id };
}

/* A new one, which has to be gone at the end of the round. */
static int new_object(void)
{
	static const __u32 types[] = { BPFPIN_OBJECT_PROG, BPFPIN_OBJECT_LINK };
	unsigned int drawn = draw(6), nr;
	__u32 type = drawn < ARRAY_SIZE(types) ? types[drawn] : BPFPIN_OBJECT_MAP;
	int fd = make_object(type);

	must(fd, "a new object");
	nr = atomic_fetch_add(&shared->objects, 1);
	if (nr >= ARRAY_SIZE(shared->object))
		wrong("too many objects");
	shared->object[nr] = object_of(fd, type);
	return fd;
}

static bool alive(const struct object *object)
{
	int fd;

	if (object->type == BPFPIN_OBJECT_MAP)
		fd = bpf_map_get_fd_by_id(object->id);
	else if (object->type == BPFPIN_OBJECT_PROG)
		fd = bpf_prog_get_fd_by_id(object->id);
	else
		fd = bpf_link_get_fd_by_id(object->id);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* Whatever a pin says it has must be of this round. */
static void must_be_known(__u32 type, __u32 id)
{
	for (unsigned int i = 0; i < shared->objects; i++)
		if (shared->object[i].id == id && shared->object[i].type == type)
			return;
	wrong("got an object of type %u with id %u", type, id);
}

/*
 * The module
 */

static int open_device(void)
{
	int fd = open(BPFPIN_DEVICE, O_RDONLY | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

/* No process keeps the device, which would keep the module. */
static int ask(unsigned long request, void *arg)
{
	int fd = open_device(), ret;

	if (fd < 0)
		return fd;
	ret = result_of(ioctl(fd, request, arg));
	close(fd);
	return ret;
}

static void must_ask(unsigned long request, void *arg, const char *what)
{
	int ret = ask(request, arg);

	if (ret)
		wrong("%s: %s", what, result_name(ret));
}

static bool nothing_left(struct bpfpin_ioc_status *status)
{
	*status = (struct bpfpin_ioc_status){ .size = sizeof(*status) };
	must_ask(BPFPIN_IOC_STATUS, status, "status");
	return !status->pins && !status->watches && !status->ties;
}

static void must_have_nothing_left(const char *when)
{
	struct bpfpin_ioc_status status;
	double end = patience();

	while (!nothing_left(&status)) {
		if (now() > end)
			wrong("%u pins, %u watches and %u ties stay %s", status.pins,
			      status.watches, status.ties, when);
		usleep(500);
	}
}

static int attach(int object, const char *name, __u32 *id)
{
	struct bpfpin_ioc_attach request = {
		.size = sizeof(request), .owner = scene.owner, .object_fd = object,
		.name = (unsigned long)name,
	};
	int ret = ask(BPFPIN_IOC_ATTACH, &request);

	*id = request.id;
	return ret;
}

static int tie(const char *path, struct bpfpin_owner owner, __u32 *id)
{
	struct bpfpin_ioc_tie request = {
		.size = sizeof(request), .path_fd = AT_FDCWD, .path = (unsigned long)path,
		.owner = owner,
	};
	int ret = ask(BPFPIN_IOC_TIE, &request);

	*id = request.id;
	return ret;
}

static struct bpfpin_owner owner_at(const char *path)
{
	return (struct bpfpin_owner){ AT_FDCWD, 0, (unsigned long)path };
}

/*
 * The operations
 */

/* Where there is no place for files, in what is removed with the owner. */
static int run_pin(void)
{
	int ret = result_of(bpf_obj_pin(scene.object, event->place->apart ? scene.entry :
					scene.x));

	close(scene.object);
	return ret;
}

static int get_attached(void)
{
	struct bpfpin_ioc_open request = {
		.size = sizeof(request), .owner = scene.owner, .name = (unsigned long)"a",
	};
	int ret = ask(BPFPIN_IOC_OPEN, &request);
	struct object object;

	if (ret)
		return ret;
	object = object_of(request.object_fd, request.object_type);
	must_be_known(object.type, object.id);
	close(request.object_fd);
	return 0;
}

/* What type it is nobody says, but the ids of the round tell. */
static int get_file(void)
{
	int fd = bpf_obj_get(scene.x);

	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

static int run_get(void)
{
	return scene.other ? get_attached() : get_file();
}

static int run_unpin(void)
{
	struct bpfpin_ioc_unpin request = { .size = sizeof(request), .path_fd = AT_FDCWD };

	if (scene.other)
		request.id = scene.third ? scene.attached : scene.pin;
	else
		request.path = (unsigned long)scene.x;
	return ask(BPFPIN_IOC_UNPIN, &request);
}

/* A directory to the owner; or a pin's file, the end of which dissolves it. */
static int run_tie(void)
{
	__u32 id;

	if (!scene.other)
		return tie(scene.target, scene.owner, &id);
	return tie(scene.x, event->place->apart ? scene.owner : owner_at(scene.elsewhere), &id);
}

static int run_untie(void)
{
	struct bpfpin_ioc_untie request = { .size = sizeof(request), .id = scene.tie };

	return ask(BPFPIN_IOC_UNTIE, &request);
}

static int run_attach(void)
{
	__u32 id;
	int ret = attach(scene.object, "b", &id);

	close(scene.object);
	return ret;
}

static void must_end(const char *text, size_t size)
{
	if (strnlen(text, size) == size)
		wrong("a text without an end");
}

static int list_pins(int fd)
{
	struct bpfpin_ioc_info info = { .id = 0 };
	char path[4096];

	for (;; info.id++) {
		info.size = sizeof(info);
		info.flags = BPFPIN_INFO_NEXT;
		info.path = (unsigned long)path;
		info.path_size = sizeof(path);
		if (ioctl(fd, BPFPIN_IOC_INFO, &info))
			return errno == ENOENT ? 0 : -errno;
		must_be_known(info.object_type, info.object_id);
		must_end(path, info.path_size);
		must_end(info.pin_name, sizeof(info.pin_name));
	}
}

static int list_ties(int fd)
{
	struct bpfpin_ioc_tie_info info = { .id = 0 };
	char path[4096], owner[4096];

	for (;; info.id++) {
		info.size = sizeof(info);
		info.flags = BPFPIN_INFO_NEXT;
		info.path = (unsigned long)path;
		info.path_size = sizeof(path);
		info.owner_path = (unsigned long)owner;
		info.owner_path_size = sizeof(owner);
		if (ioctl(fd, BPFPIN_IOC_TIE_INFO, &info))
			return errno == ENOENT ? 0 : -errno;
		must_end(path, info.path_size);
		must_end(owner, info.owner_path_size);
	}
}

static int run_list(void)
{
	int fd = open_device(), ret;

	if (fd < 0)
		return fd;
	ret = list_pins(fd) ?: list_ties(fd);
	close(fd);
	return ret;
}

static void judge_text(const char *text)
{
	static const char * const types[] = { NULL, "prog", "map", "link" };
	char type[8] = "";
	__u32 id;

	/* Of a view; or of an ordinary file, which it is after an unpin. */
	if (!strncmp(text, "cgroup ", 7) || !*text)
		return;
	if (sscanf(text, "%7s %u ", type, &id) == 2)
		for (__u32 i = 1; i < ARRAY_SIZE(types); i++)
			if (!strcmp(types[i], type))
				return must_be_known(i, id);
	wrong("read '%s'", text);
}

static int run_read(void)
{
	int fd = open(scene.x, O_RDONLY | O_CLOEXEC), ret = 0;
	char text[128] = "";

	if (fd < 0)
		return -errno;
	if (read(fd, text, sizeof(text) - 1) < 0)
		ret = -errno;
	close(fd);
	judge_text(text);
	return ret;
}

static const struct operation operations[OPERATIONS] = {
	[PIN] = { "pin", NEEDS_OBJECT, true, run_pin },
	[GET] = { "get", NEEDS_PIN | NEEDS_ATTACHED, false, run_get },
	[UNPIN] = { "unpin", NEEDS_PIN | NEEDS_ATTACHED, true, run_unpin },
	[TIE] = { "tie", NEEDS_PIN | NEEDS_TARGET, false, run_tie },
	[UNTIE] = { "untie", NEEDS_PIN | NEEDS_TARGET | NEEDS_TIE, true, run_untie },
	[ATTACH] = { "attach", NEEDS_PIN | NEEDS_OBJECT, true, run_attach },
	[LIST] = { "list", NEEDS_PIN | NEEDS_ATTACHED | NEEDS_TARGET | NEEDS_TIE, false,
		   run_list },
	[READ] = { "read", NEEDS_PIN, false, run_read },
};

/*
 * The places
 */

static void nothing(void)
{
}

static void make_file(const char *path)
{
	int fd = open(path, O_CREAT | O_CLOEXEC, 0600);

	must(fd, path);
	close(fd);
}

/* Files called @prefix and x and y; the first of them is the owner. */
static void files_in(const char *dir, const char *prefix)
{
	snprintf(scene.dir, sizeof(scene.dir), "%s", dir);
	snprintf(scene.x, sizeof(scene.x), "%s/%sx", scene.dir, prefix);
	snprintf(scene.y, sizeof(scene.y), "%s/%sy", scene.dir, prefix);
	/* Disks have them still. */
	unlink(scene.x);
	unlink(scene.y);
	memcpy(scene.owner_path, scene.x, sizeof(scene.x));
	scene.owner = owner_at(scene.owner_path);
}

static const char *below(const char *name)
{
	static char paths[4][96];
	static unsigned int turn;
	char *path = paths[turn++ % 4];

	snprintf(path, sizeof(*paths), "%s/%s", directory, name);
	return path;
}

static void mount_at(const char *name, bool disk)
{
	double end = patience();

	mkdir(below(name), 0700);
	/* The work of a tie may still hold one that was read-only. */
	while (mount(disk ? EXT4 : "tmpfs", below(name), disk ? "ext4" : "tmpfs", 0, NULL)) {
		if (errno != EBUSY || now() > end)
			must(-1, "mount");
		usleep(500);
	}
}

/* Who is just going through it keeps it busy for a moment. */
static void unmount(const char *name)
{
	double end = patience();

	while (umount2(below(name), 0) && errno != EINVAL) {
		if (errno != EBUSY || now() > end)
			must(-1, "umount");
		sched_yield();
	}
}

/* Files on file systems that stay. */

static void files_begin(void)
{
	mount_at("tmpfs", false);
	mount_at("disk", true);
}

static void files_make(void)
{
	files_in(below(scene.disk ? "disk" : "tmpfs"), "");
}

static void files_clear(void)
{
	unlink(scene.x);
	unlink(scene.y);
}

static void files_end(void)
{
	unmount("tmpfs");
	unmount("disk");
}

static const struct place files = { files_begin, files_make, files_clear, files_end, false };

/* A file system of the round's own. */

static void mount_make(void)
{
	mount_at("mount", scene.disk);
	/* So that nobody gets by when it is gone. */
	mkdir(below("mount/d"), 0700);
	files_in(below("mount/d"), "");
}

static void mount_clear(void)
{
	unmount("mount");
}

static const struct place mounted = { nothing, mount_make, mount_clear, nothing, false };

static void cgroup_make(void)
{
	must(mkdir(CGROUP, 0755), "mkdir of a cgroup");
	files_in(CGROUP, "bpf-");
	snprintf(scene.owner_path, sizeof(scene.owner_path), "%s", CGROUP);
}

static void cgroup_clear(void)
{
	if (rmdir(CGROUP) && errno != ENOENT)
		must(-1, "rmdir of a cgroup");
}

static const struct place cgroup = { nothing, cgroup_make, cgroup_clear, nothing, false };

/* Owners without files.  Their descriptors have numbers that nobody else gets. */

static void name_by_fd(int fd)
{
	files_in(directory, "");
	must(fd, "owner");
	scene.owner = (struct bpfpin_owner){ .fd = fcntl(fd, F_DUPFD_CLOEXEC, 500) };
	must(scene.owner.fd, "owner");
	close(fd);
}

static void fd_make(void)
{
	if (scene.disk)
		name_by_fd(memfd_create("bpfpairs", MFD_CLOEXEC));
	else
		name_by_fd(socket(scene.third ? AF_UNIX : AF_INET, SOCK_DGRAM, 0));
}

static const struct place descriptor = { nothing, fd_make, files_clear, nothing, true };

static void netns_make(void)
{
	must(unshare(CLONE_NEWNET), "unshare");
	name_by_fd(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
	must(setns(own_netns, CLONE_NEWNET), "setns");
}

static const struct place netns = { nothing, netns_make, files_clear, nothing, true };

static void device_make(void)
{
	int ret = new_dummy(DEVICE);

	if (ret)
		wrong("new device: %s", result_name(ret));
	files_in(directory, "");
	scene.owner = (struct bpfpin_owner){ .fd = -1, .ifindex = if_nametoindex(DEVICE) };
}

static const struct place device = { nothing, device_make, files_clear, nothing, true };

/*
 * The events
 */

static int event_unlink(void)
{
	return result_of(unlink(scene.x));
}

static int event_rename(void)
{
	return result_of(rename(scene.x, scene.y));
}

/* The other is a pin as well. */
static int event_rename_over(void)
{
	return result_of(rename(scene.y, scene.x));
}

static int event_link(void)
{
	return result_of(link(scene.x, scene.y));
}

static int event_close(void)
{
	return result_of(close(scene.owner.fd));
}

static int event_umount(void)
{
	return result_of(umount2(below("mount"), 0));
}

static int event_lazy_umount(void)
{
	return result_of(umount2(below("mount"), MNT_DETACH));
}

static int event_rmdir(void)
{
	return result_of(rmdir(CGROUP));
}

static int event_device(void)
{
	return delete_link(scene.owner.ifindex);
}

static int event_drop_caches(void)
{
	int fd = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC), ret;

	ret = result_of(fd < 0 ? fd : write(fd, "3", 1));
	if (fd >= 0)
		close(fd);
	return ret;
}

static int event_read_only(void)
{
	return result_of(mount(NULL, below("mount"), NULL, MS_REMOUNT | MS_RDONLY, NULL));
}

/* All that can hold the module, but what the operation does, ends with the file. */
static int event_unload(void)
{
	for (int i = 0; i < 30; i++) {
		unlink(scene.x);
		if (!syscall(SYS_delete_module, "bpfpin", O_NONBLOCK))
			return 0;
		if (errno != EAGAIN && errno != EBUSY)
			break;
		usleep(2000);
	}
	return -errno;
}

static void load_again(void)
{
	int fd;

	if (!access("/sys/module/bpfpin", F_OK))
		return;
	fd = open(MODULE, O_RDONLY | O_CLOEXEC);
	must(fd, "the module's file");
	must(syscall(SYS_finit_module, fd, "", 0), "loading the module");
	close(fd);
}

static int event_kill(void)
{
	return result_of(kill(shared->pid[0], SIGKILL));
}

/* For the test of this program: what it has to find. */

static int event_leak(void)
{
	return result_of(link(scene.x, below("tmpfs/left")));
}

static __attribute__((noreturn)) int event_hang(void)
{
	for (;;)
		pause();
}

/*
 * In the words behind an operation: ENOENT, the file, the owner or the tie is gone;
 * ENODEV and ENOENT of the module's device, when the module goes; EINVAL of a tie,
 * the pin has ended whose file was just found; EACCES and ESTALE, the same of a get
 * or a read.
 */
static const struct event events[] = {
	{ .name = "unlink", .place = &files, .run = event_unlink,
	  .may = { [GET] = "ENOENT", [UNPIN] = "ENOENT", [TIE] = "ENOENT", [UNTIE] = "ENOENT",
		   [ATTACH] = "ENOENT", [READ] = "ENOENT" },
	  .own = { [PIN] = "ENOENT", [UNPIN] = "ENOENT" } },
	{ .name = "rename", .place = &files, .run = event_rename,
	  .may = { [GET] = "ENOENT", [UNPIN] = "ENOENT", [TIE] = "ENOENT", [ATTACH] = "ENOENT",
		   [READ] = "ENOENT" },
	  .own = { [PIN] = "ENOENT", [UNPIN] = "ENOENT" } },
	{ .name = "rename-over", .place = &files, .run = event_rename_over,
	  .may = { [PIN] = "EEXIST", [GET] = "ENOENT", [UNPIN] = "ENOENT", [TIE] = "ENOENT",
		   [UNTIE] = "ENOENT", [ATTACH] = "ENOENT" } },
	{ .name = "link", .place = &files, .run = event_link,
	  .own = { [PIN] = "ENOENT", [UNPIN] = "ENOENT" } },
	{ .name = "close", .place = &descriptor, .run = event_close,
	  .may = { [PIN] = "ENOENT", [GET] = "ENOENT EBADF ESTALE EACCES", [UNPIN] = "ENOENT",
		   [TIE] = "ENOENT EBADF EINVAL", [UNTIE] = "ENOENT", [ATTACH] = "ENOENT EBADF",
		   [READ] = "ENOENT ESTALE" },
	  .share_files = true, .ends = true },
	{ .name = "umount", .place = &mounted, .run = event_umount,
	  .may = { [PIN] = "ENOENT", [GET] = "ENOENT", [UNPIN] = "ENOENT", [TIE] = "ENOENT",
		   [UNTIE] = "ENOENT", [ATTACH] = "ENOENT", [READ] = "ENOENT" },
	  .own = { [PIN] = "EBUSY", [GET] = "EBUSY", [UNPIN] = "EBUSY", [TIE] = "EBUSY",
		   [ATTACH] = "EBUSY", [READ] = "EBUSY" },
	  .ends = true },
	{ .name = "lazy-umount", .place = &mounted, .run = event_lazy_umount,
	  .may = { [PIN] = "ENOENT", [GET] = "ENOENT", [UNPIN] = "ENOENT", [TIE] = "ENOENT",
		   [UNTIE] = "ENOENT", [ATTACH] = "ENOENT", [READ] = "ENOENT" },
	  .ends = true },
	{ .name = "rmdir", .place = &cgroup, .run = event_rmdir,
	  .may = { [PIN] = "ENOENT", [GET] = "ENOENT", [UNPIN] = "ENOENT",
		   [TIE] = "ENOENT EINVAL", [UNTIE] = "ENOENT", [ATTACH] = "ENOENT",
		   [READ] = "ENOENT ENODEV" },
	  .ends = true },
	{ .name = "namespace-death", .place = &netns, .run = event_close,
	  .may = { [PIN] = "ENOENT", [GET] = "ENOENT EBADF ESTALE EACCES", [UNPIN] = "ENOENT",
		   [TIE] = "ENOENT EBADF EINVAL", [UNTIE] = "ENOENT", [ATTACH] = "ENOENT EBADF",
		   [READ] = "ENOENT ESTALE" },
	  .weight = 4, .slow = true, .share_files = true, .ends = true },
	{ .name = "device-removal", .place = &device, .run = event_device,
	  .may = { [PIN] = "ENOENT", [GET] = "ENOENT ENODEV ESTALE EACCES", [UNPIN] = "ENOENT",
		   [TIE] = "ENOENT ENODEV EINVAL", [UNTIE] = "ENOENT",
		   [ATTACH] = "ENOENT ENODEV", [READ] = "ENOENT ESTALE" },
	  .weight = 4, .slow = true, .ends = true },
	{ .name = "drop-caches", .place = &files, .run = event_drop_caches,
	  .weight = 4, .slow = true },
	{ .name = "read-only", .place = &mounted, .run = event_read_only,
	  .may = { [PIN] = "EROFS", [GET] = "EROFS", [UNPIN] = "EROFS", [TIE] = "EROFS",
		   [ATTACH] = "EROFS" },
	  .own = { [PIN] = "EBUSY", [GET] = "EBUSY", [UNPIN] = "EBUSY", [TIE] = "EBUSY",
		   [READ] = "EBUSY" } },
	{ .name = "unload", .place = &files, .run = event_unload, .after = load_again,
	  .may = { [PIN] = "EPERM", [GET] = "ENOENT ENODEV", [UNPIN] = "ENOENT ENODEV",
		   [TIE] = "ENOENT ENODEV", [UNTIE] = "ENOENT ENODEV",
		   [ATTACH] = "ENOENT ENODEV", [LIST] = "ENOENT ENODEV", [READ] = "ENOENT" },
	  .own = { [PIN] = "EAGAIN EBUSY", [GET] = "EAGAIN EBUSY", [UNPIN] = "EAGAIN EBUSY",
		   [TIE] = "EAGAIN EBUSY", [UNTIE] = "EAGAIN EBUSY", [ATTACH] = "EAGAIN EBUSY",
		   [LIST] = "EAGAIN EBUSY", [READ] = "EAGAIN EBUSY" },
	  .weight = 8, .slow = true },
	{ .name = "kill", .place = &files, .run = event_kill,
	  .may = { [PIN] = "killed", [GET] = "killed", [UNPIN] = "killed", [TIE] = "killed",
		   [UNTIE] = "killed", [ATTACH] = "killed", [LIST] = "killed",
		   [READ] = "killed" } },
	{ .name = "same", .place = &files,
	  .may = { [PIN] = "EEXIST", [UNPIN] = "ENOENT", [UNTIE] = "ENOENT",
		   [ATTACH] = "EEXIST" },
	  .own = { [PIN] = "EEXIST", [UNPIN] = "ENOENT", [UNTIE] = "ENOENT",
		   [ATTACH] = "EEXIST" } },
	/* No part of "all". */
	{ .name = "not-allowed", .place = &files, .run = event_unlink },
	{ .name = "leak", .place = &files, .run = event_leak,
	  .own = { [LIST] = "EXDEV" } },
	{ .name = "hang", .place = &files, .run = event_hang },
};

#define EVENTS	(ARRAY_SIZE(events) - 3)

/*
 * A round
 */

/* Pins an object that nothing else holds. */
static void pin_at(const char *path, bool as_view)
{
	int fd = as_view ? view : new_object();

	must(bpf_obj_pin(fd, path), "pin");
	if (!as_view)
		close(fd);
}

static __u32 pin_id_of(const char *path)
{
	struct bpfpin_ioc_file file = {
		.size = sizeof(file), .path_fd = AT_FDCWD, .path = (unsigned long)path,
	};

	must_ask(BPFPIN_IOC_FILE, &file, "what is at a path");
	if (file.state != BPFPIN_FILE_PIN)
		wrong("no pin at %s", path);
	return file.pin_id;
}

static void must_tie(const char *path, struct bpfpin_owner owner, __u32 *id)
{
	int ret = tie(path, owner, id);

	if (ret)
		wrong("tie: %s", result_name(ret));
}

static void furnish_pin(void)
{
	bool as_view = view >= 0 && scene.other && operation == &operations[READ] &&
		event->place == &cgroup;
	__u32 id;

	pin_at(scene.x, as_view);
	scene.pin = pin_id_of(scene.x);
	if (event->place->apart)
		must_tie(scene.x, scene.owner, &id);
}

static void furnish_attached(void)
{
	int fd = new_object(), ret = attach(fd, "a", &scene.attached);

	if (ret)
		wrong("attach: %s", result_name(ret));
	close(fd);
}

static void furnish_target(void)
{
	must(mkdir(scene.target, 0700), "mkdir");
	pin_at(scene.entry, false);
	/* What will be pinned is another. */
	scene.entry[strlen(scene.entry) - 1] = 'n';
}

static void furnish_tie(unsigned int needs)
{
	if (!scene.other || !(needs & NEEDS_PIN))
		must_tie(scene.target, scene.owner, &scene.tie);
	else
		must_tie(scene.x, event->place->apart ? scene.owner :
			 owner_at(scene.elsewhere), &scene.tie);
}

static void make_scene(void)
{
	unsigned int needs = operation->needs;

	memset(&scene, 0, sizeof(scene));
	scene.object = -1;
	scene.disk = draw(2);
	scene.other = draw(2);
	scene.third = draw(2);
	snprintf(scene.target, sizeof(scene.target), "%s/bpf/t", directory);
	snprintf(scene.entry, sizeof(scene.entry), "%s/m", scene.target);
	snprintf(scene.elsewhere, sizeof(scene.elsewhere), "%s/elsewhere", directory);
	make_file(scene.elsewhere);
	atomic_store(&shared->objects, 0);

	event->place->make();
	if (operation == &operations[PIN] && event->place->apart)
		needs |= NEEDS_TARGET | NEEDS_TIE;
	if (needs & NEEDS_PIN)
		furnish_pin();
	if (event->run == event_rename_over)
		pin_at(scene.y, false);
	if (needs & NEEDS_ATTACHED)
		furnish_attached();
	if (needs & NEEDS_TARGET)
		furnish_target();
	if (needs & NEEDS_TIE)
		furnish_tie(needs);
	if (needs & NEEDS_OBJECT)
		scene.object = new_object();
}

/* A worker may be doing the same. */
static void clear_target(void)
{
	double end = patience();
	char path[128];

	while (!access(scene.target, F_OK)) {
		for (const char *name = "mn"; *name; name++) {
			snprintf(path, sizeof(path), "%s/%c", scene.target, *name);
			unlink(path);
		}
		if (rmdir(scene.target) && now() > end)
			must(-1, "rmdir in bpffs");
	}
}

/* How long an event takes, seen so far. */
static double event_lasts;

/* What is seen later than it was, because the operation came late, is less each time. */
static void learn_how_long(double ended)
{
	event_lasts = (event_lasts * 3 + ended - shared->began[1]) / 4;
}

static void clear_scene(void)
{
	double ended = shared->ended[1];

	if (event->after)
		event->after();
	if (event->share_files && scene.object >= 0)
		close(scene.object);
	if (event->ends && !shared->result[1]) {
		must_have_nothing_left("behind the event");
		ended = now();
	}
	learn_how_long(ended);
	unlink(scene.elsewhere);
	event->place->clear();
	clear_target();
	must_have_nothing_left("behind the round");
}

static void must_be_gone(const struct object *object)
{
	static const char * const types[] = { "object", "program", "map", "link" };
	double end = patience();

	while (alive(object)) {
		if (now() > end)
			wrong("the %s %u stays", types[object->type], object->id);
		usleep(500);
	}
}

static void stay_on_cpu(unsigned int nr)
{
	cpu_set_t cpus;

	CPU_ZERO(&cpus);
	CPU_SET(nr, &cpus);
	must(sched_setaffinity(0, sizeof(cpus), &cpus), "sched_setaffinity");
}

static __attribute__((noreturn)) void race(unsigned int nr, int (*run)(void))
{
	racing = true;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	stay_on_cpu(nr);
	shared->pid[nr] = getpid();
	atomic_fetch_add(&shared->ready, 1);
	while (atomic_load(&shared->ready) < 2) {
		__builtin_ia32_pause();
		sched_yield();
	}
	pause_for(shared->delay[nr]);
	shared->began[nr] = now();
	shared->result[nr] = run();
	shared->ended[nr] = now();
	_exit(0);
}

static pid_t start(unsigned int nr, int (*run)(void))
{
	pid_t pid = syscall(SYS_clone, SIGCHLD | (event->share_files ? CLONE_FILES : 0),
			    0, 0, 0, 0);

	must(pid, "a new process");
	if (!pid)
		race(nr, run);
	return pid;
}

static void reap(pid_t pid)
{
	int status;

	must(waitpid(pid, &status, 0), "waitpid");
	if (*shared->wrong)
		wrong("%s", shared->wrong);
	if (status && !(event->run == event_kill && WIFSIGNALED(status) &&
			WTERMSIG(status) == SIGKILL))
		wrong("a process ended with status %d", status);
}

static void run_race(void)
{
	pid_t pid[2];

	atomic_store(&shared->ready, 0);
	for (int i = 0; i < 2; i++) {
		shared->result[i] = KILLED;
		shared->delay[i] = draw_delay();
	}
	if (event->slow && draw(2))
		shared->delay[0] = draw(1 + (event_lasts < 3 ? event_lasts : 3) * 1.25e9);
	if (event->run == event_kill)
		shared->delay[0] = 0;
	pid[0] = start(0, operation->run);
	pid[1] = start(1, event->run ?: operation->run);
	/* The object is the processes' alone: who is killed takes it along. */
	if (!event->share_files && scene.object >= 0)
		close(scene.object);
	/* This order: nobody is killed who is not there any more. */
	reap(pid[1]);
	reap(pid[0]);
}

/* Is it one of the words? */
static bool allowed(int result, const char *words)
{
	const char *name = result_name(result), *word = words;
	size_t len = strlen(name);

	if (!result)
		return true;
	while (word && (word = strstr(word, name))) {
		if ((word == words || word[-1] == ' ') && (!word[len] || word[len] == ' '))
			return true;
		word += len;
	}
	return false;
}

static void judge(void)
{
	long nr = operation - operations;

	if (!allowed(shared->result[0], event->may[nr]))
		wrong("%s: %s", operation->name, result_name(shared->result[0]));
	if (!allowed(shared->result[1], event->own[nr]))
		wrong("%s: %s", event->name, result_name(shared->result[1]));
	if (!event->run && operation->once && !shared->result[0] == !shared->result[1])
		wrong("one of them has to succeed, not two or none");
}

/* How often there was which result. */
static struct count {
	int result;
	unsigned long times;
} counts[2][16];

static void count_results(void)
{
	for (int i = 0; i < 2; i++) {
		struct count *count = counts[i];

		while (count->times && count->result != shared->result[i])
			count++;
		count->result = shared->result[i];
		count->times++;
	}
}

static void tell_counts(const struct count *count)
{
	for (; count->times; count++)
		printf(" %s %lu%s", result_name(count->result), count->times,
		       count[1].times ? "," : "");
}

static void run_pair(void)
{
	unsigned long number = rounds / (event->weight ?: 1) ?: 1;
	double began = now();

	memset(counts, 0, sizeof(counts));
	event_lasts = 0.02;
	snprintf(shared->doing[0], sizeof(shared->doing[0]), "%s", operation->name);
	snprintf(shared->doing[1], sizeof(shared->doing[1]), "%s", event->name);
	event->place->begin();
	for (this_round = 1; this_round <= number; this_round++) {
		make_scene();
		run_race();
		judge();
		count_results();
		clear_scene();
		for (unsigned int i = 0; i < shared->objects; i++)
			must_be_gone(&shared->object[i]);
		atomic_fetch_add(&shared->beat, 1);
	}
	event->place->end();
	printf("%s x %s: %lu rounds,", shared->doing[0], shared->doing[1], number);
	tell_counts(counts[0]);
	if (counts[1][0].result || counts[1][1].times) {
		printf("; %s", event->name);
		tell_counts(counts[1]);
	}
	printf(" (%.1f s)\n", now() - began);
	fflush(stdout);
}

/*
 * The watchdog
 */

static void read_line(int proc, const char *pid, const char *name, char *text, size_t size)
{
	char path[64];
	ssize_t len;
	int fd;

	snprintf(path, sizeof(path), "%.32s/%s", pid, name);
	fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
	len = fd < 0 ? -1 : read(fd, text, size - 1);
	text[len < 0 ? 0 : len] = 0;
	if (fd >= 0)
		close(fd);
}

/* Whoever is one of us, or waits for something that he cannot be called away from. */
static void tell_stack(int proc, const char *pid)
{
	char stat[512], stack[4096];
	const char *state;

	read_line(proc, pid, "stat", stat, sizeof(stat));
	state = strrchr(stat, ')');
	if (!state || (!strstr(stat, "(bpfpairs)") && !strchr("RD", state[2])))
		return;
	read_line(proc, pid, "stack", stack, sizeof(stack));
	fprintf(stderr, "%.*s\n%s", (int)(state - stat) + 3, stat, stack);
}

static void tell_stacks(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;

	while (proc && (entry = readdir(proc)))
		if (isdigit(*entry->d_name))
			tell_stack(dirfd(proc), entry->d_name);
}

static int watch(pid_t worker)
{
	unsigned long beat = 0;
	double since = now();
	int status;

	while (!waitpid(worker, &status, WNOHANG)) {
		if (beat != shared->beat) {
			beat = shared->beat;
			since = now();
		}
		if (now() > since + limit) {
			tell_stacks();
			fprintf(stderr, "%s x %s hangs; again: ", shared->doing[0],
				shared->doing[1]);
			tell_command();
			/* It may not be able to die: not waited for. */
			kill(worker, SIGKILL);
			return 1;
		}
		usleep(100000);
	}
	return status ? 1 : 0;
}

/*
 * All of it
 */

/*
 * An emulator with one thread goes on with the other CPU when a timer is due, so
 * one that is due all the time lets more rounds meet in the middle of a system call:
 * of umount and a read six times as many were EBUSY.
 */
static void start_shaking(unsigned int nr)
{
	pid_t pid = fork();

	must(pid, "a new process");
	if (pid)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	stay_on_cpu(nr);
	for (;;)
		usleep(500 + draw(1000));
}

static void set_up(void)
{
	struct bpfpin_ioc_status status;
	char path[96];
	int fd;

	if (sysconf(_SC_NPROCESSORS_ONLN) < 2)
		wrong("one CPU is no race");
	own_netns = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	must(own_netns, "the network namespace");
	snprintf(path, sizeof(path), "%s/bpf", directory);
	mkdir(path, 0700);
	must(mount("bpf", path, "bpf", 0, NULL), "mounting bpffs");
	start_shaking(0);
	start_shaking(1);
	if (!nothing_left(&status))
		wrong("there are pins, watches or ties already");
	/* libbpf learns what the kernel can, for all processes to come. */
	for (__u32 type = BPFPIN_OBJECT_PROG; type <= BPFPIN_OBJECT_LINK; type++) {
		fd = make_object(type);
		must(fd, "a new object");
		close(fd);
	}
}

static bool meant(const char *asked, const char *name)
{
	return !strcmp(asked, "all") || !strcmp(asked, name);
}

static unsigned int run_pairs(const char *first, const char *second)
{
	unsigned int pairs = 0;

	for (unsigned int i = 0; i < OPERATIONS; i++)
		for (unsigned int j = 0; j < ARRAY_SIZE(events); j++) {
			if (!meant(first, operations[i].name) ||
			    !meant(second, events[j].name) ||
			    (j >= EVENTS && !strcmp(second, "all")))
				continue;
			operation = &operations[i];
			event = &events[j];
			/* Whichever others there are: alone it has the same. */
			chance = (seed * OPERATIONS + i) * ARRAY_SIZE(events) + j;
			run_pair();
			pairs++;
		}
	return pairs;
}

static int list(void)
{
	for (unsigned int i = 0; i < OPERATIONS; i++)
		for (unsigned int j = 0; j < EVENTS; j++)
			printf("%s x %s: %s; %s\n", operations[i].name, events[j].name,
			       events[j].may[i] ?: "-", events[j].own[i] ?: "-");
	return 0;
}

static int usage(void)
{
	fprintf(stderr, "Usage: bpfpairs [-r ROUNDS] [-s SEED] [-l SECONDS] [-v PROG] "
		"OPERATION EVENT DIRECTORY\n       bpfpairs --list\n");
	return 1;
}

int main(int argc, char **argv)
{
	pid_t worker;
	int option;

	if (argc == 2 && !strcmp(argv[1], "--list"))
		return list();
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	seed = now() * 1000;
	while ((option = getopt(argc, argv, "r:s:l:v:")) != -1) {
		if (option == 'r')
			rounds = strtoul(optarg, NULL, 0);
		else if (option == 's')
			seed = strtoul(optarg, NULL, 0);
		else if (option == 'l')
			limit = strtoul(optarg, NULL, 0);
		else if (option == 'v')
			must(view = bpf_obj_get(view_path = optarg), optarg);
		else
			return usage();
	}
	if (argc - optind != 3)
		return usage();
	snprintf(directory, sizeof(directory), "%s", argv[optind + 2]);
	printf("seed %lu\n", seed);
	fflush(stdout);
	worker = fork();
	must(worker, "a new process");
	if (worker)
		return watch(worker);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	set_up();
	if (!run_pairs(argv[optind], argv[optind + 1]))
		wrong("there is no such pair");
	return 0;
}
