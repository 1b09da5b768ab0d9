// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfrace: processes that get in each other's way around pins.
 *
 *   bpfrace NAME DIRECTORY [SECONDS]
 *
 * Each race is a number of rounds, in each of which two or more processes start
 * at the same moment; what each system call says and what is there afterwards
 * has to be one of the outcomes that an order of the calls could have.  The
 * first round in which it is not ends it all, with a message and exit code 1.
 * Prints how many rounds there were and how often which outcome came.
 *
 * With BPFRACE_KERNFS in the environment the directory is a cgroup.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
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

#include <linux/bpf.h>
#include <linux/bpfpin.h>

#include "netlink.h"

#define MAX_RUNNERS	8
/* Fewer would show nothing, however slow the guest; more than this is not needed. */
#define MIN_ROUNDS	20
#define MAX_ROUNDS	3000

/* What the processes of a round tell each other. */
static struct shared {
	pthread_barrier_t start, end;
	bool stop;
	int result[MAX_RUNNERS];	/* 0 or -errno */
	__u32 id[MAX_RUNNERS];		/* of the object at hand */
	__u32 pin_id;
	struct bpfpin_owner owner;
} *shared;

static const char *directory;
/* $BPFRACE_KERNFS: the directory is one of kernfs, where a pin's file ends with it. */
static bool kernfs;
static double seconds = 6;
static unsigned long rounds;
static int device = -1;

static __attribute__((noreturn, format(printf, 1, 2))) void die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fprintf(stderr, "round %lu: ", rounds);
	vfprintf(stderr, fmt, ap);
	fprintf(stderr, "\n");
	va_end(ap);
	exit(1);
}

static const char *error_name(int error)
{
	return error ? strerrorname_np(-error) : "success";
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

/* Is there to be another round of a race that is to end by then? */
static bool another_round(double end)
{
	return rounds < MIN_ROUNDS || (now() < end && rounds < MAX_ROUNDS);
}

static const char *in(const char *name)
{
	static char paths[4][4096];
	static unsigned int turn;
	char *path = paths[turn++ % 4];

	snprintf(path, 4096, "%s/%s%s", directory, kernfs ? "bpf-" : "", name);
	return path;
}

/* A system call's result as 0 or a negative errno. */
static int result_of(long ret)
{
	return ret < 0 ? -errno : 0;
}

/*
 * BPF
 */

static long bpf(int cmd, union bpf_attr *attr)
{
	return syscall(__NR_bpf, cmd, attr, sizeof(*attr));
}

static int map_create(void)
{
	union bpf_attr attr = {
		.map_type = BPF_MAP_TYPE_ARRAY,
		.key_size = 4,
		.value_size = 4,
		.max_entries = 1,
		.map_name = "bpfrace",
	};
	int map = bpf(BPF_MAP_CREATE, &attr);

	if (map < 0)
		die("cannot create a map: %s", strerror(errno));
	return map;
}

static __u32 map_id(int map)
{
	struct bpf_map_info info = {};
	union bpf_attr attr = {
		.info.bpf_fd = map,
		.info.info_len = sizeof(info),
		.info.info = (unsigned long)&info,
	};

	if (bpf(BPF_OBJ_GET_INFO_BY_FD, &attr))
		die("cannot ask a map for its id: %s", strerror(errno));
	return info.id;
}

static int obj_pin(int fd, const char *path)
{
	union bpf_attr attr = { .pathname = (unsigned long)path, .bpf_fd = fd };

	return result_of(bpf(BPF_OBJ_PIN, &attr));
}

/* Like BPF_OBJ_GET, but a descriptor is closed; @id is the object's. */
static int obj_get(const char *path, __u32 *id)
{
	union bpf_attr attr = { .pathname = (unsigned long)path };
	int fd = bpf(BPF_OBJ_GET, &attr);

	if (fd < 0)
		return -errno;
	*id = map_id(fd);
	close(fd);
	return 0;
}

/* A new map, pinned; the pin is all that holds it. */
static int pin_new(const char *path, __u32 *id)
{
	int map = map_create();
	int ret = obj_pin(map, path);

	*id = map_id(map);
	close(map);
	return ret;
}

static __u32 must_pin(const char *path)
{
	__u32 id;
	int ret = pin_new(path, &id);

	if (ret)
		die("cannot pin at %s: %s", path, error_name(ret));
	return id;
}

static bool alive(__u32 id)
{
	union bpf_attr attr = { .map_id = id };
	int fd = bpf(BPF_MAP_GET_FD_BY_ID, &attr);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* The reference is gone when the call returns; the id a moment later. */
static void must_be_gone(__u32 id)
{
	double end = now() + 2;

	while (alive(id)) {
		if (now() > end)
			die("map %u is still alive", id);
		sched_yield();
	}
}

/*
 * The module
 */

static int ask(unsigned long request, void *arg)
{
	if (device < 0)
		device = open(BPFPIN_DEVICE, O_RDONLY | O_CLOEXEC);
	if (device < 0)
		die("cannot open %s: %s", BPFPIN_DEVICE, strerror(errno));
	return result_of(ioctl(device, request, arg));
}

static unsigned int count_pins(void)
{
	struct bpfpin_ioc_status status = { .size = sizeof(status) };

	if (ask(BPFPIN_IOC_STATUS, &status))
		die("no status");
	return status.pins;
}

static void must_have_pins(unsigned int number)
{
	unsigned int pins = count_pins();

	if (pins != number)
		die("%u pins, expected %u", pins, number);
}

static __u32 pin_id_of(const char *path)
{
	struct bpfpin_ioc_file file = {
		.size = sizeof(file), .path_fd = AT_FDCWD, .path = (unsigned long)path,
	};
	int ret = ask(BPFPIN_IOC_FILE, &file);

	if (ret || file.state != BPFPIN_FILE_PIN)
		die("no pin at %s: %s", path, error_name(ret));
	return file.pin_id;
}

static int unpin_path(const char *path, __u32 id)
{
	struct bpfpin_ioc_unpin unpin = {
		.size = sizeof(unpin), .id = id, .path_fd = AT_FDCWD,
		.path = (unsigned long)path,
	};

	return ask(BPFPIN_IOC_UNPIN, &unpin);
}

static int unpin_id(__u32 id)
{
	struct bpfpin_ioc_unpin unpin = { .size = sizeof(unpin), .id = id };

	return ask(BPFPIN_IOC_UNPIN, &unpin);
}

/*
 * Rounds
 */

struct race {
	const char *name;
	unsigned int runners;
	/* Before a round, in it at the same time as the others, and after it. */
	void (*prepare)(void);
	int (*run)(unsigned int runner);
	void (*judge)(void);
	/* The processes have one table of descriptors: what one closes is closed. */
	bool share_files;
};

static unsigned long outcomes[8];
static const char *outcome_names[8];

/* Counts one; two outcomes of a race should both come now and then. */
static void outcome(const char *name)
{
	unsigned int i;

	for (i = 0; outcome_names[i] && strcmp(outcome_names[i], name); i++)
		if (i == 7)
			die("too many outcomes");
	outcome_names[i] = name;
	outcomes[i]++;
}

static void unexpected(const char *what, int result)
{
	die("%s: %s", what, error_name(result));
}

/* Starts vary by some microseconds, so that every order has its turn. */
static void stagger(void)
{
	static unsigned int state;

	if (!state)
		state = getpid() * 2654435761u;
	state = state * 1664525 + 1013904223;
	for (volatile unsigned int i = (state >> 16) & 0xfff; i; i--)
		;
	if (state & 0x8000)
		sched_yield();
}

static void wait_at(pthread_barrier_t *barrier)
{
	pthread_barrier_wait(barrier);
}

static void runner_main(const struct race *race, unsigned int runner)
{
	/* A descriptor of one's own. */
	device = -1;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;) {
		wait_at(&shared->start);
		if (shared->stop)
			exit(0);
		rounds++;
		stagger();
		shared->result[runner] = race->run(runner);
		wait_at(&shared->end);
	}
}

static void run_rounds(const struct race *race)
{
	double end = now() + seconds;
	pthread_barrierattr_t attr;
	pid_t pids[MAX_RUNNERS];
	unsigned int i;
	int status;

	pthread_barrierattr_init(&attr);
	pthread_barrierattr_setpshared(&attr, PTHREAD_PROCESS_SHARED);
	pthread_barrier_init(&shared->start, &attr, race->runners + 1);
	pthread_barrier_init(&shared->end, &attr, race->runners + 1);
	for (i = 0; i < race->runners; i++) {
		pids[i] = syscall(SYS_clone, SIGCHLD | (race->share_files ? CLONE_FILES : 0),
				  0, 0, 0, 0);
		if (!pids[i])
			runner_main(race, i);
	}
	while (another_round(end)) {
		rounds++;
		race->prepare();
		wait_at(&shared->start);
		wait_at(&shared->end);
		race->judge();
	}
	shared->stop = true;
	wait_at(&shared->start);
	for (i = 0; i < race->runners; i++)
		if (waitpid(pids[i], &status, 0) < 0 || status)
			die("a process ended with status %d", status);
}

/*
 * The races
 */

/* pin and pin of one name: one wins, and it is the winner's object. */

static void nothing(void)
{
}

static int pin_pin_run(unsigned int runner)
{
	return pin_new(in("x"), &shared->id[runner]);
}

static void pin_pin_judge(void)
{
	int winner = -1, ret;
	__u32 id;

	for (int i = 0; i < 4; i++) {
		if (!shared->result[i]) {
			if (winner >= 0)
				die("two processes made one pin");
			winner = i;
		} else if (shared->result[i] != -EEXIST) {
			unexpected("pin", shared->result[i]);
		}
	}
	if (winner < 0)
		die("nobody made the pin");
	must_have_pins(1);
	ret = obj_get(in("x"), &id);
	if (ret)
		unexpected("get", ret);
	if (id != shared->id[winner])
		die("pinned map is %u, the winner's was %u", id, shared->id[winner]);
	if (unlink(in("x")))
		unexpected("unlink", -errno);
	must_have_pins(0);
	for (int i = 0; i < 4; i++)
		must_be_gone(shared->id[i]);
	outcome(winner & 1 ? "odd" : "even");
}

/* pin and unlink of one name. */

static int pin_unlink_run(unsigned int runner)
{
	if (!runner)
		return pin_new(in("x"), &shared->id[0]);
	return result_of(unlink(in("x")));
}

static void pin_unlink_judge(void)
{
	if (shared->result[0])
		unexpected("pin", shared->result[0]);
	if (!shared->result[1]) {
		outcome("unlinked");
	} else if (shared->result[1] == -ENOENT) {
		outcome("too-early");
		must_have_pins(1);
		if (!alive(shared->id[0]))
			die("the map is gone too early");
		if (unlink(in("x")))
			unexpected("unlink", -errno);
	} else {
		unexpected("unlink", shared->result[1]);
	}
	must_have_pins(0);
	must_be_gone(shared->id[0]);
}

/* get and unlink. */

static void one_pin(void)
{
	shared->id[0] = must_pin(in("x"));
	shared->pin_id = pin_id_of(in("x"));
}

static int get_unlink_run(unsigned int runner)
{
	if (runner == 2)
		return result_of(unlink(in("x")));
	return obj_get(in("x"), &shared->id[1 + runner]);
}

static void judge_get(unsigned int runner)
{
	if (!shared->result[runner]) {
		if (shared->id[1 + runner] != shared->id[0])
			die("got map %u, pinned was %u", shared->id[1 + runner],
			    shared->id[0]);
		outcome("got");
	} else if (shared->result[runner] == -ENOENT) {
		outcome("none");
	} else {
		unexpected("get", shared->result[runner]);
	}
}

static void get_unlink_judge(void)
{
	judge_get(0);
	judge_get(1);
	if (shared->result[2])
		unexpected("unlink", shared->result[2]);
	must_have_pins(0);
	must_be_gone(shared->id[0]);
}

/* UNPIN by path and unlink: one of them removes the name. */

static int unpin_unlink_run(unsigned int runner)
{
	if (!runner)
		return unpin_path(in("x"), 0);
	return result_of(unlink(in("x")));
}

static void unpin_unlink_judge(void)
{
	for (int i = 0; i < 2; i++)
		if (shared->result[i] && shared->result[i] != -ENOENT)
			unexpected(i ? "unlink" : "unpin", shared->result[i]);
	if (!shared->result[0] == !shared->result[1])
		die("unpin: %s, unlink: %s", error_name(shared->result[0]),
		    error_name(shared->result[1]));
	outcome(shared->result[0] ? "unlinked" : "unpinned");
	must_have_pins(0);
	must_be_gone(shared->id[0]);
	if (!access(in("x"), F_OK))
		die("the file is still there");
}

/* UNPIN by id, twice, and unlink: one unpins or the unlink ends it. */

static int unpin_id_run(unsigned int runner)
{
	if (runner < 2)
		return unpin_id(shared->pin_id);
	return result_of(unlink(in("x")));
}

static void unpin_id_judge(void)
{
	int ended = 0;

	for (int i = 0; i < 2; i++) {
		if (!shared->result[i])
			ended++;
		else if (shared->result[i] != -ENOENT)
			unexpected("unpin", shared->result[i]);
	}
	if (ended > 1)
		die("a pin ended twice");
	outcome(ended ? "unpinned" : "unlinked");
	if (shared->result[2] && !(kernfs && ended && shared->result[2] == -ENOENT))
		unexpected("unlink", shared->result[2]);
	must_have_pins(0);
	must_be_gone(shared->id[0]);
}

/* get and UNPIN by path, with the file gone and the pin ended at one moment. */

static int get_unpin_run(unsigned int runner)
{
	if (runner == 2)
		return unpin_path(in("x"), shared->pin_id);
	return obj_get(in("x"), &shared->id[1 + runner]);
}

static void get_unpin_judge(void)
{
	for (unsigned int i = 0; i < 2; i++) {
		/* It held the file when the pin was ended. */
		if (shared->result[i] == -ESTALE || shared->result[i] == -EACCES)
			outcome("ended");
		else
			judge_get(i);
	}
	if (shared->result[2])
		unexpected("unpin", shared->result[2]);
	must_have_pins(0);
	must_be_gone(shared->id[0]);
}

/*
 * Requests about a file that is no pin, by anybody, and opening it for writing: that
 * always works.
 */

static void no_pin(void)
{
	int fd = open(in("x"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		unexpected("making a file", -errno);
	close(fd);
}

static int clean_path(const char *path)
{
	struct bpfpin_ioc_clean clean = {
		.size = sizeof(clean), .path_fd = AT_FDCWD, .path = (unsigned long)path,
	};

	return ask(BPFPIN_IOC_CLEAN, &clean);
}

static int open_stranger_run(unsigned int runner)
{
	int ret = 0, fd;

	for (int i = 0; i < 500 && !ret; i++) {
		if (runner) {
			ret = i % 2 ? clean_path(in("x")) : unpin_path(in("x"), 0);
			ret = ret == -EINVAL ? 0 : ret ?: -ENOTRECOVERABLE;
		} else {
			fd = open(in("x"), O_WRONLY | O_CLOEXEC);
			ret = fd < 0 ? -errno : 0;
			close(fd);
		}
	}
	return ret;
}

static void open_stranger_judge(void)
{
	if (shared->result[0])
		unexpected("open for writing", shared->result[0]);
	if (shared->result[1])
		unexpected("clean or unpin", shared->result[1]);
	outcome("written");
}

/* rename over a pin, and get: there is a pin at every moment. */

static void two_pins(void)
{
	shared->id[0] = must_pin(in("x"));
	shared->id[1] = must_pin(in("y"));
}

static int rename_get_run(unsigned int runner)
{
	if (!runner)
		return result_of(rename(in("y"), in("x")));
	return obj_get(in("x"), &shared->id[1 + runner]);
}

static void rename_get_judge(void)
{
	if (shared->result[0])
		unexpected("rename", shared->result[0]);
	for (int i = 1; i < 3; i++) {
		__u32 id = shared->id[1 + i];

		if (shared->result[i])
			unexpected("get", shared->result[i]);
		if (id != shared->id[0] && id != shared->id[1])
			die("got map %u, pinned were %u and %u", id, shared->id[0],
			    shared->id[1]);
		outcome(id == shared->id[0] ? "old" : "new");
	}
	must_have_pins(1);
	must_be_gone(shared->id[0]);
	if (!alive(shared->id[1]))
		die("the map is gone too early");
	if (unlink(in("x")))
		unexpected("unlink", -errno);
	must_have_pins(0);
	must_be_gone(shared->id[1]);
}

/* link and unlink: the second name keeps the pin if it came in time. */

static int link_unlink_run(unsigned int runner)
{
	if (!runner)
		return result_of(link(in("x"), in("y")));
	return result_of(unlink(in("x")));
}

static void link_unlink_judge(void)
{
	__u32 id;
	int ret;

	if (shared->result[1])
		unexpected("unlink", shared->result[1]);
	if (!shared->result[0]) {
		outcome("linked");
		must_have_pins(1);
		ret = obj_get(in("y"), &id);
		if (ret || id != shared->id[0])
			die("the second name does not lead to the pin: %s", error_name(ret));
		if (unlink(in("y")))
			unexpected("unlink", -errno);
	} else if (shared->result[0] == -ENOENT) {
		outcome("too-late");
	} else {
		unexpected("link", shared->result[0]);
	}
	must_have_pins(0);
	must_be_gone(shared->id[0]);
}

/* open, read and close, and UNPIN by path. */

static int read_pin(const char *path)
{
	char expected[64], text[128] = "";
	ssize_t len;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	sched_yield();
	len = read(fd, text, sizeof(text) - 1);
	if (len < 0)
		len = -errno;
	close(fd);
	if (len < 0)
		return len;
	snprintf(expected, sizeof(expected), "map %u array name bpfrace\n", shared->id[0]);
	/* Empty: opened when it was an ordinary file again. */
	if (len && strcmp(text, expected))
		die("read '%s', not '%s'", text, expected);
	return 0;
}

static int read_unpin_run(unsigned int runner)
{
	return runner == 2 ? unpin_path(in("x"), 0) : read_pin(in("x"));
}

static void read_unpin_judge(void)
{
	for (int i = 0; i < 2; i++) {
		if (!shared->result[i])
			outcome("read");
		else if (shared->result[i] == -ENOENT || shared->result[i] == -ESTALE ||
			 (kernfs && shared->result[i] == -ENODEV))
			outcome("none");
		else
			unexpected("read", shared->result[i]);
	}
	if (shared->result[2])
		unexpected("unpin", shared->result[2]);
	must_have_pins(0);
	must_be_gone(shared->id[0]);
}

/* rmdir of a cgroup, and in it pin, get, read and unlink. */

static void rmdir_prepare(void)
{
	mkdir(in("d"), 0700);
	shared->id[0] = must_pin(in("d/bpf-x"));
	shared->id[4] = 0;
}

static int rmdir_run(unsigned int runner)
{
	switch (runner) {
	case 0:
		return result_of(rmdir(in("d")));
	case 1:
		return pin_new(in("d/bpf-y"), &shared->id[4]);
	case 2:
		return obj_get(in("d/bpf-x"), &shared->id[1]);
	case 3:
		return read_pin(in("d/bpf-x"));
	default:
		return result_of(unlink(in("d/bpf-x")));
	}
}

static void rmdir_judge(void)
{
	static const char * const calls[] = { "rmdir", "pin", "get", "read", "unlink" };

	for (int i = 0; i < 5; i++) {
		int result = shared->result[i];

		if (!result)
			outcome(calls[i]);
		else if (!i || (result != -ENOENT && !(i == 3 && result == -ENODEV)))
			unexpected(calls[i], result);
	}
	must_have_pins(0);
	must_be_gone(shared->id[0]);
	if (shared->id[4])
		must_be_gone(shared->id[4]);
	if (!access(in("d"), F_OK))
		die("the cgroup is still there");
}

/* A list of all pins with their paths, and umount: that is never busy. */

static void umount_prepare(void)
{
	const char *device_path = getenv("BPFRACE_DEVICE");
	char name[16];

	if (mount(device_path ?: "tmpfs", directory, device_path ? "ext4" : "tmpfs", 0, NULL))
		die("cannot mount: %s", strerror(errno));
	mkdir(in("d"), 0700);
	/* On a disk they are still there. */
	unlink(in("d/x"));
	for (int i = 0; i < 4; i++) {
		snprintf(name, sizeof(name), "x%d", i);
		unlink(in(name));
		shared->id[i] = must_pin(in(name));
	}
}

static int list_umount_run(unsigned int runner)
{
	struct bpfpin_ioc_info info;
	char path[4096];
	int ret;

	if (!runner)
		return result_of(umount2(directory, 0));

	info.id = 0;
	for (;;) {
		info.size = sizeof(info);
		info.flags = BPFPIN_INFO_NEXT;
		info.path = (unsigned long)path;
		info.path_size = sizeof(path);
		ret = ask(BPFPIN_IOC_INFO, &info);
		if (ret)
			return ret;
		if (info.object_type != BPFPIN_OBJECT_MAP)
			die("a pin of type %u", info.object_type);
		if (info.path_size == 4 && (memcmp(path, "/x", 2) || path[3]))
			die("a pin with path '%s'", path);
		info.id++;
	}
}

static void list_umount_judge(void)
{
	if (shared->result[0])
		unexpected("umount", shared->result[0]);
	for (int i = 1; i < 3; i++)
		if (shared->result[i] != -ENOENT)
			unexpected("list", shared->result[i]);
	must_have_pins(0);
	for (int i = 0; i < 4; i++)
		must_be_gone(shared->id[i]);
	outcome("unmounted");
}

/* umount and pin: who pins a file there keeps the mount busy only meanwhile. */

static int pin_umount_run(unsigned int runner)
{
	double end = now() + 2;

	if (runner)
		return pin_new(in("d/x"), &shared->id[4]);
	while (umount2(directory, 0))
		if (errno != EBUSY || now() > end)
			return -errno;
	return 0;
}

static void pin_umount_judge(void)
{
	if (shared->result[0])
		unexpected("umount", shared->result[0]);
	if (!shared->result[1])
		outcome("pinned");
	else if (shared->result[1] == -ENOENT)
		outcome("too-late");
	else
		unexpected("pin", shared->result[1]);
	must_have_pins(0);
	for (int i = 0; i < 5; i++)
		must_be_gone(shared->id[i]);
}

/* unpin by id and umount. */

static int unpin_umount_run(unsigned int runner)
{
	if (runner)
		return unpin_id(shared->pin_id);
	return result_of(umount2(directory, 0));
}

static void unpin_umount_prepare(void)
{
	umount_prepare();
	shared->pin_id = pin_id_of(in("x2"));
}

static void unpin_umount_judge(void)
{
	/* Ending the pin gives back the inode: that may be the umount's. */
	if (shared->result[0])
		unexpected("umount", shared->result[0]);
	if (!shared->result[1])
		outcome("unpinned");
	else if (shared->result[1] == -ENOENT)
		outcome("unmounted");
	else
		unexpected("unpin", shared->result[1]);
	must_have_pins(0);
	for (int i = 0; i < 4; i++)
		must_be_gone(shared->id[i]);
}

/*
 * Attached pins: an owner's end, unpin of one of its pins, and an attach that
 * comes just then.  Whoever is first, nothing is left in the end.
 */

#define ATTACHED	3

static struct bpfpin_owner attached_owner;

static int attach_new(const struct bpfpin_owner *to, const char *name, __u32 *id, __u32 *pin)
{
	struct bpfpin_ioc_attach attach = {
		.size = sizeof(attach), .owner = *to, .object_fd = map_create(),
		.name = (unsigned long)name,
	};
	int ret = ask(BPFPIN_IOC_ATTACH, &attach);

	*id = map_id(attach.object_fd);
	*pin = attach.id;
	close(attach.object_fd);
	return ret;
}

/* The runners have their own memory: they find the owner in what is shared. */
static void attach_some(void)
{
	static const char * const names[ATTACHED] = { "a", "b", "c" };
	__u32 pin;
	int ret;

	for (int i = 0; i < ATTACHED; i++) {
		ret = attach_new(&attached_owner, names[i], &shared->id[i], &pin);
		if (ret)
			unexpected("attach", ret);
		if (!i)
			shared->pin_id = pin;
	}
	must_have_pins(ATTACHED);
	shared->owner = attached_owner;
}

static int owner_run(unsigned int runner, int (*end)(void))
{
	__u32 pin;

	switch (runner) {
	case 0:
		return end();
	case 1:
		return unpin_id(shared->pin_id);
	default:
		return attach_new(&shared->owner, "d", &shared->id[ATTACHED], &pin);
	}
}

static void owner_judge(void)
{
	double end = now() + 5;

	if (shared->result[0])
		unexpected("the owner's end", shared->result[0]);
	if (shared->result[1] && shared->result[1] != -ENOENT)
		unexpected("unpin", shared->result[1]);
	if (shared->result[2] && shared->result[2] != -ENOENT &&
	    shared->result[2] != -EBADF && shared->result[2] != -ENODEV)
		unexpected("attach", shared->result[2]);
	outcome(shared->result[1] ? "ended" : "unpinned");
	outcome(shared->result[2] ? "not-attached" : "attached");
	/* The end of a namespace is told by a worker. */
	while (count_pins()) {
		if (now() > end)
			die("%u pins stay", count_pins());
		usleep(1000);
	}
	for (int i = 0; i <= ATTACHED; i++)
		must_be_gone(shared->id[i]);
}

static int end_close(void)
{
	return result_of(close(shared->owner.fd));
}

/* By a number that no other descriptor gets when it is closed. */
static void name_by_fd(int fd)
{
	attached_owner = (struct bpfpin_owner){ .fd = fcntl(fd, F_DUPFD_CLOEXEC, 500) };
	if (attached_owner.fd < 0)
		unexpected("owner", -errno);
	close(fd);
}

static void socket_prepare(void)
{
	name_by_fd(socket(AF_INET, SOCK_DGRAM, 0));
	attach_some();
}

static void netns_prepare(void)
{
	static int own = -1;

	if (own < 0)
		own = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (unshare(CLONE_NEWNET))
		unexpected("unshare", -errno);
	name_by_fd(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
	if (own < 0 || setns(own, CLONE_NEWNET))
		unexpected("setns", -errno);
	attach_some();
}

static int end_rmdir(void)
{
	return result_of(rmdir(in("x")));
}

static void cgroup_prepare(void)
{
	if (mkdir(in("x"), 0755))
		unexpected("mkdir", -errno);
	attached_owner = (struct bpfpin_owner){ .fd = AT_FDCWD, .path = (unsigned long)in("x") };
	attach_some();
}

static int cgroup_run(unsigned int runner)
{
	/* This process's copy of the path. */
	if (runner == 2)
		shared->owner.path = (unsigned long)in("x");
	return owner_run(runner, end_rmdir);
}

static int end_unlink(void)
{
	return result_of(unlink(in("x")));
}

static void file_prepare(void)
{
	int fd = open(in("x"), O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		unexpected("open", -errno);
	close(fd);
	attached_owner = (struct bpfpin_owner){ .fd = AT_FDCWD, .path = (unsigned long)in("x") };
	attach_some();
}

static int file_run(unsigned int runner)
{
	/* This process's copy of the path. */
	if (runner == 2)
		shared->owner.path = (unsigned long)in("x");
	return owner_run(runner, end_unlink);
}

static int end_device(void)
{
	return delete_link(shared->owner.ifindex);
}

static void device_prepare(void)
{
	int ret = new_dummy("race0");

	if (ret)
		unexpected("new device", ret);
	attached_owner = (struct bpfpin_owner){ .fd = -1, .ifindex = if_nametoindex("race0") };
	attach_some();
}

static int close_run(unsigned int runner)
{
	return owner_run(runner, end_close);
}

static int device_run(unsigned int runner)
{
	return owner_run(runner, end_device);
}

/*
 * Ties: a directory of bpffs, a copy of which is mounted at b, with three maps, one
 * of them deeper, tied to the file owner.
 */

static int tie(const char *path, const char *owner, __u32 *id)
{
	struct bpfpin_ioc_tie request = {
		.size = sizeof(request), .path_fd = AT_FDCWD, .path = (unsigned long)path,
		.owner = { AT_FDCWD, 0, (unsigned long)owner },
	};
	int ret = ask(BPFPIN_IOC_TIE, &request);

	*id = request.id;
	return ret;
}

static int untie(__u32 id)
{
	struct bpfpin_ioc_untie request = { .size = sizeof(request), .id = id };

	return ask(BPFPIN_IOC_UNTIE, &request);
}

/* The work has nothing left to do. */
static void must_have_no_ties(void)
{
	struct bpfpin_ioc_status status;
	double end = now() + 5;

	do {
		status = (struct bpfpin_ioc_status){ .size = sizeof(status) };
		if (ask(BPFPIN_IOC_STATUS, &status))
			die("no status");
		if (!status.ties && !status.watches)
			return;
		sched_yield();
	} while (now() < end);
	die("%u ties and %u watches are left", status.ties, status.watches);
}

/* Removals by a tie end a moment later. */
static void must_vanish(const char *path)
{
	double end = now() + 5;

	while (!access(path, F_OK)) {
		if (now() > end)
			die("%s is still there", path);
		sched_yield();
	}
}

static void make_file(const char *path)
{
	int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);

	if (fd < 0)
		die("cannot make %s: %s", path, strerror(errno));
	close(fd);
}

static void must_tie(const char *path, const char *owner, __u32 *id)
{
	int ret = tie(path, owner, id);

	if (ret)
		unexpected("tie", ret);
}

static void tied_tree(void)
{
	static bool mounted;

	mkdir(in("b"), 0700);
	if (!mounted && mount("bpf", in("b"), "bpf", 0, NULL))
		die("cannot mount bpffs: %s", strerror(errno));
	mounted = true;
	if (mkdir(in("b/d"), 0700) || mkdir(in("b/d/s"), 0700))
		die("cannot make a directory: %s", strerror(errno));
	shared->id[0] = must_pin(in("b/d/m0"));
	shared->id[1] = must_pin(in("b/d/s/m1"));
	shared->id[2] = must_pin(in("b/d/m2"));
	make_file(in("owner"));
}

static void tied_prepare(void)
{
	tied_tree();
	must_tie(in("b/d"), in("owner"), &shared->pin_id);
}

/* As rm -r, but each thing may be gone already. */
static int remove_tree(void)
{
	static const char * const names[] = { "b/d/m2", "b/d/s/m1", "b/d/m0" };

	for (int i = 0; i < 3; i++)
		if (unlink(in(names[i])) && errno != ENOENT)
			return -errno;
	if (rmdir(in("b/d/s")) && errno != ENOENT)
		return -errno;
	if (rmdir(in("b/d")) && errno != ENOENT)
		return -errno;
	return 0;
}

static void judge_tree_gone(void)
{
	must_have_no_ties();
	must_vanish(in("b/d"));
	for (int i = 0; i < 3; i++)
		must_be_gone(shared->id[i]);
}

/* The owner's end and untie: one of them has the tie. */

static int tie_untie_run(unsigned int runner)
{
	return runner ? untie(shared->pin_id) : result_of(unlink(in("owner")));
}

static void tie_untie_judge(void)
{
	if (shared->result[0])
		unexpected("unlink", shared->result[0]);
	if (!shared->result[1]) {
		must_have_no_ties();
		for (int i = 0; i < 3; i++)
			if (!alive(shared->id[i]))
				die("it was untied and the map is gone");
		if (remove_tree())
			die("it was untied and cannot be removed");
		outcome("untied");
	} else if (shared->result[1] == -ENOENT) {
		outcome("removed");
	} else {
		unexpected("untie", shared->result[1]);
	}
	judge_tree_gone();
}

/* The owner's end, rm -r, untie, and a list of all ties. */

static int tie_rm_run(unsigned int runner)
{
	struct bpfpin_ioc_tie_info info = { .id = 0 };
	char path[4096], owner[4096];
	int ret;

	if (runner == 1)
		return remove_tree();
	if (runner < 3)
		return tie_untie_run(runner);
	for (;;) {
		info.size = sizeof(info);
		info.flags = BPFPIN_INFO_NEXT;
		info.path = (unsigned long)path;
		info.path_size = sizeof(path);
		info.owner_path = (unsigned long)owner;
		info.owner_path_size = sizeof(owner);
		ret = ask(BPFPIN_IOC_TIE_INFO, &info);
		if (ret)
			return ret == -ENOENT ? 0 : ret;
		info.id++;
	}
}

static void tie_rm_judge(void)
{
	if (shared->result[0] || shared->result[1] || shared->result[3])
		die("unlink: %s, rm -r: %s, list: %s", error_name(shared->result[0]),
		    error_name(shared->result[1]), error_name(shared->result[3]));
	if (shared->result[2] && shared->result[2] != -ENOENT)
		unexpected("untie", shared->result[2]);
	outcome(shared->result[2] ? "removed" : "untied");
	judge_tree_gone();
}

/* The owner's end, umount, which is never busy, and untie. */

static void tie_umount_prepare(void)
{
	mkdir(in("b"), 0700);
	if (mount("bpf", in("b"), "bpf", 0, NULL))
		die("cannot mount bpffs: %s", strerror(errno));
	if (mkdir(in("b/d"), 0700) || mkdir(in("b/d/s"), 0700))
		die("cannot make a directory: %s", strerror(errno));
	shared->id[0] = must_pin(in("b/d/m0"));
	shared->id[1] = must_pin(in("b/d/s/m1"));
	shared->id[2] = must_pin(in("b/d/m2"));
	make_file(in("owner"));
	must_tie(in("b/d"), in("owner"), &shared->pin_id);
}

static int tie_umount_run(unsigned int runner)
{
	if (runner == 1)
		return result_of(umount2(in("b"), 0));
	return tie_untie_run(runner);
}

static void tie_umount_judge(void)
{
	if (shared->result[0] || shared->result[1])
		die("unlink: %s, umount: %s", error_name(shared->result[0]),
		    error_name(shared->result[1]));
	if (shared->result[2] && shared->result[2] != -ENOENT)
		unexpected("untie", shared->result[2]);
	outcome(shared->result[2] ? "ended" : "untied");
	judge_tree_gone();
}

/* Two owners end, while somebody adds entries. */

static void tie_two_prepare(void)
{
	tied_prepare();
	make_file(in("owner2"));
	must_tie(in("b/d"), in("owner2"), &shared->pin_id);
}

static int tie_two_run(unsigned int runner)
{
	char name[32];
	int ret;

	if (runner < 2)
		return result_of(unlink(in(runner ? "owner2" : "owner")));
	for (unsigned int i = 0; i < 50; i++) {
		snprintf(name, sizeof(name), "b/d/%sn%u", i % 2 ? "s/" : "", i);
		ret = pin_new(in(name), &shared->id[3]);
		if (ret)
			return ret;
	}
	return 0;
}

static void tie_two_judge(void)
{
	if (shared->result[0] || shared->result[1])
		die("unlink: %s and %s", error_name(shared->result[0]),
		    error_name(shared->result[1]));
	if (shared->result[2] && shared->result[2] != -ENOENT)
		unexpected("pin", shared->result[2]);
	outcome(shared->result[2] ? "pinned-some" : "pinned-all");
	judge_tree_gone();
	must_be_gone(shared->id[3]);
}

/* A tie is made while owner and target go. */

static int tie_made_run(unsigned int runner)
{
	__u32 id;

	if (runner == 2)
		return tie(in("b/d"), in("owner"), &id);
	return runner ? remove_tree() : result_of(unlink(in("owner")));
}

static void tie_made_judge(void)
{
	if (shared->result[0] || shared->result[1])
		die("unlink: %s, rm -r: %s", error_name(shared->result[0]),
		    error_name(shared->result[1]));
	if (shared->result[2] && shared->result[2] != -ENOENT)
		unexpected("tie", shared->result[2]);
	outcome(shared->result[2] ? "too-late" : "tied");
	judge_tree_gone();
}

/* A directory is moved out of the tied one, and back in, and out. */

static void tie_rename_prepare(void)
{
	tied_prepare();
	if (mkdir(in("b/out"), 0700))
		die("cannot make a directory: %s", strerror(errno));
	shared->id[3] = must_pin(in("b/out/keep"));
	if (mkdir(in("b/out/kept"), 0700))
		die("cannot make a directory: %s", strerror(errno));
}

static int tie_rename_run(unsigned int runner)
{
	if (!runner)
		return result_of(unlink(in("owner")));
	if (rename(in("b/d/s"), in("b/out/s")))
		return -errno;
	rename(in("b/out/s"), in("b/d/s"));
	rename(in("b/d/s"), in("b/out/s"));
	return 0;
}

static void tie_rename_judge(void)
{
	if (shared->result[0])
		unexpected("unlink", shared->result[0]);
	if (shared->result[1] && shared->result[1] != -ENOENT)
		unexpected("rename", shared->result[1]);
	must_have_no_ties();
	must_vanish(in("b/d"));
	outcome(access(in("b/out/s"), F_OK) ? "removed" : "moved-out");
	unlink(in("b/out/s/m1"));
	rmdir(in("b/out/s"));
	if (!alive(shared->id[3]) || unlink(in("b/out/keep")) || rmdir(in("b/out/kept")) ||
	    rmdir(in("b/out")))
		die("what was outside is gone, or not empty: %s", strerror(errno));
	judge_tree_gone();
	must_be_gone(shared->id[3]);
}

/* The file of a pin is tied: the owner's end, unlink, and unpin by id. */

static void tie_pin_prepare(void)
{
	one_pin();
	make_file(in("owner"));
	must_tie(in("x"), in("owner"), &shared->id[1]);
}

static int tie_pin_run(unsigned int runner)
{
	if (runner == 1)
		return result_of(unlink(in("x")));
	return runner ? unpin_id(shared->pin_id) : result_of(unlink(in("owner")));
}

static void tie_pin_judge(void)
{
	if (shared->result[0])
		unexpected("unlink of the owner", shared->result[0]);
	for (int i = 1; i < 3; i++)
		if (shared->result[i] && shared->result[i] != -ENOENT)
			unexpected(i == 1 ? "unlink" : "unpin", shared->result[i]);
	outcome(!shared->result[2] ? "unpinned" : !shared->result[1] ? "unlinked" : "removed");
	must_have_no_ties();
	must_have_pins(0);
	must_be_gone(shared->id[0]);
	must_vanish(in("x"));
}

static const struct race races[] = {
	{ "tie-untie", 2, tied_prepare, tie_untie_run, tie_untie_judge, false },
	{ "tie-rm", 4, tied_prepare, tie_rm_run, tie_rm_judge, false },
	{ "tie-umount", 3, tie_umount_prepare, tie_umount_run, tie_umount_judge, false },
	{ "tie-two", 3, tie_two_prepare, tie_two_run, tie_two_judge, false },
	{ "tie-made", 3, tied_tree, tie_made_run, tie_made_judge, false },
	{ "tie-rename", 2, tie_rename_prepare, tie_rename_run, tie_rename_judge, false },
	{ "tie-pin", 3, tie_pin_prepare, tie_pin_run, tie_pin_judge, false },
	{ "pin-pin", 4, nothing, pin_pin_run, pin_pin_judge, false },
	{ "pin-unlink", 2, nothing, pin_unlink_run, pin_unlink_judge, false },
	{ "get-unlink", 3, one_pin, get_unlink_run, get_unlink_judge, false },
	{ "get-unpin", 3, one_pin, get_unpin_run, get_unpin_judge, false },
	{ "open-stranger", 2, no_pin, open_stranger_run, open_stranger_judge, false },
	{ "unpin-unlink", 2, one_pin, unpin_unlink_run, unpin_unlink_judge, false },
	{ "unpin-id-unlink", 3, one_pin, unpin_id_run, unpin_id_judge, false },
	{ "rename-get", 3, two_pins, rename_get_run, rename_get_judge, false },
	{ "link-unlink", 2, one_pin, link_unlink_run, link_unlink_judge, false },
	{ "read-unpin", 3, one_pin, read_unpin_run, read_unpin_judge, false },
	{ "rmdir", 5, rmdir_prepare, rmdir_run, rmdir_judge, false },
	{ "list-umount", 3, umount_prepare, list_umount_run, list_umount_judge, false },
	{ "pin-umount", 2, umount_prepare, pin_umount_run, pin_umount_judge, false },
	{ "unpin-close", 3, socket_prepare, close_run, owner_judge, true },
	{ "unpin-netns", 3, netns_prepare, close_run, owner_judge, true },
	{ "unpin-file", 3, file_prepare, file_run, owner_judge, false },
	{ "unpin-rmdir", 3, cgroup_prepare, cgroup_run, owner_judge, false },
	{ "unpin-netdev", 3, device_prepare, device_run, owner_judge, false },
	{ "unpin-umount", 2, unpin_umount_prepare, unpin_umount_run, unpin_umount_judge, false },
};

/*
 * What has no rounds
 */

/* Pins, opens, renames and unlinks until it is killed. */
static __attribute__((noreturn)) void busy(void)
{
	char name[32], other[64];
	__u32 id;

	for (unsigned long i = 0;; i++) {
		snprintf(name, sizeof(name), "%d-%lu", getpid(), i);
		snprintf(other, sizeof(other), "%s-renamed", name);
		pin_new(in(name), &id);
		obj_get(in(name), &id);
		rename(in(name), in(other));
		if (i % 3)
			unpin_path(in(other), 0);
		else if (i % 2)
			unlink(in(other));
	}
}

/* Every file left has to be a pin; takes them away. */
static void clear_directory(void)
{
	DIR *dir = opendir(directory);
	struct dirent *entry;
	__u32 id;
	int ret;

	while ((entry = readdir(dir))) {
		if (*entry->d_name == '.' || !strcmp(entry->d_name, "lost+found"))
			continue;
		ret = obj_get(in(entry->d_name), &id);
		if (ret)
			die("%s was left and is no pin: %s", entry->d_name, error_name(ret));
		if (unlink(in(entry->d_name)))
			unexpected("unlink", -errno);
		outcome("left");
	}
	closedir(dir);
}

static void run_kill(void)
{
	double end = now() + seconds;

	while (another_round(end)) {
		pid_t pids[2];

		rounds++;
		for (int i = 0; i < 2; i++) {
			pids[i] = fork();
			if (!pids[i])
				busy();
		}
		usleep(1000 + random() % 60000);
		for (int i = 0; i < 2; i++)
			kill(pids[i], SIGKILL);
		while (wait(NULL) > 0)
			;
		clear_directory();
		must_have_pins(0);
	}
}

/*
 * Pins and opens while the module comes and goes.  How often it is there when a call
 * comes is for the caller to see from the outcomes: it may be always or never.
 */
static void run_calls(bool bpffs)
{
	double end = now() + seconds, patience;
	char name[32];
	__u32 id, got;
	int ret;

	snprintf(name, sizeof(name), "calls-%d", getpid());
	while (now() < end) {
		rounds++;
		ret = pin_new(in(name), &id);
		if (ret == -EPERM && !bpffs) {
			outcome("refused");
			ret = obj_get(in(name), &got);
			if (ret != -ENOENT)
				unexpected("get of nothing", ret);
			continue;
		}
		if (ret)
			unexpected("pin", ret);
		/* The two are extended one after the other. */
		patience = now() + 2;
		while ((ret = obj_get(in(name), &got)) == -EACCES && !bpffs &&
		       now() < patience)
			sched_yield();
		if (ret || got != id)
			die("get: %s, map %u, expected %u", error_name(ret), got, id);
		if (unlink(in(name)))
			unexpected("unlink", -errno);
		must_be_gone(id);
		outcome("pinned");
		/* Or there would hardly be a moment in which the module can go. */
		if (!bpffs && !(random() % 8))
			usleep(random() % 10000);
	}
}

int main(int argc, char **argv)
{
	const char *name = argv[1];

	if (argc < 3) {
		fprintf(stderr, "Usage: bpfrace NAME DIRECTORY [SECONDS]\n"
			"       bpfrace calls SECONDS DIRECTORY bpffs|other\n");
		return 1;
	}
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!strcmp(name, "calls") && argc == 5) {
		seconds = atof(argv[2]);
		directory = argv[3];
		run_calls(!strcmp(argv[4], "bpffs"));
		goto told;
	}
	directory = argv[2];
	kernfs = getenv("BPFRACE_KERNFS");
	if (argc > 3)
		seconds = atof(argv[3]);
	if (!strcmp(name, "kill")) {
		run_kill();
	} else {
		unsigned int i = 0;

		while (strcmp(races[i].name, name))
			if (++i == sizeof(races) / sizeof(*races))
				die("no race '%s'", name);
		run_rounds(&races[i]);
	}
told:
	printf("%lu rounds:", rounds);
	for (int i = 0; i < 8 && outcome_names[i]; i++)
		printf(" %s %lu", outcome_names[i], outcomes[i]);
	printf("\n");
	return 0;
}
