// SPDX-License-Identifier: GPL-2.0-only
/*
 * workload CGROUP COMMAND...: does something whose numbers are known in a cgroup.
 *
 * It joins the cgroup by one write(2), and is back where it came from before it
 * ends, so that what it does there is the command and nothing else.  What the kernel
 * counted for the process itself meanwhile is printed, and behind it for how long
 * and how often it waited for a CPU, joining and leaving included.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/tcp.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include "tool.h"

static char message[256];

/* What is told when it is over, not while it is counted. */
#define tell(...) snprintf(message, sizeof(message), __VA_ARGS__)

static unsigned long number(const char *word)
{
	char *end;
	unsigned long n = strtoul(word, &end, 0);

	if (!*word || *end)
		die("%s is no number", word);
	return n;
}

/* calls N M: N getppid(2), M openat(2) of nothing */
static void do_calls(char **argv)
{
	unsigned long good = number(argv[0]), bad = number(argv[1]), i;

	for (i = 0; i < good; i++)
		syscall(SYS_getppid);
	for (i = 0; i < bad; i++)
		if (syscall(SYS_openat, AT_FDCWD, "/nothing", O_RDONLY) != -1 || errno != ENOENT)
			die("openat");
}

/* opens N M E: N that work, M of nothing, E with no descriptor left */
static void do_opens(char **argv)
{
	unsigned long good = number(argv[0]), nothing = number(argv[1]), full = number(argv[2]), i;
	struct rlimit limit, before;
	int fd;

	for (i = 0; i < good; i++) {
		fd = ok(open("/", O_RDONLY));
		close(fd);
	}
	for (i = 0; i < nothing; i++)
		if (open("/nothing", O_RDONLY) >= 0)
			die("there is /nothing");
	ok(getrlimit(RLIMIT_NOFILE, &before));
	limit = (struct rlimit){ 3, before.rlim_max };
	ok(setrlimit(RLIMIT_NOFILE, &limit));
	for (i = 0; i < full; i++)
		if (open("/", O_RDONLY) >= 0 || errno != EMFILE)
			die("open with no descriptor left");
	ok(setrlimit(RLIMIT_NOFILE, &before));
}

/* faults PAGES FILE: touches so many pages of memory, and all of a file */
static void do_faults(char **argv)
{
	size_t page = sysconf(_SC_PAGESIZE), pages = number(argv[0]), i;
	int fd = ok(open(argv[1], O_RDONLY));
	size_t size = ok(lseek(fd, 0, SEEK_END));
	struct rusage before, after;
	volatile char *memory, *file;
	char sum = 0;

	memory = mmap(NULL, pages * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	file = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (memory == MAP_FAILED || file == MAP_FAILED)
		die_errno();
	madvise((void *)memory, pages * page, MADV_NOHUGEPAGE);
	madvise((void *)file, size, MADV_RANDOM);
	getrusage(RUSAGE_SELF, &before);
	for (i = 0; i < pages; i++)
		memory[i * page] = 1;
	for (i = 0; i < size; i += page)
		sum += file[i];
	getrusage(RUSAGE_SELF, &after);
	tell("%ld %ld", after.ru_minflt - before.ru_minflt, after.ru_majflt - before.ru_majflt);
	(void)sum;
}

/* eat BYTES ROUNDS: touches memory, gives it back */
static void do_eat(char **argv)
{
	size_t size = number(argv[0]), rounds = number(argv[1]);
	char *memory;

	while (rounds--) {
		memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (memory == MAP_FAILED)
			die_errno();
		memset(memory, 1, size);
		munmap(memory, size);
	}
}

/* What /proc/PID/schedstat has: nanoseconds waited, and how often it ran. */
static void schedstat(unsigned long long *waited, unsigned long long *runs)
{
	char line[128] = "";
	int fd = ok(open("/proc/self/schedstat", O_RDONLY));

	ok(read(fd, line, sizeof(line) - 1));
	close(fd);
	if (sscanf(line, "%*u %llu %llu", waited, runs) != 2)
		die("/proc/self/schedstat has '%s'", line);
}

/* spin MILLISECONDS NAPS: computes, with so many short sleeps in between */
static void do_spin(char **argv)
{
	unsigned long long waited, runs, waited_before, runs_before;
	unsigned long ms = number(argv[0]), naps = number(argv[1]), i = 0;
	struct timespec begin, now, nap = { 0, 100000 };
	unsigned long passed;

	schedstat(&waited_before, &runs_before);
	clock_gettime(CLOCK_MONOTONIC, &begin);
	do {
		clock_gettime(CLOCK_MONOTONIC, &now);
		passed = (now.tv_sec - begin.tv_sec) * 1000 +
			(now.tv_nsec - begin.tv_nsec) / 1000000;
		if (i < naps && passed >= ms * i / naps) {
			nanosleep(&nap, NULL);
			i++;
		}
	} while (passed < ms);
	schedstat(&waited, &runs);
	tell("%llu %llu", waited - waited_before, runs - runs_before);
}

/* read|write FILE N BYTES: past the page cache, one request each */
static void do_io(char **argv, bool write_it)
{
	unsigned long count = number(argv[1]), size = number(argv[2]), i;
	int fd = ok(open(argv[0], (write_it ? O_WRONLY : O_RDONLY) | O_DIRECT));
	void *buffer;

	if (posix_memalign(&buffer, 4096, size))
		die("no memory");
	memset(buffer, 0, size);
	for (i = 0; i < count; i++)
		if ((write_it ? pwrite(fd, buffer, size, i * size)
			      : pread(fd, buffer, size, i * size)) != (ssize_t)size)
			die_errno();
	close(fd);
}

static void do_read(char **argv)
{
	do_io(argv, false);
}

static void do_write(char **argv)
{
	do_io(argv, true);
}

/* ---- TCP */

static struct sockaddr_in address(char **argv)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(number(argv[1])) };

	if (!inet_aton(argv[0], &to.sin_addr))
		die("%s is no address", argv[0]);
	return to;
}

static void send_all(int fd, size_t size)
{
	static char buffer[65536];
	ssize_t n;

	for (; size; size -= n)
		n = ok(write(fd, buffer, size < sizeof(buffer) ? size : sizeof(buffer)));
}

static void receive_all(int fd, size_t size)
{
	static char buffer[65536];
	ssize_t n;

	for (; size; size -= n) {
		n = ok(read(fd, buffer, size < sizeof(buffer) ? size : sizeof(buffer)));
		if (!n)
			die("the connection ended %zu bytes early", size);
	}
}

/* What the kernel counted for the socket itself. */
static void tell_tcp(int fd)
{
	struct tcp_info info;
	socklen_t len = sizeof(info);

	ok(getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len));
	tell("%llu %llu %u %u", (unsigned long long)info.tcpi_bytes_sent - info.tcpi_bytes_retrans,
	     (unsigned long long)info.tcpi_bytes_received, info.tcpi_total_retrans, info.tcpi_rtt);
}

/* serve ADDRESS PORT IN OUT: takes one connection, IN bytes from it, gives OUT */
static void do_serve(char **argv)
{
	struct sockaddr_in to = address(argv);
	int one = 1, fd = ok(socket(AF_INET, SOCK_STREAM, 0)), connection;
	char c;

	ok(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)));
	ok(bind(fd, (void *)&to, sizeof(to)));
	ok(listen(fd, 1));
	ok(write(STDOUT_FILENO, "ready\n", 6));
	connection = ok(accept(fd, NULL, NULL));
	receive_all(connection, number(argv[2]));
	send_all(connection, number(argv[3]));
	/* until the other side ends it */
	if (ok(read(connection, &c, 1)))
		die("more than was announced");
	tell_tcp(connection);
	close(connection);
	close(fd);
}

/* connect ADDRESS PORT OUT IN */
static void do_connect(char **argv)
{
	struct sockaddr_in to = address(argv);
	int fd = ok(socket(AF_INET, SOCK_STREAM, 0));

	ok(connect(fd, (void *)&to, sizeof(to)));
	send_all(fd, number(argv[2]));
	receive_all(fd, number(argv[3]));
	tell_tcp(fd);
	close(fd);
}

static const struct {
	const char *name;
	void (*run)(char **argv);
	int args;
} commands[] = {
	{ "calls", do_calls, 2 },
	{ "opens", do_opens, 3 },
	{ "faults", do_faults, 2 },
	{ "eat", do_eat, 2 },
	{ "spin", do_spin, 2 },
	{ "read", do_read, 3 },
	{ "write", do_write, 3 },
	{ "serve", do_serve, 4 },
	{ "connect", do_connect, 4 },
};

/* Of its own mount, so that a network namespace's may be another. */
static int open_procs(const char *directory, const char *below)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s%s/cgroup.procs", directory, below);
	return ok(open(path, O_WRONLY | O_CLOEXEC));
}

int main(int argc, char **argv)
{
	unsigned long long waited, runs, waited_before, runs_before;
	char line[4096] = "", *came_from;
	int there, back, fd;
	size_t i;

	if (argc < 3)
		die("workload CGROUP COMMAND ...");
	for (i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (!strcmp(commands[i].name, argv[2]) && argc - 3 == commands[i].args)
			break;
	if (i == sizeof(commands) / sizeof(*commands))
		die("no command %s, or not so many arguments", argv[2]);
	fd = ok(open("/proc/self/cgroup", O_RDONLY));
	ok(read(fd, line, sizeof(line) - 1));
	close(fd);
	came_from = strstr(line, "0::/");
	if (!came_from)
		die("no cgroup2");
	came_from += 3;
	came_from[strcspn(came_from, "\n")] = '\0';
	there = open_procs(argv[1], "");
	back = open_procs("/sys/fs/cgroup", came_from);
	schedstat(&waited_before, &runs_before);
	ok(write(there, "0", 1));
	commands[i].run(argv + 3);
	ok(write(back, "0", 1));
	schedstat(&waited, &runs);
	if (*message)
		printf("%s %llu %llu\n", message, waited - waited_before, runs - runs_before);
	return 0;
}
