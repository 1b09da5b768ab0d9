// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfioctl: the requests of /dev/bpfpin as they are, and callers that get them
 * wrong in every way.
 *
 *   bpfioctl info ID | next ID     ID OBJECT-TYPE OBJECT-ID UID PATH-FLAGS PATH
 *   bpfioctl file PATH             STATE PIN-ID KIND FS CAN
 *   bpfioctl unpin-id ID           UNPIN without a path
 *   bpfioctl unpin-path PATH [ID]  UNPIN with one: prints the id
 *   bpfioctl clean PATH
 *   bpfioctl tie PATH OWNER...     OWNER: path PATH | fd FD | dev INDEX [FD]
 *   bpfioctl untie ID | untie-path PATH	prints how many were dissolved
 *   bpfioctl tie-info ID | tie-next ID
 *		ID UID IS-DIR FLAGS FS PATH - KIND FS FLAGS IFINDEX OWNER-PATH
 *   bpfioctl view PROG PATH [inherit|replace]	PROG: a pinned program
 *   bpfioctl ties STATE            how many there are; waits for STATE, or `-'
 *   bpfioctl owner ID              of a pin: KIND FS IFINDEX NETNS INO PIN-NAME
 *   bpfioctl check-WHAT PIN        PIN: a pin; see the end of this file
 *
 * A request that fails is told as "errno ENAME", exit code 3.  A check says for
 * each thing that is not as it should be a line, and then exits with 1.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/bpf.h>
#include <linux/bpfpin.h>

#include "tool.h"

#define PAGE		4096u
#define JUNK		0xa5

static int device;
static unsigned int failures, checks;

static const char *error_name(int error)
{
	return error ? strerrorname_np(-error) ?: "unknown" : "success";
}

static int ask(unsigned long request, const void *arg)
{
	return ioctl(device, request, arg) < 0 ? -errno : 0;
}

/* A request that has to work for the rest to make sense. */
static void must(int ret)
{
	if (!ret)
		return;
	fprintf(stderr, "errno %s\n", error_name(ret));
	exit(3);
}

__attribute__((format(printf, 3, 4)))
static void expect(int got, int wanted, const char *fmt, ...)
{
	va_list ap;

	checks++;
	if (got == wanted)
		return;
	failures++;
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	printf(": %s, expected %s\n", error_name(got), error_name(wanted));
}

__attribute__((format(printf, 2, 3)))
static void expect_true(bool is, const char *fmt, ...)
{
	va_list ap;

	checks++;
	if (is)
		return;
	failures++;
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	printf("\n");
}

/*
 * The requests, each with arguments that are right and change nothing.
 */

union any {
	__u32 size;
	struct bpfpin_ioc_status status;
	struct bpfpin_ioc_kind kind;
	struct bpfpin_ioc_file file;
	struct bpfpin_ioc_info info;
	struct bpfpin_ioc_unpin unpin;
	struct bpfpin_ioc_clean clean;
	struct bpfpin_ioc_tie tie;
	struct bpfpin_ioc_untie untie;
	struct bpfpin_ioc_tie_info tie_info;
	struct bpfpin_ioc_attach attach;
	struct bpfpin_ioc_open open;
	struct bpfpin_ioc_monitor monitor;
	struct bpfpin_ioc_view view;
	unsigned char bytes[2 * PAGE];
};

static const char *pin_path;
static __u32 pin_id;
/* Of a tie, if there is one that the caller sees. */
static __u32 tie_id = UINT32_MAX;
static int pin_fd;		/* the pinned map */

static void fill_nothing(union any *any)
{
	(void)any;
}

static void fill_file(union any *any)
{
	any->file.path_fd = AT_FDCWD;
	any->file.path = (unsigned long)pin_path;
}

static void fill_info(union any *any)
{
	any->info.id = pin_id;
}

static void fill_unpin(union any *any)
{
	any->unpin.id = UINT32_MAX;
}

static void fill_clean(union any *any)
{
	any->clean.path_fd = AT_FDCWD;
	any->clean.path = (unsigned long)pin_path;
}

static void fill_tie(union any *any)
{
	any->tie.owner.fd = -1;
	any->tie.path_fd = AT_FDCWD;
	any->tie.path = (unsigned long)pin_path;
}

static void fill_untie(union any *any)
{
	any->untie.id = UINT32_MAX;
}

static void fill_tie_info(union any *any)
{
	any->tie_info.id = tie_id;
}

/* All is right but the owner, which is looked at last. */
static void fill_attach(union any *any)
{
	any->attach.owner.fd = -1;
	any->attach.object_fd = pin_fd;
	any->attach.name = (unsigned long)"name";
}

static void fill_open(union any *any)
{
	any->open.owner.fd = -1;
	any->open.id = pin_id;
}

/* All is right but the program, which is looked at first. */
static void fill_view(union any *any)
{
	any->view.prog_fd = -1;
	any->view.path_fd = AT_FDCWD;
	any->view.path = (unsigned long)pin_path;
}

#define INPUT(type, member) \
	{ offsetof(struct bpfpin_ioc_##type, member), \
	  sizeof(((struct bpfpin_ioc_##type *)0)->member) }

#define MAX_INPUTS 8

static struct request {
	const char *name;
	unsigned long number;
	__u32 size, size_ver0;
	__u32 flags;			/* that are known */
	size_t flags_at;
	void (*fill)(union any *any);
	int result;
	/* What the kernel leaves alone; everything else it fills in. */
	struct { size_t at, size; } inputs[MAX_INPUTS];
} requests[] = {
#define REQUEST(type, NAME, known, filler, expected, ...) {		\
		.name = #type, .number = BPFPIN_IOC_##NAME,		\
		.size = sizeof(struct bpfpin_ioc_##type),		\
		.size_ver0 = BPFPIN_##NAME##_SIZE_VER0,			\
		.flags = known,						\
		.flags_at = offsetof(struct bpfpin_ioc_##type, flags),	\
		.fill = filler, .result = expected,			\
		.inputs = { INPUT(type, size), INPUT(type, flags), __VA_ARGS__ }, \
	}
	REQUEST(status, STATUS, 0, fill_nothing, 0, INPUT(status, ties)),
	REQUEST(kind, KIND, 0, fill_nothing, 0, INPUT(kind, index)),
	REQUEST(file, FILE, BPFPIN_FILE_NOFOLLOW | BPFPIN_FILE_NEW, fill_file, 0,
		INPUT(file, path_fd), INPUT(file, path)),
	REQUEST(info, INFO, BPFPIN_INFO_NEXT, fill_info, 0,
		INPUT(info, id), INPUT(info, path)),
	REQUEST(unpin, UNPIN, 0, fill_unpin, -ENOENT, INPUT(unpin, id)),
	REQUEST(clean, CLEAN, 0, fill_clean, -EBUSY, INPUT(clean, path)),
	REQUEST(attach, ATTACH, 0, fill_attach, -EBADF, INPUT(attach, owner),
		INPUT(attach, object_fd), INPUT(attach, name)),
	REQUEST(open, OPEN, 0, fill_open, 0, INPUT(open, owner), INPUT(open, id),
		INPUT(open, file_flags), INPUT(open, name)),
	/* Who may has begun before the checks: see begin_monitor(). */
	REQUEST(monitor, MONITOR, 0, fill_nothing, -EBUSY),
	REQUEST(tie, TIE, 0, fill_tie, -EBADF, INPUT(tie, path)),
	REQUEST(untie, UNTIE, 0, fill_untie, -ENOENT, INPUT(untie, id)),
	REQUEST(tie_info, TIE_INFO, BPFPIN_INFO_NEXT, fill_tie_info, -ENOENT,
		INPUT(tie_info, id), INPUT(tie_info, path),
		INPUT(tie_info, owner_path)),
	REQUEST(view, VIEW, BPFPIN_VIEW_INHERIT | BPFPIN_VIEW_REPLACE, fill_view, -EBADF,
		INPUT(view, prog_fd), INPUT(view, path), INPUT(view, mode)),
};

#define REQUESTS (sizeof(requests) / sizeof(*requests))

static struct request *request_of(const char *name)
{
	for (size_t i = 0; i < REQUESTS; i++)
		if (!strcmp(requests[i].name, name))
			return &requests[i];
	die("no request '%s'", name);
}

static void fill(const struct request *r, union any *any)
{
	memset(any, 0, sizeof(*any));
	r->fill(any);
	any->size = r->size;
}

/* The request changes something, once: from here on the result is the same. */
static void begin_monitor(void)
{
	union any any;

	for (size_t i = 0; i < REQUESTS; i++) {
		if (requests[i].number != BPFPIN_IOC_MONITOR)
			continue;
		fill(&requests[i], &any);
		requests[i].result = ask(BPFPIN_IOC_MONITOR, &any) ?: -EBUSY;
		expect_true(requests[i].result == -EBUSY || requests[i].result == -EPERM,
			    "monitor: %s", error_name(requests[i].result));
	}
}

/*
 * Memory that ends where it is told to: two pages, nothing behind them.
 */

static unsigned char *two_pages(void)
{
	unsigned char *pages = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE,
				    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (pages == MAP_FAILED || mprotect(pages + 2 * PAGE, PAGE, PROT_NONE))
		die("no memory");
	return pages;
}

static bool all_are(const unsigned char *bytes, size_t size, unsigned char value)
{
	while (size--)
		if (*bytes++ != value)
			return false;
	return true;
}

/*
 * Sizes
 */

static void one_size(const struct request *r, __u32 size, int wanted)
{
	union any any;

	fill(r, &any);
	any.size = size;
	expect(ask(r->number, &any), wanted, "%s of %u bytes", r->name, size);
	expect_true(any.size == size, "%s of %u bytes: came back as %u", r->name, size,
		    any.size);
}

/* One byte that the kernel does not know. */
static void one_excess(const struct request *r, __u32 size, __u32 at, int wanted)
{
	union any any;

	fill(r, &any);
	any.size = size;
	any.bytes[at] = 1;
	expect(ask(r->number, &any), wanted, "%s of %u bytes, byte %u set", r->name, size, at);
}

/* No byte behind what was passed is read or written. */
static void exact_size(const struct request *r, __u32 size)
{
	unsigned char *pages = two_pages();
	union any any;

	fill(r, &any);
	any.size = size;

	memcpy(pages + 2 * PAGE - size, &any, size);
	expect(ask(r->number, pages + 2 * PAGE - size), r->result,
	       "%s of %u bytes at the end of memory", r->name, size);

	memset(pages, JUNK, 2 * PAGE);
	memcpy(pages + 64, &any, size);
	expect(ask(r->number, pages + 64), r->result, "%s of %u bytes in junk", r->name, size);
	expect_true(all_are(pages, 64, JUNK) &&
		    all_are(pages + 64 + size, 2 * PAGE - 64 - size, JUNK),
		    "%s of %u bytes: something else was written", r->name, size);
	munmap(pages, 3 * PAGE);
}

static void check_sizes(void)
{
	for (size_t i = 0; i < REQUESTS; i++) {
		const struct request *r = &requests[i];

		for (__u32 size = 0; size < r->size_ver0; size++)
			one_size(r, size, -EINVAL);
		for (__u32 size = r->size_ver0; size <= r->size; size += 4)
			exact_size(r, size);
		one_size(r, r->size + 1, r->result);
		one_size(r, r->size + 8, r->result);
		one_size(r, PAGE, r->result);
		one_excess(r, r->size + 8, r->size + 8, r->result);
		one_excess(r, r->size + 8, r->size, -E2BIG);
		one_excess(r, r->size + 8, r->size + 7, -E2BIG);
		one_excess(r, PAGE, PAGE - 1, -E2BIG);
		one_size(r, PAGE + 1, -E2BIG);
		one_size(r, 0x7fffffff, -E2BIG);
		one_size(r, 0x80000000, -E2BIG);
		one_size(r, UINT32_MAX, -E2BIG);
	}
}

/*
 * Flags and reserved fields
 */

static void one_bit(const struct request *r, size_t at, unsigned int bit, int wanted)
{
	union any any;

	fill(r, &any);
	*(__u32 *)(any.bytes + at) = 1u << bit;
	expect(ask(r->number, &any), wanted, "%s with bit %u at %zu", r->name, bit, at);
}

static void check_flags(void)
{
	for (unsigned int bit = 0; bit < 32; bit++) {
		for (size_t i = 0; i < REQUESTS; i++) {
			const struct request *r = &requests[i];

			one_bit(r, r->flags_at, bit,
				r->flags & (1u << bit) ? r->result : -EINVAL);
		}
		one_bit(&requests[0], offsetof(struct bpfpin_ioc_status, ties), bit,
			-EINVAL);
		one_bit(&requests[5], offsetof(struct bpfpin_ioc_clean, reserved), bit,
			-EINVAL);
		one_bit(request_of("untie"), offsetof(struct bpfpin_ioc_untie, reserved),
			bit, -EINVAL);
		/* Read-only and write-only, but not both. */
		one_bit(&requests[7], offsetof(struct bpfpin_ioc_open, file_flags), bit,
			1u << bit == BPF_F_RDONLY || 1u << bit == BPF_F_WRONLY ? 0 : -EINVAL);
	}
}

/*
 * Pointers
 */

static const unsigned long bad_pointers[] = {
	0, 1, 8, 0x1000, 0x7ffffffff000, 0x7fffffffffff, 0x800000000000, 0x8000000000000000,
	0xffff800000000000, 0xffff888000000000, 0xffffffff81000000, 0xffffffffffffff00,
	0xfffffffffffffffc, 0xffffffffffffffff,
};

#define BAD_POINTERS (sizeof(bad_pointers) / sizeof(*bad_pointers))

/* What would make something makes nothing if nobody could be told of it. */
static void check_nothing_done(unsigned char *pages)
{
	struct bpfpin_ioc_status before = { .size = sizeof(before) }, after = before;
	union any any;
	int fds[2], next;

	if (pipe(fds) || (next = dup(0)) < 0)
		die("no descriptors");
	close(next);
	must(ask(BPFPIN_IOC_STATUS, &before));

	for (int tie = 0; tie < 2; tie++) {
		fill(request_of(tie ? "tie" : "attach"), &any);
		if (tie)
			any.tie.owner.fd = fds[0];
		else
			any.attach.owner.fd = fds[0];
		memcpy(pages, &any, sizeof(any.attach));
		mprotect(pages, PAGE, PROT_READ);
		expect(ask(tie ? BPFPIN_IOC_TIE : BPFPIN_IOC_ATTACH, pages), -EFAULT,
		       "tie %d, read-only, with an owner", tie);
		mprotect(pages, PAGE, PROT_READ | PROT_WRITE);
	}
	must(ask(BPFPIN_IOC_STATUS, &after));
	expect_true(after.pins == before.pins, "EFAULT, but a pin was made");
	expect_true(after.ties == before.ties, "EFAULT, but a tie was made");
	expect(dup(0), next, "EFAULT, but a descriptor was made");
	close(next);
	close(fds[0]);
	close(fds[1]);
}

static void check_pointers(void)
{
	unsigned char *pages = two_pages();
	union any any;

	for (size_t i = 0; i < REQUESTS; i++) {
		const struct request *r = &requests[i];

		for (size_t j = 0; j < BAD_POINTERS; j++)
			expect(ask(r->number, (void *)bad_pointers[j]), -EFAULT,
			       "%s at %#lx", r->name, bad_pointers[j]);

		fill(r, &any);
		for (__u32 there = 1; there < r->size; there += there < 8 ? 1 : 8) {
			memcpy(pages + 2 * PAGE - there, &any, there);
			expect(ask(r->number, pages + 2 * PAGE - there), -EFAULT,
			       "%s, %u of %u bytes there", r->name, there, r->size);
		}

		/* Across a border of pages, and at an odd address. */
		memcpy(pages + PAGE - 3, &any, r->size);
		expect(ask(r->number, pages + PAGE - 3), r->result, "%s on two pages", r->name);

		/* The answer cannot be written, which is looked at first. */
		memcpy(pages, &any, r->size);
		mprotect(pages, PAGE, PROT_READ);
		expect(ask(r->number, pages), -EFAULT, "%s, read-only", r->name);
		mprotect(pages, PAGE, PROT_READ | PROT_WRITE);
	}
	check_nothing_done(pages);
	munmap(pages, 3 * PAGE);
}

/*
 * Numbers
 */

/* The last one that the header has. */
#define LAST_NUMBER	_IOC_NR(BPFPIN_IOC_VIEW)

static void check_numbers(void)
{
	static const int directions[] = { _IOC_READ, _IOC_WRITE, _IOC_READ | _IOC_WRITE };
	char byte = 0;
	union any any;

	fill(&requests[0], &any);
	for (unsigned int nr = 0; nr < 256; nr++) {
		if (nr > LAST_NUMBER)
			expect(ask(_IO(BPFPIN_IOC_MAGIC, nr), &any), -ENOTTY, "number %u", nr);
		/* Not by the number alone. */
		for (size_t i = 0; i < 3; i++)
			expect(ask(_IOC(directions[i], BPFPIN_IOC_MAGIC, nr, sizeof(any.status)),
				   &any), -ENOTTY, "number %u, direction %d", nr, directions[i]);
		expect(ask(_IOC(_IOC_NONE, BPFPIN_IOC_MAGIC, nr, 88), &any), -ENOTTY,
		       "number %u with a size", nr);
	}
	for (unsigned int magic = 0; magic < 256; magic++)
		if (magic != BPFPIN_IOC_MAGIC && magic != 'T' && magic != 'f' && magic != 'X')
			expect(ask(_IO(magic, 0), &any), -ENOTTY, "magic %#x", magic);
	expect(ask(0, &any), -ENOTTY, "number 0");

	expect(read(device, &byte, 1) < 0 ? -errno : 0, -EINVAL, "read");
	expect(write(device, &byte, 1) < 0 ? -errno : 0, -EBADF, "write");
	expect_true(mmap(NULL, PAGE, PROT_READ, MAP_SHARED, device, 0) == MAP_FAILED &&
		    errno == ENODEV, "mmap");
}

#ifdef __x86_64__
/* As a program of 32 bits calls it. */
static int ask_compat(unsigned long request, void *arg)
{
	long ret;

	asm volatile("int $0x80" : "=a" (ret)
		     : "a" (54), "b" ((long)device), "c" (request), "d" (arg)
		     : "memory", "r8", "r9", "r10", "r11");
	return (int)ret;
}

static void check_compat(void)
{
	unsigned char *low = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	char *path = (char *)low + PAGE;
	union any any;

	if (low == MAP_FAILED)
		die("no memory below 4 GB");
	strcpy(path, pin_path);
	for (size_t i = 0; i < REQUESTS; i++) {
		const struct request *r = &requests[i];

		fill(r, &any);
		if (r->fill == fill_file)
			any.file.path = (unsigned long)path;
		if (r->fill == fill_clean)
			any.clean.path = (unsigned long)path;
		memcpy(low, &any, r->size);
		expect(ask_compat(r->number, low), r->result, "%s, 32 bits", r->name);
	}
	expect(ask_compat(_IO(BPFPIN_IOC_MAGIC, LAST_NUMBER + 1), low), -ENOTTY,
	       "number, 32 bits");
	munmap(low, 2 * PAGE);
}
#else
static void check_compat(void)
{
}
#endif

/*
 * Paths that are read
 */

static int ask_path(unsigned long request, __s32 path_fd, unsigned long path)
{
	struct bpfpin_ioc_unpin unpin = {
		.size = sizeof(unpin), .path_fd = path_fd, .path = path,
	};
	struct bpfpin_ioc_clean clean = {
		.size = sizeof(clean), .path_fd = path_fd, .path = path,
	};
	struct bpfpin_ioc_file file = {
		.size = sizeof(file), .path_fd = path_fd, .path = path,
	};

	switch (request) {
	case BPFPIN_IOC_UNPIN:
		return ask(request, &unpin);
	case BPFPIN_IOC_CLEAN:
		return ask(request, &clean);
	default:
		return ask(request, &file);
	}
}

static void one_path(unsigned long request, const char *name)
{
	static char longest[PATH_MAX + 1], component[256 + 1];
	char *slash, folder[PATH_MAX], beyond[PATH_MAX + 8];
	unsigned char *pages = two_pages();
	int folder_fd, file_fd, want_pin;

	memset(longest, '/', PATH_MAX);
	memset(component, 'x', 256);
	snprintf(beyond, sizeof(beyond), "%s/x", pin_path);
	snprintf(folder, sizeof(folder), "%s", pin_path);
	slash = strrchr(folder, '/');
	*slash = '\0';

#define TRY(wanted, fd, path) \
	expect(ask_path(request, fd, (unsigned long)(path)), wanted, "%s of %s (%s)", \
	       name, #path, #fd)
	for (size_t i = 0; i < BAD_POINTERS; i++)
		if (bad_pointers[i] || request != BPFPIN_IOC_UNPIN)
			expect(ask_path(request, AT_FDCWD, bad_pointers[i]), -EFAULT,
			       "%s, path at %#lx", name, bad_pointers[i]);
	TRY(-ENOENT, AT_FDCWD, "");
	TRY(-ENAMETOOLONG, AT_FDCWD, longest);
	TRY(-ENAMETOOLONG, AT_FDCWD, component);
	TRY(-ENOENT, AT_FDCWD, "/nowhere/at/all");
	TRY(-ENOTDIR, AT_FDCWD, beyond);
	TRY(-EBADF, -1, "relative");
	TRY(-EBADF, 12345, "relative");

	/* The last byte of the path is the last one there. */
	memset(pages, '/', 2 * PAGE);
	TRY(-EFAULT, AT_FDCWD, pages + 2 * PAGE - 5);
	strcpy((char *)pages + 2 * PAGE - strlen(pin_path) - 1, pin_path);
	want_pin = request == BPFPIN_IOC_FILE ? 0 : -EBUSY;
	if (request != BPFPIN_IOC_UNPIN)
		TRY(want_pin, AT_FDCWD, pages + 2 * PAGE - strlen(pin_path) - 1);

	folder_fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	file_fd = open(pin_path, O_PATH | O_CLOEXEC);
	if (folder_fd < 0 || file_fd < 0)
		die("cannot open the folder of %s", pin_path);
	TRY(-ENOTDIR, file_fd, "relative");
	TRY(-ENOENT, folder_fd, "relative");
	TRY(-ENOENT, folder_fd, "");
	if (request != BPFPIN_IOC_UNPIN)
		TRY(want_pin, folder_fd, slash + 1);
	/* An absolute one does not care. */
	if (request != BPFPIN_IOC_UNPIN)
		TRY(want_pin, -1, pin_path);
	/* No file, no pin. */
	TRY(request == BPFPIN_IOC_FILE ? 0 : -EINVAL, AT_FDCWD, folder);
	TRY(request == BPFPIN_IOC_FILE ? 0 : -EBUSY, AT_FDCWD, "/proc");
#undef TRY
	close(folder_fd);
	close(file_fd);
	munmap(pages, 3 * PAGE);
}

static void check_paths(void)
{
	one_path(BPFPIN_IOC_FILE, "file");
	one_path(BPFPIN_IOC_UNPIN, "unpin");
	one_path(BPFPIN_IOC_CLEAN, "clean");
}

/*
 * The buffer that a path is written to
 */

static int ask_buffer(void *buffer, __u32 room, __u32 *needed)
{
	struct bpfpin_ioc_info info = {
		.size = sizeof(info), .id = pin_id, .path_size = room,
		.path = (unsigned long)buffer,
	};
	int ret = ask(BPFPIN_IOC_INFO, &info);

	*needed = info.path_size;
	return ret;
}

static void check_buffers(void)
{
	unsigned char *pages = two_pages();
	__u32 needed, again;
	char *end;

	must(ask_buffer(NULL, 0, &needed));
	expect_true(needed > 1 && needed <= PATH_MAX, "%u bytes needed", needed);
	for (__u32 room = 0; room <= needed + 2; room++) {
		memset(pages, JUNK, 2 * PAGE);
		expect(ask_buffer(pages + 1, room, &again), 0, "room for %u", room);
		expect_true(again == needed, "room for %u: %u needed, it was %u", room, again,
			    needed);
		if (room < needed) {
			expect_true(all_are(pages, 2 * PAGE, JUNK), "room for %u: touched", room);
			continue;
		}
		end = memchr(pages + 1, '\0', needed);
		expect_true(end == (char *)pages + needed, "room for %u: not terminated", room);
		expect_true(pages[0] == JUNK && all_are(pages + 1 + needed,
							2 * PAGE - 1 - needed, JUNK),
			    "room for %u: something else was written", room);
	}
	expect_true(strlen(pin_path) >= needed - 1 &&
		    !strcmp(pin_path + strlen(pin_path) - (needed - 1), (char *)pages + 1),
		    "the path is '%s'", pages + 1);

	/* At the end of memory; and a path_size that is not true. */
	expect(ask_buffer(pages + 2 * PAGE - needed, needed, &again), 0, "at the end of memory");
	expect(ask_buffer(pages + 2 * PAGE - needed, UINT32_MAX, &again), 0, "a size that lies");
	expect(ask_buffer(pages + 2 * PAGE - needed + 1, needed, &again), -EFAULT,
	       "a byte too few there");
	for (size_t i = 1; i < BAD_POINTERS; i++) {
		expect(ask_buffer((void *)bad_pointers[i], PATH_MAX, &again), -EFAULT,
		       "buffer at %#lx", bad_pointers[i]);
		expect(ask_buffer((void *)bad_pointers[i], needed - 1, &again), 0,
		       "buffer at %#lx, too small to be touched", bad_pointers[i]);
	}
	expect(ask_buffer(NULL, UINT32_MAX, &again), 0, "no buffer");
	expect_true(again == needed, "no buffer: %u needed", again);
	munmap(pages, 3 * PAGE);
}

/*
 * What comes back: every byte of it was written, and none is a kernel's secret.
 */

static bool is_input(const struct request *r, size_t at)
{
	for (size_t i = 0; i < MAX_INPUTS; i++)
		if (at >= r->inputs[i].at && at < r->inputs[i].at + r->inputs[i].size)
			return true;
	return false;
}

static void check_answers(void)
{
	union any any;

	for (size_t i = 0; i < REQUESTS; i++) {
		const struct request *r = &requests[i];

		if (r->result)
			continue;
		fill(r, &any);
		for (size_t at = 0; at < r->size; at++)
			if (!is_input(r, at))
				any.bytes[at] = JUNK;
		expect(ask(r->number, &any), 0, "%s", r->name);
		for (size_t at = 0; at + 4 <= r->size; at += 4)
			expect_true(is_input(r, at) || !all_are(any.bytes + at, 4, JUNK),
				    "%s: bytes at %zu were not filled in", r->name, at);
		for (size_t at = 0; at + 8 <= r->size; at += 4) {
			uint64_t word;

			memcpy(&word, any.bytes + at, 8);
			expect_true(is_input(r, at) || is_input(r, at + 4) ||
				    word >> 47 != 0x1ffff, "%s: an address at %zu: %llx", r->name,
				    at, (unsigned long long)word);
		}
	}

	/* Every row, with its strings terminated. */
	for (__u32 row = 0;; row++) {
		struct bpfpin_ioc_kind kind;
		int ret;

		memset(&kind, JUNK, sizeof(kind));
		kind.size = sizeof(kind);
		kind.flags = 0;
		kind.index = row;
		ret = ask(BPFPIN_IOC_KIND, &kind);
		if (ret) {
			expect(ret, -ENOENT, "row %u", row);
			expect_true(row >= 20, "only %u rows", row);
			break;
		}
		expect_true(*kind.kind && memchr(kind.kind, 0, sizeof(kind.kind)),
			    "row %u: kind", row);
		/* Only what has no inodes has no file system. */
		expect_true((*kind.fs_type || !strcmp(kind.kind, "netdev")) &&
			    memchr(kind.fs_type, 0, sizeof(kind.fs_type)),
			    "row %u: file system", row);
		expect_true(memchr(kind.reason, 0, sizeof(kind.reason)), "row %u: reason", row);
		expect_true(!*kind.reason == !!(kind.can & BPFPIN_KIND_PIN),
			    "row %u, %s: can %#x, reason '%s'", row, kind.fs_type, kind.can,
			    kind.reason);
	}
	for (int i = 0; i < 3; i++) {
		static const __u32 rows[] = { 1000, 0x80000000, UINT32_MAX };
		struct bpfpin_ioc_kind kind = { .size = sizeof(kind), .index = rows[i] };

		expect(ask(BPFPIN_IOC_KIND, &kind), -ENOENT, "row %u", rows[i]);
	}
}

/*
 * What names an attached pin: of nothing here one is made.
 */

static int ask_attach(struct bpfpin_owner owner, int object_fd, unsigned long name)
{
	struct bpfpin_ioc_attach attach = {
		.size = sizeof(attach), .owner = owner, .object_fd = object_fd, .name = name,
	};

	return ask(BPFPIN_IOC_ATTACH, &attach);
}

static int ask_open(struct bpfpin_owner owner, __u32 id, __u32 file_flags, unsigned long name)
{
	struct bpfpin_ioc_open opened = {
		.size = sizeof(opened), .owner = owner, .id = id, .file_flags = file_flags,
		.name = name, .object_fd = -1,
	};
	int ret = ask(BPFPIN_IOC_OPEN, &opened);

	if (!ret)
		close(opened.object_fd);
	return ret;
}

static void one_name(const struct bpfpin_owner *owner, const char *name, int wanted)
{
	expect(ask_attach(*owner, pin_fd, (unsigned long)name), wanted ?: -EBADF,
	       "attach, name '%.20s' of %zu", name, strlen(name));
	expect(ask_open(*owner, 0, 0, (unsigned long)name), wanted ?: -EBADF,
	       "open, name '%.20s' of %zu", name, strlen(name));
}

static void one_owner(struct bpfpin_owner owner, int wanted, const char *what)
{
	expect(ask_attach(owner, pin_fd, (unsigned long)"name"), wanted, "attach to %s", what);
	expect(ask_open(owner, 0, 0, (unsigned long)"name"), wanted, "open of %s", what);
}

static void check_owners(void)
{
	const struct bpfpin_owner nobody = { .fd = -1 };
	int zero = open("/dev/zero", O_RDONLY | O_CLOEXEC);
	int path_only = open(pin_path, O_PATH | O_CLOEXEC);
	unsigned char *pages = two_pages();
	char name[300];

	for (size_t i = 0; i < BAD_POINTERS; i++) {
		unsigned long bad = bad_pointers[i];

		expect(ask_attach(nobody, pin_fd, bad), -EFAULT, "attach, name at %#lx", bad);
		expect(ask_open(nobody, 0, 0, bad), -EFAULT, "open, name at %#lx", bad);
		if (!bad)
			continue;
		one_owner((struct bpfpin_owner){ AT_FDCWD, 0, bad }, -EFAULT, "a bad path");
	}

	/* The last byte of the name is the last one there. */
	strcpy((char *)pages + 2 * PAGE - 5, "name");
	one_name(&nobody, (char *)pages + 2 * PAGE - 5, 0);
	memset(pages, 'x', 2 * PAGE);
	expect(ask_attach(nobody, pin_fd, (unsigned long)pages + 2 * PAGE - 5), -EFAULT,
	       "a name that does not end");
	memset(name, 'x', sizeof(name));
	name[256] = '\0';
	one_name(&nobody, name, -ENAMETOOLONG);
	one_name(&nobody, name + 1, 0);
	one_name(&nobody, "", -EINVAL);
	one_name(&nobody, ".", -EINVAL);
	one_name(&nobody, "..", -EINVAL);
	one_name(&nobody, "...", 0);
	one_name(&nobody, "/", -EINVAL);
	one_name(&nobody, "a/b", -EINVAL);
	one_name(&nobody, "\x01\xff \n", 0);

	/* The object. */
	expect(ask_attach(nobody, -1, (unsigned long)"name"), -EBADF, "object -1");
	expect(ask_attach(nobody, 12345, (unsigned long)"name"), -EBADF, "object 12345");
	expect(ask_attach(nobody, zero, (unsigned long)"name"), -EINVAL, "object /dev/zero");
	expect(ask_attach(nobody, device, (unsigned long)"name"), -EINVAL, "object device");
	expect(ask_attach(nobody, path_only, (unsigned long)"name"), -EBADF, "object O_PATH");

	/* The owner. */
	one_owner((struct bpfpin_owner){ 12345, 0, 0 }, -EBADF, "descriptor 12345");
	one_owner((struct bpfpin_owner){ AT_FDCWD, 0, 0 }, -EBADF, "AT_FDCWD");
	one_owner((struct bpfpin_owner){ path_only, 0, 0 }, -EBADF, "an O_PATH descriptor");
	one_owner((struct bpfpin_owner){ pin_fd, 0, 0 }, -EOPNOTSUPP, "a map");
	one_owner((struct bpfpin_owner){ -1, 1, (unsigned long)pin_path }, -EINVAL,
		  "path and index");
	one_owner((struct bpfpin_owner){ AT_FDCWD, 0, (unsigned long)"" }, -ENOENT, "no path");
	one_owner((struct bpfpin_owner){ AT_FDCWD, 0, (unsigned long)"/nowhere" }, -ENOENT,
		  "a path to nowhere");
	one_owner((struct bpfpin_owner){ AT_FDCWD, 0, (unsigned long)"/proc/self/stat" },
		  -EOPNOTSUPP, "a file of proc");
	one_owner((struct bpfpin_owner){ -1, 0, (unsigned long)"relative" }, -EBADF,
		  "a path from nowhere");
	one_owner((struct bpfpin_owner){ -1, 0x7fffffff, 0 }, -ENODEV, "index 0x7fffffff");
	one_owner((struct bpfpin_owner){ -1, 0x80000000, 0 }, -ENODEV, "index 0x80000000");
	one_owner((struct bpfpin_owner){ -1, UINT32_MAX, 0 }, -ENODEV, "index 0xffffffff");
	one_owner((struct bpfpin_owner){ 12345, 1, 0 }, -EBADF, "a device in 12345");
	one_owner((struct bpfpin_owner){ -2, 1, 0 }, -EBADF, "a device in -2");
	one_owner((struct bpfpin_owner){ zero, 1, 0 }, -EINVAL, "a device in /dev/zero");

	/* Open by id is by nothing else. */
	expect(ask_open(nobody, pin_id, 0, 0), 0, "open by id");
	expect(ask_open(nobody, pin_id, 0, (unsigned long)"name"), -EINVAL, "id and name");
	expect(ask_open((struct bpfpin_owner){ -1, 1, 0 }, pin_id, 0, 0), -EINVAL,
	       "id and index");
	expect(ask_open((struct bpfpin_owner){ 0, 0, 0 }, pin_id, 0, 0), -EINVAL, "id and fd");
	expect(ask_open((struct bpfpin_owner){ -1, 0, 1 }, pin_id, 0, 0), -EINVAL, "id and path");
	expect(ask_open(nobody, pin_id, BPF_F_RDONLY | BPF_F_WRONLY, 0), -EINVAL,
	       "read-only and write-only");
	expect(ask_open(nobody, UINT32_MAX, 0, 0), -ENOENT, "id 0xffffffff");
	expect(ask_open((struct bpfpin_owner){ AT_FDCWD, 0, (unsigned long)pin_path }, 0, 0,
			(unsigned long)"name"), -ENOENT, "a name that is not there");
	close(zero);
	close(path_only);
	munmap(pages, 3 * PAGE);
}

/*
 * Ids: PIN is the only one there is.
 */

static int ask_info(__u32 id, __u32 flags, __u32 *found)
{
	struct bpfpin_ioc_info info = { .size = sizeof(info), .flags = flags, .id = id };
	int ret = ask(BPFPIN_IOC_INFO, &info);

	*found = info.id;
	return ret;
}

static int ask_unpin(__u32 id)
{
	struct bpfpin_ioc_unpin unpin = { .size = sizeof(unpin), .id = id };

	return ask(BPFPIN_IOC_UNPIN, &unpin);
}

static void check_ids(void)
{
	const __u32 others[] = {
		0, pin_id - 1, pin_id + 1, 0x7fffffff, 0x80000000, UINT32_MAX - 1, UINT32_MAX,
	};
	__u32 found;

	expect(ask_info(pin_id, 0, &found), 0, "the pin");
	expect_true(found == pin_id, "the pin: id %u", found);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		__u32 id = others[i];

		expect(ask_info(id, 0, &found), -ENOENT, "id %u", id);
		expect(ask_unpin(id), -ENOENT, "unpin %u", id);
		expect(ask_info(id, BPFPIN_INFO_NEXT, &found), id <= pin_id ? 0 : -ENOENT,
		       "next from %u", id);
		expect_true(id > pin_id || found == pin_id, "next from %u: %u", id, found);
	}
	expect(ask_info(pin_id, BPFPIN_INFO_NEXT, &found), 0, "next from the pin");
	expect_true(found == pin_id, "next from the pin: %u", found);
}

/*
 * Ties: there is one, of the pin's file.
 */

static int ask_tie_info(__u32 id, __u32 flags, __u32 *found)
{
	struct bpfpin_ioc_tie_info info = { .size = sizeof(info), .flags = flags, .id = id };
	int ret = ask(BPFPIN_IOC_TIE_INFO, &info);

	*found = info.id;
	return ret;
}

static int ask_tie_buffers(void *path, void *owner_path, __u32 room, __u32 needed[2])
{
	struct bpfpin_ioc_tie_info info = {
		.size = sizeof(info), .id = tie_id,
		.path = (unsigned long)path, .path_size = room,
		.owner_path = (unsigned long)owner_path, .owner_path_size = room,
	};
	int ret = ask(BPFPIN_IOC_TIE_INFO, &info);

	needed[0] = info.path_size;
	needed[1] = info.owner_path_size;
	return ret;
}

/* Both buffers of every size; one of them bad. */
static void check_tie_buffers(void)
{
	unsigned char *pages = two_pages();
	__u32 needed[2], again[2], most;

	must(ask_tie_buffers(NULL, NULL, 0, needed));
	most = needed[0] > needed[1] ? needed[0] : needed[1];
	expect_true(needed[0] > 1 && needed[1] > 1, "%u and %u bytes needed", needed[0],
		    needed[1]);
	for (__u32 room = 0; room <= most + 2; room++) {
		memset(pages, JUNK, 2 * PAGE);
		expect(ask_tie_buffers(pages + 1, pages + PAGE + 1, room, again), 0, "room for %u",
		       room);
		expect_true(!memcmp(needed, again, sizeof(again)), "room for %u: %u and %u needed",
			    room, again[0], again[1]);
		for (int i = 0; i < 2; i++) {
			unsigned char *page = pages + i * PAGE;
			__u32 there = room < needed[i] ? 0 : needed[i];

			expect_true(page[0] == JUNK && (!there || !page[there]) &&
				    all_are(page + 1 + there, PAGE - 1 - there, JUNK),
				    "room for %u: path %d", room, i);
		}
	}
	for (size_t i = 1; i < BAD_POINTERS; i++) {
		void *bad = (void *)bad_pointers[i];

		expect(ask_tie_buffers(bad, pages, PAGE, again), -EFAULT, "path at %p", bad);
		expect(ask_tie_buffers(pages, bad, PAGE, again), -EFAULT, "owner at %p", bad);
		expect(ask_tie_buffers(bad, bad, 1, again), 0, "no room at %p", bad);
	}
	munmap(pages, 3 * PAGE);
}

static void check_tie_ids(void)
{
	const __u32 others[] = {
		0, tie_id - 1, tie_id + 1, 0x7fffffff, 0x80000000, UINT32_MAX - 1, UINT32_MAX,
	};
	__u32 found;

	expect(ask_tie_info(tie_id, 0, &found), 0, "the tie");
	expect_true(found == tie_id, "the tie: id %u", found);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		struct bpfpin_ioc_untie untie = { .size = sizeof(untie), .id = others[i] };
		__u32 id = others[i];

		expect(ask_tie_info(id, 0, &found), -ENOENT, "tie %u", id);
		expect(ask(BPFPIN_IOC_UNTIE, &untie), -ENOENT, "untie %u", id);
		expect(ask_tie_info(id, BPFPIN_INFO_NEXT, &found), id <= tie_id ? 0 : -ENOENT,
		       "next tie from %u", id);
		expect_true(id > tie_id || found == tie_id, "next tie from %u: %u", id, found);
	}
}

/* The paths that are read; root's, for who may not tie anything is told so first. */
static void check_tie_paths(void)
{
	for (size_t i = 0; i < BAD_POINTERS; i++) {
		struct bpfpin_ioc_tie tie = {
			.size = sizeof(tie), .owner = { -1, 0, bad_pointers[i] },
			.path_fd = AT_FDCWD, .path = (unsigned long)pin_path,
		};
		struct bpfpin_ioc_untie untie = {
			.size = sizeof(untie), .path_fd = AT_FDCWD, .path = bad_pointers[i],
		};

		expect(ask(BPFPIN_IOC_TIE, &tie), bad_pointers[i] ? -EFAULT : -EBADF,
		       "tie to an owner at %#lx", bad_pointers[i]);
		tie.owner = (struct bpfpin_owner){ AT_FDCWD, 0, (unsigned long)"/tmp" };
		tie.path = bad_pointers[i];
		expect(ask(BPFPIN_IOC_TIE, &tie), -EFAULT, "tie of %#lx", bad_pointers[i]);
		expect(ask(BPFPIN_IOC_UNTIE, &untie), bad_pointers[i] ? -EFAULT : -ENOENT,
		       "untie of %#lx", bad_pointers[i]);
		untie.id = tie_id;
		if (bad_pointers[i])
			expect(ask(BPFPIN_IOC_UNTIE, &untie), -EINVAL, "untie with id and path");
	}
	for (unsigned int bit = 0; bit < 32; bit++) {
		struct bpfpin_ioc_tie tie = {
			.size = sizeof(tie), .owner = { -1, 1u << bit, 0 },
			.path_fd = AT_FDCWD, .path = (unsigned long)"/nowhere",
		};

		/* The first is the loopback device; some others may be there, too. */
		expect(ask(BPFPIN_IOC_TIE, &tie), -ENOENT, "of nothing to device %u", 1u << bit);
		tie.path = (unsigned long)pin_path;
		if (bit >= 20)
			expect(ask(BPFPIN_IOC_TIE, &tie), -ENODEV, "device %u", 1u << bit);
		tie.owner.path = (unsigned long)pin_path;
		expect(ask(BPFPIN_IOC_TIE, &tie), -EINVAL, "device %u and a path", 1u << bit);
	}
}

/*
 * Requests as commands
 */

static void print_info(__u32 id, __u32 flags)
{
	char path[PATH_MAX] = "";
	struct bpfpin_ioc_info info = {
		.size = sizeof(info), .flags = flags, .id = id,
		.path = (unsigned long)path, .path_size = sizeof(path),
	};

	must(ask(BPFPIN_IOC_INFO, &info));
	printf("%u %u %u %u %u %s\n", info.id, info.object_type, info.object_id, info.uid,
	       info.path_flags, path);
}

static void print_owner(__u32 id)
{
	struct bpfpin_ioc_info info = { .size = sizeof(info), .id = id };

	must(ask(BPFPIN_IOC_INFO, &info));
	printf("%s %s %u %u %llu %s\n", info.kind, *info.fs_type ? info.fs_type : "-",
	       info.ifindex, info.netns_ino, (unsigned long long)info.ino, info.pin_name);
}

static void print_file(const char *path)
{
	static const char * const states[] = {
		"NONE", "PIN", "STALE", "ALIAS", "BPFFS", "INHERITED",
	};
	struct bpfpin_ioc_file file = {
		.size = sizeof(file), .path_fd = AT_FDCWD, .path = (unsigned long)path,
	};

	must(ask(BPFPIN_IOC_FILE, &file));
	printf("%s %u %s %s %u\n", states[file.state], file.pin_id, file.kind, file.fs_type,
	       file.can);
}

static void do_unpin(const char *path, __u32 id)
{
	struct bpfpin_ioc_unpin unpin = {
		.size = sizeof(unpin), .id = id, .path_fd = AT_FDCWD,
		.path = (unsigned long)path,
	};

	must(ask(BPFPIN_IOC_UNPIN, &unpin));
	printf("%u\n", unpin.id);
}

static void do_tie(const char *path, int argc, char **argv)
{
	struct bpfpin_ioc_tie tie = {
		.size = sizeof(tie), .owner.fd = AT_FDCWD, .path_fd = AT_FDCWD,
		.path = (unsigned long)path,
	};

	if (argc >= 2 && !strcmp(argv[0], "path")) {
		tie.owner.path = (unsigned long)argv[1];
	} else if (argc >= 2 && !strcmp(argv[0], "fd")) {
		tie.owner.fd = atoi(argv[1]);
	} else if (argc >= 2 && !strcmp(argv[0], "dev")) {
		tie.owner.ifindex = strtoul(argv[1], NULL, 0);
		tie.owner.fd = argc > 2 ? atoi(argv[2]) : -1;
	} else {
		die("no owner");
	}
	must(ask(BPFPIN_IOC_TIE, &tie));
	printf("%u\n", tie.id);
}

static void do_untie(const char *path, __u32 id)
{
	struct bpfpin_ioc_untie untie = {
		.size = sizeof(untie), .id = id, .path_fd = AT_FDCWD,
		.path = (unsigned long)path,
	};

	must(ask(BPFPIN_IOC_UNTIE, &untie));
	printf("%u\n", untie.count);
}

static void print_tie(__u32 id, __u32 flags)
{
	char path[PATH_MAX] = "", owner[PATH_MAX] = "";
	struct bpfpin_ioc_tie_info info = {
		.size = sizeof(info), .flags = flags, .id = id,
		.path = (unsigned long)path, .path_size = sizeof(path),
		.owner_path = (unsigned long)owner, .owner_path_size = sizeof(owner),
	};

	must(ask(BPFPIN_IOC_TIE_INFO, &info));
	printf("%u %u %u %u %s %s - %s %s %u %u %s\n", info.id, info.uid, info.is_dir,
	       info.path_flags, info.fs_type, path, info.owner_kind,
	       *info.owner_fs_type ? info.owner_fs_type : "-", info.owner_path_flags,
	       info.ifindex, owner);
}

static void do_view(const char *prog, const char *path, const char *how)
{
	union bpf_attr attr = { .pathname = (unsigned long)prog };
	struct bpfpin_ioc_view view = {
		.size = sizeof(view), .path_fd = AT_FDCWD, .path = (unsigned long)path,
		.mode = 0444, .uid = BPFPIN_VIEW_CALLER, .gid = BPFPIN_VIEW_CALLER,
	};
	int fd = syscall(__NR_bpf, BPF_OBJ_GET, &attr, sizeof(attr));

	must(fd < 0 ? -errno : 0);
	view.prog_fd = fd;
	if (!strcmp(how, "inherit")) {
		view.flags = BPFPIN_VIEW_INHERIT;
	} else if (!strcmp(how, "replace")) {
		view.flags = BPFPIN_VIEW_REPLACE;
		view.mode = view.uid = view.gid = 0;
	}
	must(ask(BPFPIN_IOC_VIEW, &view));
	printf("%u\n", view.id);
}

/* "TIES WATCHES", at once or when it is as wanted; two seconds at most. */
static void print_ties(const char *wanted)
{
	struct bpfpin_ioc_status status;
	char text[64];

	for (int i = 0; i < 200; i++) {
		status = (struct bpfpin_ioc_status){ .size = sizeof(status) };
		must(ask(BPFPIN_IOC_STATUS, &status));
		snprintf(text, sizeof(text), "%u %u", status.ties, status.watches);
		if (!strcmp(wanted, "-") || !strcmp(wanted, text))
			break;
		usleep(10000);
	}
	printf("%s\n", text);
}

static const struct {
	const char *name;
	void (*run)(void);
} all_checks[] = {
	{ "check-sizes", check_sizes },
	{ "check-flags", check_flags },
	{ "check-pointers", check_pointers },
	{ "check-numbers", check_numbers },
	{ "check-compat", check_compat },
	{ "check-paths", check_paths },
	{ "check-buffers", check_buffers },
	{ "check-answers", check_answers },
	{ "check-ids", check_ids },
	{ "check-tie-buffers", check_tie_buffers },
	{ "check-tie-ids", check_tie_ids },
	{ "check-tie-paths", check_tie_paths },
	{ "check-owners", check_owners },
};

static int check(const char *name)
{
	struct bpfpin_ioc_file file = {
		.size = sizeof(file), .path_fd = AT_FDCWD, .path = (unsigned long)pin_path,
	};
	struct bpfpin_ioc_open opened = { .size = sizeof(opened), .owner.fd = -1 };
	size_t i = 0;
	__u32 found;

	must(ask(BPFPIN_IOC_FILE, &file));
	if (file.state != BPFPIN_FILE_PIN)
		die("%s is no pin", pin_path);
	pin_id = file.pin_id;
	request_of("tie_info")->result = ask_tie_info(0, BPFPIN_INFO_NEXT, &found);
	if (!request_of("tie_info")->result)
		tie_id = found;
	/* Whether it may tie at all is asked before the owner is looked at. */
	if (geteuid())
		request_of("tie")->result = -EPERM;
	opened.id = pin_id;
	must(ask(BPFPIN_IOC_OPEN, &opened));
	pin_fd = opened.object_fd;
	while (strcmp(all_checks[i].name, name))
		if (++i == sizeof(all_checks) / sizeof(*all_checks))
			die("no check '%s'", name);
	begin_monitor();
	all_checks[i].run();
	printf("%u of %u as they should be\n", checks - failures, checks);
	return failures != 0;
}

int main(int argc, char **argv)
{
	const char *command = argc > 2 ? argv[1] : "", *arg = argc > 2 ? argv[2] : "";

	device = open(BPFPIN_DEVICE, O_RDONLY | O_CLOEXEC);
	if (device < 0)
		die("cannot open %s: %s", BPFPIN_DEVICE, strerror(errno));

	if (!strcmp(command, "info"))
		print_info(strtoul(arg, NULL, 0), 0);
	else if (!strcmp(command, "next"))
		print_info(strtoul(arg, NULL, 0), BPFPIN_INFO_NEXT);
	else if (!strcmp(command, "owner"))
		print_owner(strtoul(arg, NULL, 0));
	else if (!strcmp(command, "file"))
		print_file(arg);
	else if (!strcmp(command, "unpin-id"))
		do_unpin(NULL, strtoul(arg, NULL, 0));
	else if (!strcmp(command, "unpin-path"))
		do_unpin(arg, argc > 3 ? strtoul(argv[3], NULL, 0) : 0);
	else if (!strcmp(command, "clean"))
		must(ask_path(BPFPIN_IOC_CLEAN, AT_FDCWD, (unsigned long)arg));
	else if (!strcmp(command, "tie"))
		do_tie(arg, argc - 3, argv + 3);
	else if (!strcmp(command, "untie"))
		do_untie(NULL, strtoul(arg, NULL, 0));
	else if (!strcmp(command, "untie-path"))
		do_untie(arg, 0);
	else if (!strcmp(command, "tie-info"))
		print_tie(strtoul(arg, NULL, 0), 0);
	else if (!strcmp(command, "tie-next"))
		print_tie(strtoul(arg, NULL, 0), BPFPIN_INFO_NEXT);
	else if (!strcmp(command, "view") && argc > 3)
		do_view(arg, argv[3], argc > 4 ? argv[4] : "");
	else if (!strcmp(command, "ties"))
		print_ties(arg);
	else {
		pin_path = arg;
		return check(command);
	}
	return 0;
}
