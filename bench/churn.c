// SPDX-License-Identifier: GPL-2.0-only
/*
 * churn FOLDER COUNT LIVING tie|hand
 *
 * Namespaces that come and go: COUNT network namespaces one after the other, each
 * with 2 programs and 5 maps pinned in a folder of its own below FOLDER, which is
 * on a bpffs.  The last LIVING stay.  What belongs to one that ended is removed by
 * its tie, or by hand, as an agent would that misses nothing.
 *
 * The kernel tears namespaces down in a worker, all together that have ended since
 * it last looked, and on a busy processor that is late: on 6.1 the memory of those
 * that waited grew to hundreds of megabytes.  For runs to be the same work, no more
 * than BACKLOG may wait, and each fifth of COUNT waits for the end of its own.
 * Nobody else may have any.
 *
 * Prints after each fifth of COUNT a line "memory BYTES", and at the end "left
 * OBJECTS", "living OBJECTS" and "cost N": a namespace's life in nanoseconds of
 * the processor, whoever it worked for: much of the end is done by workers.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/bpfpin.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include "bench.h"

#define PROGS	2
#define MAPS	5
#define OBJECTS	(PROGS + MAPS)
/* Namespaces that have ended and that the kernel has not torn down yet. */
#define BACKLOG	10
/* How long to wait for the kernel, in seconds of the guest. */
#define PATIENCE 60

static const char *folder;
static int device, own_netns;

/* How many namespaces there may be.  One counts until the last of it is gone. */
static void limit_netns(long limit)
{
	static const char name[] = "/proc/sys/user/max_net_namespaces";
	FILE *file = fopen(name, "w");

	if (!file || fprintf(file, "%ld", limit) < 0 || fclose(file))
		die(name);
}

/* A namespace that nothing keeps but the descriptor, when the limit allows it. */
static int new_netns(void)
{
	int fd, tries = 0;

	while (unshare(CLONE_NEWNET)) {
		if (errno != ENOSPC)
			die("unshare");
		if (++tries > PATIENCE * 1000) {
			fprintf(stderr, "churn: namespaces that have ended are not torn down after %d seconds\n",
				PATIENCE);
			exit(1);
		}
		usleep(1000);
	}
	fd = must(open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC), "ns");
	must(setns(own_netns, CLONE_NEWNET), "setns");
	return fd;
}

static void pin_objects(const char *pod)
{
	char path[4096];
	int fd;

	must(mkdir(pod, 0700), pod);
	for (int i = 0; i < OBJECTS; i++) {
		fd = i < PROGS ? new_prog() : new_map();
		snprintf(path, sizeof(path), "%s/%d", pod, i);
		pin_fd(fd, path);
		close(fd);
	}
}

static void remove_objects(const char *pod)
{
	char path[4096];

	for (int i = 0; i < OBJECTS; i++) {
		snprintf(path, sizeof(path), "%s/%d", pod, i);
		must(unlink(path), path);
	}
	must(rmdir(pod), pod);
}

static void tie(const char *pod, int netns)
{
	struct bpfpin_ioc_tie request = {
		.size = sizeof(request),
		.owner = { .fd = netns },
		.path_fd = AT_FDCWD,
		.path = (__u64)(unsigned long)pod,
	};

	must(ioctl(device, BPFPIN_IOC_TIE, &request), "tie");
}

static long count_ids(int command)
{
	union bpf_attr attr = {};
	long count = 0;

	while (!bpf(command, &attr)) {
		attr.start_id = attr.next_id;
		count++;
	}
	return count;
}

static long count_objects(void)
{
	return count_ids(BPF_PROG_GET_NEXT_ID) + count_ids(BPF_MAP_GET_NEXT_ID);
}

/* Kernel memory in bytes, without what it only keeps for later. */
static long long kernel_memory(void)
{
	long long slab = 0, vmalloc = 0;
	char line[256];
	FILE *file;
	int fd;

	sync();
	fd = must(open("/proc/sys/vm/drop_caches", O_WRONLY), "drop_caches");
	must(write(fd, "3", 1), "drop_caches");
	close(fd);
	sleep(2);
	file = fopen("/proc/meminfo", "r");
	if (!file)
		die("meminfo");
	while (fgets(line, sizeof(line), file)) {
		sscanf(line, "SUnreclaim: %lld", &slab);
		sscanf(line, "VmallocUsed: %lld", &vmalloc);
	}
	fclose(file);
	return (slab + vmalloc) * 1024;
}

/* For how long the processor was not idle, in nanoseconds. */
static double busy(void)
{
	double up, idle;
	FILE *file = fopen("/proc/uptime", "r");

	if (!file || fscanf(file, "%lf %lf", &up, &idle) != 2)
		die("uptime");
	fclose(file);
	return (up - idle) * 1e9;
}

/*
 * Waits until only the namespaces that live are there, and one more which does not
 * matter: the kernel gives back the memory of the last ones with the next.
 */
static void settle_netns(long living)
{
	limit_netns(living + 1);
	close(new_netns());
	limit_netns(living + 1 + BACKLOG);
}

/* Namespaces end in the background; so do ties.  Returns how many objects are left. */
static long settle(long living, long expected)
{
	long left;

	settle_netns(living);
	for (int tries = 0; tries < PATIENCE * 10; tries++) {
		left = count_objects();
		if (left == expected)
			break;
		usleep(100000);
	}
	return left;
}

int main(int argc, char **argv)
{
	long count, living, before, expected;
	double start, spent = 0;
	bool by_tie;
	int *netns;

	if (argc != 5) {
		fprintf(stderr, "usage: churn FOLDER COUNT LIVING tie|hand\n");
		return 1;
	}
	folder = argv[1];
	count = atol(argv[2]);
	living = atol(argv[3]);
	by_tie = !strcmp(argv[4], "tie");
	device = open(BPFPIN_DEVICE, O_RDONLY | O_CLOEXEC);
	own_netns = must(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), "ns");
	netns = calloc(count + living, sizeof(*netns));
	if (!netns)
		die("memory");
	settle_netns(0);
	before = count_objects();

	start = busy();
	for (long i = 0; i < count + living; i++) {
		char pod[2048];

		snprintf(pod, sizeof(pod), "%s/%ld", folder, i);
		if (i >= count)
			limit_netns(i - count + 1 + BACKLOG);
		netns[i] = new_netns();
		pin_objects(pod);
		if (by_tie)
			tie(pod, netns[i]);
		if (i >= count)
			continue;
		close(netns[i]);
		if (!by_tie)
			remove_objects(pod);
		if ((i + 1) % (count / 5) == 0) {
			settle(0, before);
			spent += busy() - start;
			printf("memory %lld\n", kernel_memory());
			fflush(stdout);
			start = busy();
		}
	}
	expected = OBJECTS * living;
	printf("left %ld\n", settle(living, before + expected) - before);
	printf("living %ld\n", expected);
	printf("cost %.0f\n", spent / count);
	return 0;
}
