// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfmonitor: the events of /dev/bpfpin, and readers that do all that can be done
 * with them.
 *
 *   bpfmonitor run [--wait N] COMMAND...   run the command, then print what has
 *                          happened meanwhile, or wait until it is N events:
 *                          TYPE CAUSE PIN-ID OBJECT-TYPE OBJECT-ID SUBTYPE
 *                          OBJECT-NAME KIND LOST
 *   bpfmonitor open        only ask to be told
 *   bpfmonitor hold        the same in a process that stays: print its id
 *   bpfmonitor attach PATH NAME            attach a map to what is at the path
 *   bpfmonitor attach-netdev IFNAME NAME   ... to a network device
 *   bpfmonitor attach-close socket|pipe NAME   ... to one that is closed then
 *                          all three print the ids of pin and map
 *   bpfmonitor check-WHAT  see the end of this file
 *
 * A system call that fails is told as "errno ENAME" on standard error and exit
 * code 3; anything else that is wrong is exit code 1.
 */
#define _GNU_SOURCE
#include <assert.h>
#include <fcntl.h>
#include <inttypes.h>
#include <net/if.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

#include <linux/bpf.h>
#include <linux/bpfpin.h>

#include "tool.h"

#define PAGE		4096u
/* Of the module: as many as it keeps for a reader. */
#define ROOM		1024u
#define MAP_NAME	"bpfmonitor_map"

static_assert(sizeof(struct bpfpin_event) == 72, "the size is the ABI's");

#define CHECK(condition, ...)						\
	do {								\
		if (!(condition))					\
			die("line %d: %s:%s", __LINE__, #condition,	\
			    message(" " __VA_ARGS__));			\
	} while (0)

__attribute__((format(printf, 1, 2)))
static const char *message(const char *fmt, ...)
{
	static __thread char text[200];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return text;
}

/* A call that has to fail with this errno. */
#define CHECK_ERRNO(error, call)					\
	do {								\
		long returned = (call);					\
		CHECK(returned < 0 && errno == (error), "%ld, %s", returned, \
		      returned < 0 ? strerrorname_np(errno) : "no error"); \
	} while (0)

static int open_device(int flags)
{
	return ok(open(BPFPIN_DEVICE, O_CLOEXEC | flags));
}

static int ask_monitor(int device, __u32 flags)
{
	struct bpfpin_ioc_monitor monitor = { .size = sizeof(monitor), .flags = flags };

	return ioctl(device, BPFPIN_IOC_MONITOR, &monitor);
}

static int open_monitor(int flags)
{
	int device = open_device(O_RDONLY | flags);

	ok(ask_monitor(device, 0));
	return device;
}

static void set_nonblock(int fd, bool on)
{
	int flags = ok(fcntl(fd, F_GETFL));

	ok(fcntl(fd, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK));
}

static void sleep_ms(unsigned int ms)
{
	usleep(ms * 1000);
}

/*
 * Making things happen
 */

static int make_map(__u32 *id)
{
	union bpf_attr attr = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4,
		.max_entries = 1, .map_name = MAP_NAME,
	};
	int fd = ok(syscall(__NR_bpf, BPF_MAP_CREATE, &attr, sizeof(attr)));
	struct bpf_map_info info = { };

	memset(&attr, 0, sizeof(attr));
	attr.info.bpf_fd = fd;
	attr.info.info_len = sizeof(info);
	attr.info.info = (unsigned long)&info;
	ok(syscall(__NR_bpf, BPF_OBJ_GET_INFO_BY_FD, &attr, sizeof(attr)));
	*id = info.id;
	return fd;
}

static int ask_attach(int device, struct bpfpin_owner owner, int object,
		      const char *name, __u32 *pin)
{
	struct bpfpin_ioc_attach attach = {
		.size = sizeof(attach), .owner = owner, .object_fd = object,
		.name = (unsigned long)name,
	};
	int ret = ioctl(device, BPFPIN_IOC_ATTACH, &attach);

	*pin = attach.id;
	return ret;
}

static int ask_unpin(int device, __u32 pin)
{
	struct bpfpin_ioc_unpin unpin = { .size = sizeof(unpin), .id = pin };

	return ioctl(device, BPFPIN_IOC_UNPIN, &unpin);
}

/* Something to attach to, and a map. */
static struct source {
	int device, owner, map;
	__u32 map_id;
} source;

static void source_open(void)
{
	source.device = open_device(O_RDONLY);
	source.owner = ok(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
	source.map = make_map(&source.map_id);
}

/* One event: a pin is made. */
static __u32 make_pin(const char *name)
{
	__u32 pin;

	ok(ask_attach(source.device, (struct bpfpin_owner){ .fd = source.owner },
		      source.map, name, &pin));
	return pin;
}

/* One event: it is released. */
static void end_pin(__u32 pin)
{
	ok(ask_unpin(source.device, pin));
}

/*
 * Looking at events
 */

static const char *text_of(const char * const *texts, size_t count, __u32 number)
{
	if (number >= count || !texts[number])
		die("the number %u means nothing", number);
	return texts[number];
}

#define TEXT_OF(texts, number) text_of(texts, sizeof(texts) / sizeof(*(texts)), number)

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_REALTIME, &time);
	return time.tv_sec * 1000000000ull + time.tv_nsec;
}

/* What is true of every event. */
static void check_event(const struct bpfpin_event *event)
{
	CHECK(event->size == sizeof(*event), "%u", event->size);
	CHECK(event->pin_id && event->object_id);
	CHECK(event->time <= now() && event->time > now() - 1000000000000ull,
	      "%" PRIu64, (uint64_t)event->time);
	CHECK(memchr(event->object_name, 0, sizeof(event->object_name)));
	CHECK(memchr(event->kind, 0, sizeof(event->kind)) && *event->kind);
	CHECK(event->type == BPFPIN_EVENT_PINNED || event->type == BPFPIN_EVENT_RELEASED);
	CHECK((event->type == BPFPIN_EVENT_PINNED) == (event->cause == BPFPIN_CAUSE_NONE),
	      "type %u, cause %u", event->type, event->cause);
}

static void check_is(const struct bpfpin_event *event, __u32 type, __u32 pin)
{
	check_event(event);
	CHECK(event->type == type && event->pin_id == pin, "type %u of pin %u, not %u of %u",
	      event->type, event->pin_id, type, pin);
}

static void print_event(const struct bpfpin_event *event)
{
	static const char * const types[] = {
		[BPFPIN_EVENT_PINNED]	= "pinned",
		[BPFPIN_EVENT_RELEASED]	= "released",
	};
	static const char * const causes[] = {
		[BPFPIN_CAUSE_NONE]	= "none",
		[BPFPIN_CAUSE_UNLINK]	= "unlink",
		[BPFPIN_CAUSE_CLOSE]	= "close",
		[BPFPIN_CAUSE_UMOUNT]	= "umount",
		[BPFPIN_CAUSE_RMDIR]	= "rmdir",
		[BPFPIN_CAUSE_NETNS]	= "netns",
		[BPFPIN_CAUSE_NETDEV]	= "netdev",
		[BPFPIN_CAUSE_UNPIN]	= "unpin",
		[BPFPIN_CAUSE_TIE]	= "tie",
	};
	static const char * const objects[] = {
		[BPFPIN_OBJECT_PROG]	= "prog",
		[BPFPIN_OBJECT_MAP]	= "map",
		[BPFPIN_OBJECT_LINK]	= "link",
	};

	check_event(event);
	printf("%s %s %u %s %u %u %s %s %u\n", TEXT_OF(types, event->type),
	       TEXT_OF(causes, event->cause), event->pin_id,
	       TEXT_OF(objects, event->object_type), event->object_id,
	       event->object_subtype, *event->object_name ? event->object_name : "-",
	       event->kind, event->lost);
}

/* Reads what has to be there, or comes. */
static void read_event(int device, struct bpfpin_event *event)
{
	CHECK(ok(read(device, event, sizeof(*event))) == sizeof(*event));
}

static void expect_nothing(int device)
{
	struct pollfd pollfd = { .fd = device, .events = POLLIN };
	struct bpfpin_event event;

	CHECK(poll(&pollfd, 1, 0) == 0);
	set_nonblock(device, true);
	CHECK_ERRNO(EAGAIN, read(device, &event, sizeof(event)));
	set_nonblock(device, false);
}

/*
 * Requests as commands
 */

static int run(int argc, char **argv)
{
	struct bpfpin_event events[7];
	int device, status, wanted = 0;
	struct pollfd pollfd;
	ssize_t got;
	pid_t pid;

	if (argc > 2 && !strcmp(argv[0], "--wait")) {
		wanted = atoi(argv[1]);
		argv += 2;
	}
	device = open_monitor(O_NONBLOCK);
	pid = ok(fork());
	if (!pid) {
		execvp(argv[0], argv);
		die("cannot run %s", argv[0]);
	}
	ok(waitpid(pid, &status, 0));

	for (;;) {
		got = read(device, events, sizeof(events));
		if (got < 0 && errno == EAGAIN) {
			pollfd = (struct pollfd){ .fd = device, .events = POLLIN };
			if (wanted <= 0 || poll(&pollfd, 1, 10000) <= 0)
				break;
			continue;
		}
		CHECK(ok(got) % sizeof(*events) == 0, "%zd bytes", got);
		for (size_t i = 0; i < got / sizeof(*events); i++, wanted--)
			print_event(&events[i]);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static void attach(struct bpfpin_owner owner, const char *name)
{
	int device = open_device(O_RDONLY);
	__u32 map_id, pin;
	int map = make_map(&map_id);

	ok(ask_attach(device, owner, map, name, &pin));
	printf("%u %u\n", pin, map_id);
	close(map);
	close(device);
}

static void attach_close(const char *what, const char *name)
{
	int fds[2];

	if (!strcmp(what, "pipe"))
		ok(pipe(fds));
	else
		ok(socketpair(AF_UNIX, SOCK_STREAM, 0, fds));
	attach((struct bpfpin_owner){ .fd = fds[0] }, name);
	close(fds[0]);
	close(fds[1]);
}

/*
 * What one reader gets, that need not wait
 */

static void check_reads(void)
{
	unsigned char *pages = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE,
				    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct bpfpin_event events[8], others[8], *last = (void *)(pages + 2 * PAGE);
	int device = open_device(O_RDWR), second, third;
	struct pollfd pollfd = { .fd = device, .events = POLLIN | POLLOUT };
	__u32 pin;

	CHECK(pages != MAP_FAILED && !mprotect(last, PAGE, PROT_NONE));
	source_open();

	/* Not asked yet. */
	CHECK_ERRNO(EINVAL, read(device, events, sizeof(events)));
	CHECK(poll(&pollfd, 1, 1000) == 1 && pollfd.revents == (POLLIN | POLLOUT));
	for (int bit = 0; bit < 32; bit++)
		CHECK_ERRNO(EINVAL, ask_monitor(device, 1u << bit));
	CHECK_ERRNO(EINVAL, read(device, events, sizeof(events)));
	/* What happens before is not told. */
	pin = make_pin("x");
	ok(ask_monitor(device, 0));
	CHECK_ERRNO(EBUSY, ask_monitor(device, 0));
	expect_nothing(device);
	end_pin(pin);
	read_event(device, events);
	check_is(events, BPFPIN_EVENT_RELEASED, pin);
	expect_nothing(device);

	/* Too little room, whether or not there is something. */
	for (int i = 0; i < 2; i++) {
		for (size_t size = 0; size < sizeof(*events); size++)
			CHECK_ERRNO(EINVAL, read(device, events, size));
		set_nonblock(device, true);
		CHECK_ERRNO(EINVAL, read(device, events, sizeof(*events) - 1));
		set_nonblock(device, false);
		if (!i)
			pin = make_pin("x");
	}
	CHECK_ERRNO(EINVAL, write(device, events, sizeof(*events)));
	CHECK(poll(&pollfd, 1, 1000) == 1 && pollfd.revents == POLLIN);

	/* Whole events, and no byte more than those. */
	end_pin(pin);
	memset(events, 0xa5, sizeof(events));
	CHECK(ok(read(device, events, 2 * sizeof(*events) - 1)) == sizeof(*events));
	check_is(&events[0], BPFPIN_EVENT_PINNED, pin);
	CHECK(events[0].object_type == BPFPIN_OBJECT_MAP &&
	      events[0].object_id == source.map_id &&
	      events[0].object_subtype == BPF_MAP_TYPE_ARRAY &&
	      !strcmp(events[0].object_name, MAP_NAME) &&
	      !strcmp(events[0].kind, "transient") && !events[0].lost);
	CHECK(*(unsigned char *)&events[1] == 0xa5);
	CHECK(ok(read(device, events, sizeof(events))) == sizeof(*events));
	check_is(&events[0], BPFPIN_EVENT_RELEASED, pin);
	CHECK(events[0].cause == BPFPIN_CAUSE_UNPIN);
	expect_nothing(device);

	/* What cannot be written is not lost. */
	pin = make_pin("x");
	end_pin(pin);
	CHECK_ERRNO(EFAULT, read(device, last, sizeof(events)));
	CHECK_ERRNO(EFAULT, read(device, (void *)0xffff888000000000, sizeof(events)));
	CHECK_ERRNO(EFAULT, read(device, (char *)(last - 1) + 1, sizeof(events)));
	CHECK(ok(read(device, last - 1, sizeof(events))) == sizeof(*events));
	check_is(last - 1, BPFPIN_EVENT_PINNED, pin);
	CHECK(ok(read(device, last - 1, sizeof(*events))) == sizeof(*events));
	check_is(last - 1, BPFPIN_EVENT_RELEASED, pin);

	/* Each open file has its own. */
	second = open_monitor(0);
	pin = make_pin("x");
	third = open_monitor(0);
	end_pin(pin);
	CHECK(ok(read(device, events, sizeof(events))) == 2 * sizeof(*events));
	CHECK(ok(read(second, others, sizeof(others))) == 2 * sizeof(*events));
	CHECK(!memcmp(events, others, 2 * sizeof(*events)));
	CHECK(ok(read(third, others, sizeof(others))) == sizeof(*events));
	CHECK(!memcmp(&events[1], others, sizeof(*events)));
	close(second);
	pin = make_pin("x");
	end_pin(pin);
	CHECK(ok(read(third, events, sizeof(events))) == 2 * sizeof(*events));
	close(third);
	CHECK(ok(read(device, events, sizeof(events))) == 2 * sizeof(*events));

	/* To be closed with events in it. */
	make_pin("x");
	close(device);
}

/*
 * A reader that is too slow
 */

static unsigned int read_all(int device, struct bpfpin_event *events, unsigned int count)
{
	ssize_t got = read(device, events, count * sizeof(*events));

	if (got < 0 && errno == EAGAIN)
		return 0;
	CHECK(ok(got) % sizeof(*events) == 0);
	return got / sizeof(*events);
}

static void check_lost(void)
{
	static struct bpfpin_event events[2 * ROOM];
	int device = open_monitor(O_NONBLOCK);
	__u32 pins[ROOM / 2], pin = 0;
	unsigned int got;

	source_open();

	/* Just full: nothing is lost. */
	for (unsigned int i = 0; i < ROOM / 2; i++) {
		pins[i] = make_pin("x");
		end_pin(pins[i]);
	}
	CHECK(read_all(device, events, 2 * ROOM) == ROOM);
	for (unsigned int i = 0; i < ROOM; i++) {
		check_is(&events[i], i & 1 ? BPFPIN_EVENT_RELEASED : BPFPIN_EVENT_PINNED,
			 pins[i / 2]);
		CHECK(!events[i].lost);
	}

	/* One too many, and many. */
	for (unsigned int lost = 1; lost < 3000; lost += 777) {
		for (unsigned int i = 0; i < ROOM / 2; i++)
			end_pin(make_pin("x"));
		for (unsigned int i = 0; i < lost; i++) {
			if (i & 1)
				end_pin(pin);
			else
				pin = make_pin("x");
		}
		/* They are missing behind what is there, not before. */
		CHECK(read_all(device, events, 10) == 10);
		if (!(lost & 1))
			pin = make_pin("x");
		end_pin(pin);
		got = read_all(device, events + 10, 2 * ROOM - 10) + 10;
		CHECK(got == ROOM + (lost & 1 ? 1 : 2), "%u", got);
		for (unsigned int i = 0; i < ROOM; i++)
			CHECK(!events[i].lost, "event %u", i);
		CHECK(events[ROOM].lost == lost, "%u, not %u", events[ROOM].lost, lost);
		check_is(&events[ROOM], lost & 1 ? BPFPIN_EVENT_RELEASED : BPFPIN_EVENT_PINNED,
			 pin);
		if (!(lost & 1))
			CHECK(!events[ROOM + 1].lost);

		/* Said once. */
		end_pin(make_pin("x"));
		CHECK(read_all(device, events, 2 * ROOM) == 2);
		CHECK(!events[0].lost && !events[1].lost);
	}
	close(device);
}

/*
 * Readers that wait
 */

struct reader {
	pthread_t thread;
	int device;
	atomic_bool ready, done;
	ssize_t got;
	int error;
	struct bpfpin_event event;
};

static void *reader_run(void *arg)
{
	struct reader *reader = arg;

	reader->ready = true;
	reader->got = read(reader->device, &reader->event, sizeof(reader->event));
	reader->error = reader->got < 0 ? errno : 0;
	reader->done = true;
	return NULL;
}

static void reader_start(struct reader *reader, int device)
{
	*reader = (struct reader){ .device = device };
	CHECK(!pthread_create(&reader->thread, NULL, reader_run, reader));
	while (!reader->ready)
		sched_yield();
	/* It sleeps by then, or will not. */
	sleep_ms(100);
	CHECK(!reader->done, "it did not wait: %zd, %s", reader->got,
	      strerrorname_np(reader->error));
}

static void reader_end(struct reader *reader)
{
	CHECK(!pthread_join(reader->thread, NULL));
}

static void reader_expect(struct reader *reader, __u32 type, __u32 pin)
{
	reader_end(reader);
	CHECK(reader->got == sizeof(reader->event), "%zd, %s", reader->got,
	      strerrorname_np(reader->error));
	check_is(&reader->event, type, pin);
}

static void on_signal(int number)
{
	(void)number;
}

static void check_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal };
	int device = open_monitor(0);
	struct reader reader;
	__u32 pin;

	ok(sigaction(SIGUSR1, &action, NULL));
	action.sa_flags = SA_RESTART;
	ok(sigaction(SIGUSR2, &action, NULL));

	reader_start(&reader, device);
	pthread_kill(reader.thread, SIGUSR1);
	reader_end(&reader);
	CHECK(reader.got < 0 && reader.error == EINTR);

	reader_start(&reader, device);
	for (int i = 0; i < 10; i++) {
		pthread_kill(reader.thread, SIGUSR2);
		sleep_ms(10);
	}
	CHECK(!reader.done);
	pin = make_pin("x");
	reader_expect(&reader, BPFPIN_EVENT_PINNED, pin);
	end_pin(pin);
	close(device);
}

/* Two that read the same open file: each event goes to one of them. */
static void check_two_readers(void)
{
	struct reader readers[2], *first, *second;
	int device = open_monitor(0);
	struct bpfpin_event event;
	__u32 pin;

	reader_start(&readers[0], device);
	reader_start(&readers[1], device);

	/* One that waits keeps nobody who does not. */
	set_nonblock(device, true);
	CHECK_ERRNO(EAGAIN, read(device, &event, sizeof(event)));
	set_nonblock(device, false);

	pin = make_pin("x");
	while (!readers[0].done && !readers[1].done)
		sched_yield();
	sleep_ms(100);
	CHECK(readers[0].done != readers[1].done);
	first = &readers[!readers[0].done];
	second = &readers[!!readers[0].done];
	reader_expect(first, BPFPIN_EVENT_PINNED, pin);
	end_pin(pin);
	reader_expect(second, BPFPIN_EVENT_RELEASED, pin);
	expect_nothing(device);
	close(device);
}

static void check_close(void)
{
	int device = open_monitor(0);
	struct reader reader;
	__u32 pin;

	reader_start(&reader, device);
	ok(close(device));
	sleep_ms(100);
	CHECK(!reader.done);
	pin = make_pin("x");
	reader_expect(&reader, BPFPIN_EVENT_PINNED, pin);
	end_pin(pin);
}

static void check_poll(void)
{
	int device = open_monitor(0), epoll = ok(epoll_create1(EPOLL_CLOEXEC)), status;
	struct epoll_event wanted = { .events = EPOLLIN | EPOLLET }, got;
	struct pollfd pollfd = { .fd = device, .events = POLLIN };
	struct bpfpin_event event;
	__u32 pin;
	pid_t pid;

	ok(epoll_ctl(epoll, EPOLL_CTL_ADD, device, &wanted));
	CHECK(ok(epoll_wait(epoll, &got, 1, 0)) == 0);
	CHECK(poll(&pollfd, 1, 100) == 0);

	/* Woken, by somebody else. */
	pid = ok(fork());
	if (!pid) {
		sleep_ms(200);
		make_pin("x");
		_exit(0);
	}
	CHECK(poll(&pollfd, 1, 20000) == 1 && pollfd.revents == POLLIN);
	ok(waitpid(pid, &status, 0));
	CHECK(ok(epoll_wait(epoll, &got, 1, 20000)) == 1 && got.events == EPOLLIN);
	/* Nothing new, though there is something. */
	CHECK(ok(epoll_wait(epoll, &got, 1, 0)) == 0);
	CHECK(poll(&pollfd, 1, 0) == 1);
	read_event(device, &event);
	CHECK(event.type == BPFPIN_EVENT_PINNED);
	pin = event.pin_id;
	CHECK(poll(&pollfd, 1, 0) == 0);
	end_pin(pin);
	CHECK(ok(epoll_wait(epoll, &got, 1, 0)) == 1);
	read_event(device, &event);
	check_is(&event, BPFPIN_EVENT_RELEASED, pin);
	expect_nothing(device);
	close(epoll);
	close(device);
}

static void check_waits(void)
{
	source_open();
	check_signals();
	check_two_readers();
	check_close();
	check_poll();
}

/* Processes that share an open file: the last that has it ends it. */
static void check_fork(void)
{
	static struct bpfpin_event events[2 * 100];
	int device = open_monitor(0), shared[2];
	unsigned int seen[2][100] = { }, got = 0;
	__u32 pins[100];
	pid_t pids[3];

	source_open();
	ok(pipe(shared));
	for (int i = 0; i < 3; i++) {
		pids[i] = ok(fork());
		if (pids[i])
			continue;
		for (;;) {
			read_event(device, events);
			ok(write(shared[1], events, sizeof(*events)));
		}
	}
	/* Only the children have it. */
	close(device);
	for (int i = 0; i < 100; i++) {
		pins[i] = make_pin("x");
		end_pin(pins[i]);
	}
	while (got < 200) {
		CHECK(ok(read(shared[0], &events[got], sizeof(*events))) == sizeof(*events));
		CHECK(!events[got].lost);
		got++;
	}
	for (unsigned int i = 0; i < 200; i++)
		for (unsigned int j = 0; j < 100; j++)
			if (events[i].pin_id == pins[j])
				seen[events[i].type == BPFPIN_EVENT_RELEASED][j]++;
	for (unsigned int j = 0; j < 100; j++)
		CHECK(seen[0][j] == 1 && seen[1][j] == 1, "pin %u: %u and %u", pins[j],
		      seen[0][j], seen[1][j]);
	for (int i = 0; i < 3; i++) {
		kill(pids[i], SIGKILL);
		ok(waitpid(pids[i], NULL, 0));
	}
}

/*
 * Order: pins that end while whoever makes them has not come back, and monitors
 * that come and go meanwhile.
 */

#define ORDER_PINS	4000u

enum { NEW, PINNED, RELEASED };

static atomic_uint order_made, order_seen, order_early;
static atomic_bool order_over;
static _Atomic __u32 order_first;

/* Ends each pin as soon as there is one of that number. */
static void *order_end(void *arg)
{
	__u32 next;

	while (!(next = order_first) && !order_over)
		sched_yield();
	while (!order_over) {
		if (ask_unpin(source.device, next)) {
			CHECK(errno == ENOENT);
			continue;
		}
		if (next - order_first >= order_made)
			order_early++;
		next++;
	}
	return arg;
}

static void order_one(const struct bpfpin_event *event, unsigned char *states, bool all)
{
	__u32 at = event->pin_id - order_first;

	check_event(event);
	CHECK(at < ORDER_PINS + 1, "pin %u", event->pin_id);
	if (event->type == BPFPIN_EVENT_PINNED) {
		CHECK(states[at] == NEW, "pin %u pinned as %u", event->pin_id, states[at]);
		states[at] = PINNED;
	} else {
		CHECK(states[at] == PINNED || (states[at] == NEW && !all),
		      "pin %u released as %u", event->pin_id, states[at]);
		CHECK(event->cause == BPFPIN_CAUSE_UNPIN);
		states[at] = RELEASED;
	}
}

/* Sees everything. */
static void *order_read(void *arg)
{
	static unsigned char states[ORDER_PINS + 1];
	struct bpfpin_event events[64];
	int device = *(int *)arg;
	unsigned int got;

	while (order_seen < 2 * ORDER_PINS) {
		got = ok(read(device, events, sizeof(events))) / sizeof(*events);
		for (unsigned int i = 0; i < got; i++) {
			CHECK(!events[i].lost);
			order_one(&events[i], states, true);
		}
		order_seen += got;
	}
	return NULL;
}

/* Sees a part of it; a pin that it sees pinned it sees released. */
static void *order_churn(void *arg)
{
	static unsigned char states[ORDER_PINS + 1];
	struct bpfpin_event events[64];
	unsigned int got, i;
	int device;

	while (!order_over) {
		device = open_monitor(O_NONBLOCK);
		memset(states, NEW, sizeof(states));
		for (int rounds = 0; rounds < 20; rounds++) {
			got = read_all(device, events, 64);
			for (i = 0; i < got; i++)
				order_one(&events[i], states, false);
			sched_yield();
		}
		close(device);
	}
	return arg;
}

static void check_order(void)
{
	pthread_t end, reader, churn;
	int device = open_monitor(0);
	struct bpfpin_event events[2];
	__u32 pin;

	source_open();
	pin = make_pin("first");
	end_pin(pin);
	CHECK(read_all(device, events, 2) == 2);
	order_first = pin + 1;

	CHECK(!pthread_create(&end, NULL, order_end, NULL));
	CHECK(!pthread_create(&reader, NULL, order_read, &device));
	CHECK(!pthread_create(&churn, NULL, order_churn, NULL));
	for (unsigned int i = 0; i < ORDER_PINS; i++) {
		char name[16];

		snprintf(name, sizeof(name), "%u", i);
		/* Nobody else makes pins, so they are numbered one by one. */
		CHECK(make_pin(name) == order_first + i);
		order_made++;
		while (2 * order_made - order_seen > ROOM / 2)
			sched_yield();
	}
	CHECK(!pthread_join(reader, NULL));
	order_over = true;
	CHECK(!pthread_join(end, NULL));
	CHECK(!pthread_join(churn, NULL));
	expect_nothing(device);
	close(device);
	printf("%u of %u pins ended before they were said to be made\n", (unsigned int)order_early,
	       ORDER_PINS);
}

static const struct {
	const char *name;
	void (*check)(void);
} checks[] = {
	{ "check-reads", check_reads },
	{ "check-lost", check_lost },
	{ "check-waits", check_waits },
	{ "check-fork", check_fork },
	{ "check-order", check_order },
};

int main(int argc, char **argv)
{
	const char *command = argc > 1 ? argv[1] : "";
	unsigned int ifindex;

	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++) {
		if (strcmp(command, checks[i].name))
			continue;
		/* A check that hangs has failed. */
		alarm(150);
		checks[i].check();
		return 0;
	}
	if (!strcmp(command, "run") && argc > 2) {
		return run(argc - 2, argv + 2);
	} else if (!strcmp(command, "open")) {
		open_monitor(0);
	} else if (!strcmp(command, "hold")) {
		open_monitor(0);
		printf("%d\n", hold());
	} else if (!strcmp(command, "attach") && argc == 4) {
		attach((struct bpfpin_owner){ .fd = AT_FDCWD, .path = (unsigned long)argv[2] },
		       argv[3]);
	} else if (!strcmp(command, "attach-netdev") && argc == 4) {
		ifindex = if_nametoindex(argv[2]);
		if (!ifindex)
			die_errno();
		attach((struct bpfpin_owner){ .fd = -1, .ifindex = ifindex }, argv[3]);
	} else if (!strcmp(command, "attach-close") && argc == 4) {
		attach_close(argv[2], argv[3]);
	} else {
		die("see the top of tests/tools/bpfmonitor.c");
	}
	return 0;
}
