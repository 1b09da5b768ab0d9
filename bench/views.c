// SPDX-License-Identifier: GPL-2.0-only
/*
 * Views, and what the stock kernel has instead: links of the iterator over cgroups.
 * All but the first three print one figure.
 *
 * views link self|below PROG CGROUP FILE	pin a link that iterates over the cgroup
 * views count MAP CGROUP...	what the program prints of these cgroups
 * views tree MAP CGROUP N	N hundred cgroups below, with what it prints of them
 *
 * views read FILE ROUNDS	open, one read and close
 * views reread FILE ROUNDS	a read at the beginning of a file that is open
 * views add PROG CGROUP N	N views that are inherited: what one costs
 * views remove CGROUP N	the same for removing them
 * views files CGROUP N NAME	reading the file NAME in each of that tree
 * views walks FOLDER N	reading to its end each of the files 0, 1, ... N - 1
 * views readers FILE [FILE]	how often in a second it is read: on the first
 *				processor, and the second file at once on the second
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/bpfpin.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include "bench.h"

#define HUNDRED 100
/* In the guest's time. */
#define READING_US 100000

static const char *read_path;
static int read_fd;

static int get(const char *path)
{
	union bpf_attr attr = { .pathname = (__u64)(unsigned long)path };

	return must(bpf(BPF_OBJ_GET, &attr), path);
}

static void link_cgroup(const char *order, const char *prog, const char *cgroup,
			const char *file)
{
	union bpf_iter_link_info info = {
		.cgroup = {
			.order = strcmp(order, "self") ? BPF_CGROUP_ITER_DESCENDANTS_PRE :
							 BPF_CGROUP_ITER_SELF_ONLY,
			.cgroup_fd = must(open(cgroup, O_RDONLY), cgroup),
		},
	};
	union bpf_attr attr = {
		.link_create = {
			.prog_fd = get(prog),
			.attach_type = BPF_TRACE_ITER,
			.iter_info = (__u64)(unsigned long)&info,
			.iter_info_len = sizeof(info),
		},
	};

	pin_fd(must(bpf(BPF_LINK_CREATE, &attr), "create a link"), file);
}

/* The id of a cgroup is its inode's number. */
static void count(int map, const char *cgroup)
{
	struct stat stat_buf;
	struct {
		__u64 count, nanoseconds;
	} latency = { 123456, 123456 * 7890ULL };
	union bpf_attr attr = {
		.map_fd = map,
		.key = (__u64)(unsigned long)&stat_buf.st_ino,
		.value = (__u64)(unsigned long)&latency,
	};

	must(stat(cgroup, &stat_buf), cgroup);
	must(bpf(BPF_MAP_UPDATE_ELEM, &attr), "update the map");
}

/* The path of cgroup @i of the tree: 0, 0/1, ... 0/99, 1, 1/1, ... */
static void tree_path(char path[4096], const char *cgroup, long i)
{
	if (i % HUNDRED)
		snprintf(path, 4096, "%s/%ld/%ld", cgroup, i / HUNDRED, i % HUNDRED);
	else
		snprintf(path, 4096, "%s/%ld", cgroup, i / HUNDRED);
}

static void make_tree(int map, const char *cgroup, long hundreds)
{
	char path[4096];

	for (long i = 0; i < hundreds * HUNDRED; i++) {
		tree_path(path, cgroup, i);
		must(mkdir(path, 0755), path);
		count(map, path);
	}
}

/* Returns how much it was, and 0 is wrong. */
static ssize_t read_once(const char *path)
{
	int fd = must(open(path, O_RDONLY), path);
	char text[4096];
	ssize_t size = must(read(fd, text, sizeof(text)), path);

	close(fd);
	return size;
}

static void op_read(void)
{
	if (!read_once(read_path))
		die("nothing to read");
}

static void op_reread(void)
{
	char text[4096];

	if (must(pread(read_fd, text, sizeof(text), 0), "pread") == 0)
		die("nothing to read");
}

static double add(const char *prog_path, const char *cgroup, int views)
{
	int device = must(open(BPFPIN_DEVICE, O_RDONLY | O_CLOEXEC), BPFPIN_DEVICE);
	int prog = get(prog_path);
	double costs[views];
	char path[4096];
	struct bpfpin_ioc_view request = {
		.size = sizeof(request),
		.flags = BPFPIN_VIEW_INHERIT,
		.prog_fd = prog,
		.path_fd = AT_FDCWD,
		.path = (__u64)(unsigned long)path,
		.mode = 0444,
		.uid = BPFPIN_VIEW_CALLER,
		.gid = BPFPIN_VIEW_CALLER,
	};
	long long start;

	for (int i = 0; i < views; i++) {
		snprintf(path, sizeof(path), "%s/bpf.latency%d", cgroup, i);
		start = now();
		must(ioctl(device, BPFPIN_IOC_VIEW, &request), path);
		costs[i] = now() - start;
	}
	return median(costs, views);
}

static double remove_views(const char *cgroup, int views)
{
	double costs[views];
	char path[4096];
	long long start;

	for (int i = 0; i < views; i++) {
		snprintf(path, sizeof(path), "%s/bpf.latency%d", cgroup, i);
		start = now();
		must(unlink(path), path);
		costs[i] = now() - start;
	}
	return median(costs, views);
}

static double read_files(const char *cgroup, long hundreds, const char *name)
{
	long long start = now();
	char path[4096];
	size_t length;

	for (long i = 0; i < hundreds * HUNDRED; i++) {
		tree_path(path, cgroup, i);
		length = strlen(path);
		snprintf(path + length, sizeof(path) - length, "/%s", name);
		if (!read_once(path))
			die("nothing to read");
	}
	return now() - start;
}

static double read_walks(const char *folder, long files)
{
	static char text[65536];
	long long start = now();
	char path[4096];
	ssize_t size;
	int fd;

	for (long i = 0; i < files; i++) {
		snprintf(path, sizeof(path), "%s/%ld", folder, i);
		fd = must(open(path, O_RDONLY), path);
		do {
			size = must(read(fd, text, sizeof(text)), path);
		} while (size);
		close(fd);
	}
	return now() - start;
}

/* ---- readers at once ---- */

static atomic_bool go, stop;
static atomic_int ready;

struct reader {
	pthread_t thread;
	const char *path;
	int cpu;
	long reads;
};

static void *keep_reading(void *arg)
{
	struct reader *reader = arg;
	cpu_set_t cpus;
	long reads = 0;

	CPU_ZERO(&cpus);
	CPU_SET(reader->cpu, &cpus);
	must(sched_setaffinity(0, sizeof(cpus), &cpus), "sched_setaffinity");
	atomic_fetch_add(&ready, 1);
	while (!atomic_load(&go))
		usleep(1000);
	while (!atomic_load(&stop)) {
		if (!read_once(reader->path))
			die("nothing to read");
		reads++;
	}
	reader->reads = reads;
	return NULL;
}

static double readers(char **paths, int number)
{
	struct reader reader[number];
	long long start;
	long reads = 0;
	double seconds;

	for (int i = 0; i < number; i++) {
		reader[i] = (struct reader){ .path = paths[i], .cpu = i };
		if (pthread_create(&reader[i].thread, NULL, keep_reading, &reader[i]))
			die("thread");
	}
	while (atomic_load(&ready) < number)
		usleep(1000);
	start = now();
	atomic_store(&go, 1);
	usleep(READING_US);
	atomic_store(&stop, 1);
	seconds = (now() - start) / 1e9;
	for (int i = 0; i < number; i++) {
		pthread_join(reader[i].thread, NULL);
		reads += reader[i].reads;
	}
	return reads / seconds;
}

static double run(int argc, char **argv)
{
	const char *what = argv[1];

	if (!strcmp(what, "read") && argc == 4) {
		read_path = argv[2];
		return median_cost(op_read, atol(argv[3]));
	}
	if (!strcmp(what, "reread") && argc == 4) {
		read_fd = must(open(argv[2], O_RDONLY), argv[2]);
		return median_cost(op_reread, atol(argv[3]));
	}
	if (!strcmp(what, "add") && argc == 5)
		return add(argv[2], argv[3], atoi(argv[4]));
	if (!strcmp(what, "remove") && argc == 4)
		return remove_views(argv[2], atoi(argv[3]));
	if (!strcmp(what, "files") && argc == 5)
		return read_files(argv[2], atol(argv[3]), argv[4]);
	if (!strcmp(what, "walks") && argc == 4)
		return read_walks(argv[2], atol(argv[3]));
	if (!strcmp(what, "readers") && argc > 2)
		return readers(argv + 2, argc - 2);
	errno = EINVAL;
	die(what);
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: views WHAT ARGUMENT...\n");
		return 1;
	}
	if (!strcmp(argv[1], "link") && argc == 6) {
		link_cgroup(argv[2], argv[3], argv[4], argv[5]);
	} else if (!strcmp(argv[1], "count")) {
		for (int i = 3; i < argc; i++)
			count(get(argv[2]), argv[i]);
	} else if (!strcmp(argv[1], "tree") && argc == 5) {
		make_tree(get(argv[2]), argv[3], atol(argv[4]));
	} else {
		printf("%.0f\n", run(argc, argv));
	}
	return 0;
}
