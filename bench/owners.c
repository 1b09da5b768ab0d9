// SPDX-License-Identifier: GPL-2.0-only
/*
 * What attached pins cost their owners; prints one figure.
 *
 * owners one-owner N	close(2) of a socket with N pins, for each pin
 * owners sockets N	N sockets with a pin each: close(2) of one
 * owners plain N	N sockets without a pin: close(2) of one
 * owners attach N	N sockets: attaching a pin to one
 * owners released	from close(2) of a socket to the map's end, in the kernel
 * owners polled	the same by an agent that looks every 100 ms
 * owners inotify	from the removal of a file to the map's end, by an agent
 *			that inotify tells
 *
 * The last three are the mean of 20.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/bpfpin.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "bench.h"

#define TIMES 20
/* Sent by no agent: its file in /proc says that the socket is gone. */
#define PERIOD_US 100000

static int device;

static void attach(int owner, int object, const char *name)
{
	struct bpfpin_ioc_attach request = {
		.size = sizeof(request),
		.owner = { .fd = owner },
		.object_fd = object,
		.name = (__u64)(unsigned long)name,
	};

	must(ioctl(device, BPFPIN_IOC_ATTACH, &request), "attach");
}

static int new_socket(void)
{
	return must(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
}

static __u32 id_of_map(int fd)
{
	struct bpf_map_info info = {};
	union bpf_attr attr = {
		.info = {
			.bpf_fd = fd,
			.info_len = sizeof(info),
			.info = (__u64)(unsigned long)&info,
		},
	};

	must(bpf(BPF_OBJ_GET_INFO_BY_FD, &attr), "map info");
	return info.id;
}

static bool is_alive(__u32 id)
{
	union bpf_attr attr = { .map_id = id };
	long fd = bpf(BPF_MAP_GET_FD_BY_ID, &attr);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static double one_owner(long count)
{
	int owner = new_socket(), map = new_map();
	long long start;
	char name[32];

	for (long i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "%ld", i);
		attach(owner, map, name);
	}
	start = now();
	close(owner);
	return (double)(now() - start) / count;
}

static int *many_sockets(long count)
{
	struct rlimit limit = { count + 100, count + 100 };
	int *sockets = malloc(count * sizeof(*sockets));

	if (!sockets || setrlimit(RLIMIT_NOFILE, &limit))
		die("so many descriptors");
	for (long i = 0; i < count; i++)
		sockets[i] = new_socket();
	return sockets;
}

static double sockets(long count, bool pinned, bool want_attach)
{
	int *owner = many_sockets(count), map = new_map();
	long long start = now(), attached;

	for (long i = 0; pinned && i < count; i++)
		attach(owner[i], map, "pin");
	attached = now() - start;
	start = now();
	for (long i = 0; i < count; i++)
		close(owner[i]);
	return (double)(want_attach ? attached : now() - start) / count;
}

static double wait_for_end(__u32 id, long long since)
{
	while (is_alive(id))
		sched_yield();
	return now() - since;
}

static double released(void)
{
	int owner = new_socket(), map = new_map();
	__u32 id = id_of_map(map);
	long long start;

	attach(owner, map, "pin");
	close(map);
	start = now();
	close(owner);
	return wait_for_end(id, start);
}

/* What an agent that keeps the map itself does, and what it goes by. */
static atomic_int agent_owner;
static int agent_map, agent_inotify;

static void *agent_polls(void *arg)
{
	(void)arg;
	/* Looks at the owner as it would at /proc or a list of sockets. */
	while (fcntl(atomic_load(&agent_owner), F_GETFD) >= 0)
		usleep(PERIOD_US);
	close(agent_map);
	return NULL;
}

static void *agent_is_told(void *arg)
{
	char events[4096];

	(void)arg;
	if (read(agent_inotify, events, sizeof(events)) < 0)
		die("read events");
	close(agent_map);
	return NULL;
}

static double polled(void)
{
	pthread_t agent;
	long long start;
	__u32 id;

	agent_map = new_map();
	id = id_of_map(agent_map);
	atomic_store(&agent_owner, new_socket());
	if (pthread_create(&agent, NULL, agent_polls, NULL))
		die("thread");
	/* Somewhere in its period. */
	usleep(rand() % PERIOD_US);
	start = now();
	close(atomic_load(&agent_owner));
	pthread_join(agent, NULL);
	return wait_for_end(id, start);
}

static double told_by_inotify(void)
{
	static const char path[] = "/tmp/owner";
	pthread_t agent;
	long long start;
	double took;
	__u32 id;

	agent_map = new_map();
	id = id_of_map(agent_map);
	close(must(open(path, O_CREAT | O_WRONLY, 0600), path));
	agent_inotify = must(inotify_init1(IN_CLOEXEC), "inotify");
	must(inotify_add_watch(agent_inotify, path, IN_DELETE_SELF), "watch");
	if (pthread_create(&agent, NULL, agent_is_told, NULL))
		die("thread");
	usleep(PERIOD_US);
	start = now();
	unlink(path);
	pthread_join(agent, NULL);
	took = wait_for_end(id, start);
	close(agent_inotify);
	return took;
}

static double mean(double (*once)(void))
{
	double sum = 0;

	for (int i = 0; i < TIMES; i++)
		sum += once();
	return sum / TIMES;
}

static double run(const char *what, long count)
{
	if (!strcmp(what, "one-owner"))
		return one_owner(count);
	if (!strcmp(what, "sockets"))
		return sockets(count, true, false);
	if (!strcmp(what, "plain"))
		return sockets(count, false, false);
	if (!strcmp(what, "attach"))
		return sockets(count, true, true);
	if (!strcmp(what, "released"))
		return mean(released);
	if (!strcmp(what, "polled"))
		return mean(polled);
	if (!strcmp(what, "inotify"))
		return mean(told_by_inotify);
	errno = EINVAL;
	die(what);
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: owners WHAT [N]\n");
		return 1;
	}
	device = open(BPFPIN_DEVICE, O_RDONLY | O_CLOEXEC);
	printf("%.0f\n", run(argv[1], argc > 2 ? atol(argv[2]) : 0));
	return 0;
}
