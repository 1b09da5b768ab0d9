// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfsoak SECONDS FOLDER BPFFS CGROUP: owners of all kinds are born and die with
 * pins, on each processor, while another process eats and frees memory.
 *
 * Each kind has a number of owners alive; a step takes one of them at random, ends it
 * in one of the ways that it can end, and makes another in its place.  In the end all
 * have ended.  Prints for each kind how many there were, and what a BPF_OBJ_GET cost
 * before the others began and when they had ended, in thousandths of one from bpffs at
 * that time: how fast the machine is, and what else it does, is in both.
 *
 * FOLDER is on a file system for file pins, BPFFS an empty directory of a bpffs and
 * CGROUP one of cgroup v2.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include <bpf/bpf.h>
#include <linux/bpfpin.h>

#include "tool.h"

#define MAX_SLOTS	1000
/* A worker sees the end after so many steps. */
#define STEPS		16
#define GETS		3001

struct worker;

/**
 * struct kind - a kind of owner
 * @name: told in the end
 * @slots: so many are alive in each worker
 * @born: makes an owner with pins in a slot
 * @dies: ends it
 */
struct kind {
	const char *name;
	int slots;
	void (*born)(struct worker *worker, int slot);
	void (*dies)(struct worker *worker, int slot);
};

struct worker {
	const struct kind *kind;
	int nr;
	pid_t pid;
	/* What ends with the owner, for those that are a descriptor. */
	int fd[MAX_SLOTS];
	bool alive[MAX_SLOTS];
};

static struct shared {
	bool stop;
	unsigned long born[64];
} *shared;

static const char *folder, *bpffs, *cgroup;
static int device;

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

static const char *in(const char *where, const struct worker *worker, int slot,
		      const char *what)
{
	static char paths[4][4096];
	static unsigned int turn;
	char *path = paths[turn++ % 4];

	snprintf(path, 4096, "%s/%s%d-%d%s", where, worker->kind->name, worker->nr, slot, what);
	return path;
}

static int new_map(void)
{
	return ok(bpf_map_create(BPF_MAP_TYPE_ARRAY, "bpfsoak", 4, 8, 1, NULL));
}

static void pin(const char *path)
{
	int map = new_map();

	ok(bpf_obj_pin(map, path));
	close(map);
}

static void attach(int owner, const char *name)
{
	struct bpfpin_ioc_attach request = {
		.size = sizeof(request),
		.owner.fd = owner,
		.object_fd = new_map(),
		.name = (unsigned long)name,
	};

	ok(ioctl(device, BPFPIN_IOC_ATTACH, &request));
	close(request.object_fd);
}

static void tie(int owner, const char *path)
{
	struct bpfpin_ioc_tie request = {
		.size = sizeof(request),
		.owner.fd = owner,
		.path_fd = AT_FDCWD,
		.path = (unsigned long)path,
	};

	ok(ioctl(device, BPFPIN_IOC_TIE, &request));
}

static void unpin(const char *path)
{
	struct bpfpin_ioc_unpin request = {
		.size = sizeof(request),
		.path_fd = AT_FDCWD,
		.path = (unsigned long)path,
	};

	ok(ioctl(device, BPFPIN_IOC_UNPIN, &request));
}

/* An entry of bpffs for a tie; the one of the owner before may not be quite gone. */
static void pin_entry(const char *path)
{
	while (!access(path, F_OK))
		usleep(1000);
	pin(path);
}

/* File pins. */

static void file_born(struct worker *worker, int slot)
{
	pin(in(folder, worker, slot, ""));
}

static void file_dies(struct worker *worker, int slot)
{
	const char *path = in(folder, worker, slot, ""), *other = in(folder, worker, slot, "-x");

	switch (random() % 4) {
	case 0:
		unpin(path);
		break;
	case 1:
		close(ok(creat(other, 0600)));
		ok(rename(other, path));
		ok(unlink(path));
		break;
	case 2:
		ok(link(path, other));
		ok(unlink(path));
		ok(unlink(other));
		break;
	default:
		ok(unlink(path));
	}
}

/* Sockets and pipes, with two pins each. */

static void socket_born(struct worker *worker, int slot)
{
	int fds[2];

	if (random() % 4) {
		worker->fd[slot] = ok(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
	} else {
		ok(pipe2(fds, O_CLOEXEC));
		close(fds[0]);
		worker->fd[slot] = fds[1];
	}
	attach(worker->fd[slot], "a");
	attach(worker->fd[slot], "b");
}

static void fd_dies(struct worker *worker, int slot)
{
	close(worker->fd[slot]);
}

/* Network namespaces that a descriptor keeps, each with a pin and a tie. */

static void netns_born(struct worker *worker, int slot)
{
	const char *entry = in(bpffs, worker, slot, "");
	static int home = -1;
	int netns;

	if (home < 0)
		home = ok(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
	pin_entry(entry);
	ok(unshare(CLONE_NEWNET));
	netns = ok(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
	ok(setns(home, CLONE_NEWNET));
	attach(netns, "a");
	tie(netns, entry);
	worker->fd[slot] = netns;
}

/* Cgroups, each with what is attached, a file and a tie. */

static void cgroup_born(struct worker *worker, int slot)
{
	const char *entry = in(bpffs, worker, slot, "");
	const char *path = in(cgroup, worker, slot, "");
	int fd;

	ok(mkdir(path, 0755));
	fd = ok(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	attach(fd, "a");
	pin(in(cgroup, worker, slot, "/bpf.map"));
	pin_entry(entry);
	tie(fd, entry);
	close(fd);
}

static void cgroup_dies(struct worker *worker, int slot)
{
	if (!(random() % 4))
		ok(unlink(in(cgroup, worker, slot, "/bpf.map")));
	ok(rmdir(in(cgroup, worker, slot, "")));
}

static const struct kind kinds[] = {
	{ "file", 1000, file_born, file_dies },
	{ "socket", 500, socket_born, fd_dies },
	{ "netns", 5, netns_born, fd_dies },
	{ "cgroup", 100, cgroup_born, cgroup_dies },
};

static void end_slot(struct worker *worker, int slot)
{
	if (worker->alive[slot])
		worker->kind->dies(worker, slot);
	worker->alive[slot] = false;
}

static void work(struct worker *worker)
{
	const struct kind *kind = worker->kind;
	cpu_set_t cpus;
	int slot;

	CPU_ZERO(&cpus);
	CPU_SET(worker->nr, &cpus);
	ok(sched_setaffinity(0, sizeof(cpus), &cpus));
	srandom(worker->nr * 100 + kind - kinds);
	while (!shared->stop)
		for (int i = 0; i < STEPS; i++) {
			slot = random() % kind->slots;
			end_slot(worker, slot);
			kind->born(worker, slot);
			worker->alive[slot] = true;
			__atomic_fetch_add(&shared->born[kind - kinds], 1, __ATOMIC_RELAXED);
		}
	for (slot = 0; slot < kind->slots; slot++)
		end_slot(worker, slot);
}

/* Three quarters of what can be had, and what the kernel keeps for speed. */
static void press(void)
{
	size_t size = 0, got;
	char *memory;
	char line[256];
	FILE *file;
	int drop;

	while (!shared->stop) {
		file = fopen("/proc/meminfo", "r");
		while (file && fgets(line, sizeof(line), file))
			if (sscanf(line, "MemAvailable: %zu", &got) == 1)
				size = got * 1024 / 4 * 3;
		if (file)
			fclose(file);
		memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
		if (memory != MAP_FAILED)
			munmap(memory, size);
		drop = open("/proc/sys/vm/drop_caches", O_WRONLY);
		if (drop >= 0 && write(drop, "3", 1) == 1)
			close(drop);
		usleep(200000);
	}
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double time_of_get(const char *path)
{
	double start = now();

	close(ok(bpf_obj_get(path)));
	return now() - start;
}

/*
 * What one of many takes, in thousandths of what one from bpffs does, turn by turn; 0 if
 * the clock is too coarse to see one.
 */
static double get_cost(const char *path, const char *in_bpffs)
{
	static double costs[GETS], those_of_bpffs[GETS];

	for (int i = 0; i < GETS; i++) {
		costs[i] = time_of_get(path);
		those_of_bpffs[i] = time_of_get(in_bpffs);
	}
	qsort(costs, GETS, sizeof(*costs), compare);
	qsort(those_of_bpffs, GETS, sizeof(*costs), compare);
	if (!those_of_bpffs[GETS / 2])
		return 0;
	return costs[GETS / 2] / those_of_bpffs[GETS / 2] * 1000;
}

static void must_end(pid_t pid)
{
	int status;

	ok(waitpid(pid, &status, 0));
	if (status)
		die("a process ended with status %d", status);
}

int main(int argc, char **argv)
{
	static const int number = sizeof(kinds) / sizeof(*kinds);
	struct rlimit limit = { 4096, 4096 };
	int processors = sysconf(_SC_NPROCESSORS_ONLN);
	struct worker *workers;
	double before, after, end;
	char probe[4096], beside[4096];
	pid_t presser;

	if (argc != 5) {
		fprintf(stderr, "Usage: bpfsoak SECONDS FOLDER BPFFS CGROUP\n");
		return 1;
	}
	folder = argv[2];
	bpffs = argv[3];
	cgroup = argv[4];
	ok(setrlimit(RLIMIT_NOFILE, &limit));
	device = ok(open(BPFPIN_DEVICE, O_RDONLY | O_CLOEXEC));
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	workers = calloc(number * processors, sizeof(*workers));
	if (shared == MAP_FAILED || !workers)
		die("no memory");

	snprintf(probe, sizeof(probe), "%s/probe", folder);
	pin(probe);
	snprintf(beside, sizeof(beside), "%s/probe", bpffs);
	pin(beside);
	get_cost(probe, beside);
	before = get_cost(probe, beside);
	presser = ok(fork());
	if (!presser) {
		press();
		exit(0);
	}
	for (int i = 0; i < number * processors; i++) {
		workers[i].kind = &kinds[i % number];
		workers[i].nr = i / number;
		workers[i].pid = ok(fork());
		if (!workers[i].pid) {
			work(&workers[i]);
			exit(0);
		}
	}
	for (end = now() + atof(argv[1]); now() < end;)
		usleep(100000);
	shared->stop = true;
	must_end(presser);
	for (int i = 0; i < number * processors; i++)
		must_end(workers[i].pid);
	/* What ends behind it is not to be measured. */
	sleep(2);
	after = get_cost(probe, beside);
	ok(unlink(probe));
	ok(unlink(beside));

	for (int i = 0; i < number; i++)
		printf("%s %lu\n", kinds[i].name, shared->born[i]);
	printf("get-before %.0f\nget-after %.0f\n", before, after);
	return 0;
}
