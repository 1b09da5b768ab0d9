// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpffault: everything that can fail on the way of a system call fails once.
 *
 *   bpffault [OPTIONS] OPERATION [ARGUMENT...]
 *
 * An operation is one system call, with what comes before it and what must be true
 * behind it.  It is done again and again: with the first allocation failing, the
 * second, and so on, until it comes to its end without one that failed.  Each time
 * it must either fail and leave everything as it was, or have done all that it is
 * for.  Failures of allocations are the kernel's fault injection, counted by
 * /proc/self/fail-nth; those of functions come from the module fail_call.
 *
 *   --folder DIR    what is in there must be as before, too (up to four)
 *   --errors E,...  by which the operation may fail besides ENOMEM
 *   --call NAME:VALUE   no allocations: this function of the kernel's returns VALUE,
 *                   where the module calls it
 *   --none          there may be nothing that can fail
 *   --fails         when something failed it may not work, unless it tells what
 *                   does not
 *   --worker        what fails is in a worker of the kernel's, behind the call
 *   --only N        only the N-th
 *   --list          the operations
 *   --set-up [NAME]   comes first, once: only what is inside this function of the
 *                   kernel's counts; without a name, all does
 *
 * It prints how many points of failure there are, and how it went at them.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <net/if.h>
#include <sched.h>
#include <spawn.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <linux/bpfpin.h>
#include <linux/rtnetlink.h>

#include "object.h"
#include "tool.h"

#define DEBUGFS		"/sys/kernel/debug/"
#define CONSUMER	DEBUGFS "watch_consumer/control"
#define MODULE		"bpfpin"
/* Of one operation; more means that it never ends. */
#define POINTS_MAX	5000
/* What ends a moment later has so long. */
#define SETTLE_MS	5000

static const char **arg;		/* of the operation */
static unsigned long point;		/* that is to fail */
static bool degraded;			/* it worked, but not all of it */

__attribute__((format(printf, 1, 2)))
static void complain(const char *fmt, ...);

/*
 * How things are
 */

static const char *folders[4];

struct text {
	size_t len;
	char text[32768];
};

static struct text *growing;

__attribute__((format(printf, 1, 2)))
static void add(const char *fmt, ...)
{
	size_t room = sizeof(growing->text) - growing->len;
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(growing->text + growing->len, room, fmt, ap);
	va_end(ap);
	if (len < 0 || (size_t)len >= room)
		die("there is too much to look at");
	growing->len += len;
}

/* Not kept open: that would hold the module. */
static int open_device(void)
{
	return open(BPFPIN_DEVICE, O_RDONLY | O_CLOEXEC);
}

static bool get_status(struct bpfpin_ioc_status *status)
{
	int fd = open_device();

	*status = (struct bpfpin_ioc_status){ .size = sizeof(*status) };
	if (fd < 0)
		return false;
	ok(ioctl(fd, BPFPIN_IOC_STATUS, status));
	close(fd);
	return true;
}

static void add_module(void)
{
	struct bpfpin_ioc_status status;
	char line[512], refs[32] = "none";
	FILE *file = fopen("/proc/modules", "re");

	if (!file)
		die("cannot open /proc/modules");
	while (fgets(line, sizeof(line), file))
		if (!strncmp(line, MODULE " ", strlen(MODULE) + 1))
			sscanf(line, "%*s %*s %31s", refs);
	fclose(file);
	add("references to the module: %s\n", refs);
	if (get_status(&status))
		add("pins %u watches %u ties %u\n", status.pins, status.watches, status.ties);
}

static void add_objects(void)
{
	static const int next[] = {
		BPF_PROG_GET_NEXT_ID, BPF_MAP_GET_NEXT_ID, BPF_LINK_GET_NEXT_ID,
	};

	for (int i = 0; i < 3; i++) {
		union bpf_attr attr = {};

		add("%s", i == 0 ? "programs" : i == 1 ? "maps" : "links");
		while (!bpf(next[i], &attr)) {
			add(" %u", attr.next_id);
			attr.start_id = attr.next_id;
		}
		add("\n");
	}
}

static void add_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	struct dirent *entry;
	char target[64], path[300];
	ssize_t len;

	while (dir && (entry = readdir(dir))) {
		if (*entry->d_name == '.' || atoi(entry->d_name) == dirfd(dir))
			continue;
		snprintf(path, sizeof(path), "/proc/self/fd/%s", entry->d_name);
		len = readlink(path, target, sizeof(target));
		add("descriptor %s %.*s\n", entry->d_name, len < 0 ? 0 : (int)len, target);
	}
	closedir(dir);
}

static int add_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)type;
	/* Of a cgroup's files only ours. */
	if (!S_ISDIR(st->st_mode) && strncmp(path + ftw->base, "bpf", 3))
		return 0;
	add("%s %o\n", path, st->st_mode);
	return 0;
}

static void look(struct text *text)
{
	growing = text;
	growing->len = 0;
	add_module();
	add_objects();
	add_descriptors();
	for (int i = 0; i < 4 && folders[i]; i++)
		ok(nftw(folders[i], add_file, 16, FTW_PHYS | FTW_MOUNT));
}

/* The first line in which two texts differ. */
static void show_difference(const struct text *is, const struct text *was)
{
	const char *a = is->text, *b = was->text;

	for (;;) {
		size_t len = strcspn(a, "\n"), len2 = strcspn(b, "\n");

		if (len != len2 || memcmp(a, b, len)) {
			printf("\tis:  %.*s\n\twas: %.*s\n", (int)len, a, (int)len2, b);
			return;
		}
		if (!a[len])
			return;
		a += len + 1;
		b += len + 1;
	}
}

/* Things are as they were, if not at once then in a moment. */
static void expect_as(const struct text *was, const char *when)
{
	static struct text is;

	for (int ms = 0; ms < SETTLE_MS; ms += 20) {
		look(&is);
		if (is.len == was->len && !memcmp(is.text, was->text, is.len))
			return;
		usleep(20000);
	}
	complain("%s", when);
	show_difference(&is, was);
}

static void write_file(const char *path, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void write_file(const char *path, const char *fmt, ...)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	va_list ap;

	if (fd < 0)
		die("cannot open %s", path);
	va_start(ap, fmt);
	if (vdprintf(fd, fmt, ap) < 0)
		die("cannot write %s", path);
	va_end(ap);
	close(fd);
}

/* Names and inodes that are in no use are forgotten. */
static void drop_caches(void)
{
	/* What was used just now goes the second time. */
	write_file("/proc/sys/vm/drop_caches", "2");
	write_file("/proc/sys/vm/drop_caches", "2");
}

/*
 * Objects, owners, requests
 */

static int object = -1;
static __u32 object_id;

/* Of any object: its info begins with type and id, or the other way round. */
static __u32 id_of(int fd)
{
	union {
		struct bpf_prog_info prog;
		__u32 words[2];
		char bytes[512];
	} info = {};
	union bpf_attr attr = {
		.info.bpf_fd = fd,
		.info.info_len = sizeof(info),
		.info.info = (unsigned long)&info,
	};

	ok(bpf(BPF_OBJ_GET_INFO_BY_FD, &attr));
	return info.words[1];
}

static int make_object(const char *type)
{
	int prog, fd;

	if (!strcmp(type, "map"))
		return map_create(BPF_MAP_TYPE_ARRAY, "bpffault");
	if (!strcmp(type, "prog"))
		return prog_return(BPF_PROG_TYPE_SOCKET_FILTER, 0, 0);
	if (!strcmp(type, "view"))
		return prog_iter("bpf_iter_cgroup");
	if (!strcmp(type, "iter"))
		return link_create(prog_iter("bpf_iter_bpf_map"), 0, BPF_TRACE_ITER);
	if (strcmp(type, "link"))
		die("no type '%s'", type);
	prog = prog_return(BPF_PROG_TYPE_RAW_TRACEPOINT, 0, 0);
	{
		union bpf_attr attr = {
			.raw_tracepoint.name = (unsigned long)"sched_process_hang",
			.raw_tracepoint.prog_fd = prog,
		};

		fd = ok(bpf(BPF_RAW_TRACEPOINT_OPEN, &attr));
	}
	close(prog);
	return fd;
}

/* A fresh object; nothing else has it. */
static void new_object(const char *type)
{
	object = make_object(type);
	object_id = id_of(object);
}

static void close_object(void)
{
	close(object);
	object = -1;
}

static int request(unsigned long number, void *any)
{
	int fd = ok(open_device()), ret;

	ret = ioctl(fd, number, any);
	close(fd);
	return ret;
}

static union bpf_attr pin_attr, get_attr;

static void fill_pin(const char *path)
{
	pin_attr = (union bpf_attr){ .pathname = (unsigned long)path, .bpf_fd = object };
	get_attr = (union bpf_attr){ .pathname = (unsigned long)path };
}

static void pin_object(const char *path)
{
	fill_pin(path);
	ok(bpf(BPF_OBJ_PIN, &pin_attr));
}

/* It is the object that is pinned there. */
static void expect_pinned(const char *path)
{
	union bpf_attr attr = { .pathname = (unsigned long)path };
	int fd = bpf(BPF_OBJ_GET, &attr);

	if (fd < 0) {
		complain("it worked, but %s cannot be opened: %s", path, strerrorname_np(errno));
		return;
	}
	if (id_of(fd) != object_id)
		complain("it worked, but %s is another object", path);
	close(fd);
}

static void expect_missing(const char *path)
{
	struct stat st;

	if (!lstat(path, &st))
		complain("it worked, but %s is there", path);
}

/* The pin with the highest id is the one that was just made. */
static __u32 last_pin(void)
{
	struct bpfpin_ioc_info info = { .size = sizeof(info), .flags = BPFPIN_INFO_NEXT };
	__u32 last = 0;

	while (!request(BPFPIN_IOC_INFO, &info)) {
		last = info.id++;
		info.size = sizeof(info);
		info.flags = BPFPIN_INFO_NEXT;
	}
	return last;
}

static int device_fd;			/* of an owner that is a network device */

static int owner_fd = -1;

/* A request to the routing socket of one device, ready to be sent. */
static struct link_message {
	struct nlmsghdr header;
	struct ifinfomsg info;
	char attributes[128];
} link_message;

static void add_attribute(struct link_message *message, int type, const void *data, int len)
{
	struct rtattr *attr = (void *)((char *)message + NLMSG_ALIGN(message->header.nlmsg_len));

	attr->rta_type = type;
	attr->rta_len = RTA_LENGTH(len);
	memcpy(RTA_DATA(attr), data, len);
	message->header.nlmsg_len = NLMSG_ALIGN(message->header.nlmsg_len) + RTA_ALIGN(attr->rta_len);
}

static void fill_link(int type, int flags, const char *name)
{
	struct link_message *message = &link_message;
	struct rtattr *info;

	memset(message, 0, sizeof(*message));
	message->header.nlmsg_len = NLMSG_LENGTH(sizeof(message->info));
	message->header.nlmsg_type = type;
	message->header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	add_attribute(message, IFLA_IFNAME, name, strlen(name) + 1);
	if (type != RTM_NEWLINK)
		return;
	info = (void *)((char *)message + NLMSG_ALIGN(message->header.nlmsg_len));
	add_attribute(message, IFLA_LINKINFO, "", 0);
	add_attribute(message, IFLA_INFO_KIND, "dummy", 5);
	info->rta_len = (char *)message + message->header.nlmsg_len - (char *)info;
}

/* What the kernel said of the message; the request itself was sent by send(2). */
static int link_answer(void)
{
	struct {
		struct nlmsghdr header;
		struct nlmsgerr error;
		char rest[256];
	} answer;

	/* There may be none for want of memory, and yet it is done. */
	if (recv(device_fd, &answer, sizeof(answer), MSG_DONTWAIT) < 0)
		return 0;
	errno = -answer.error.error;
	return errno ? -1 : 0;
}

static long send_link(void)
{
	return send(device_fd, &link_message, link_message.header.nlmsg_len, 0);
}

static const char *after(const char *text, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(text, prefix, len) ? NULL : text + len;
}

static int new_netns(void)
{
	int own = ok(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC)), fd;

	ok(unshare(CLONE_NEWNET));
	fd = ok(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
	ok(setns(own, CLONE_NEWNET));
	close(own);
	return fd;
}

static int open_pipe(void)
{
	int fds[2];

	ok(pipe2(fds, O_CLOEXEC));
	close(fds[1]);
	return fds[0];
}

/* An owner of its own: file:PATH cgroup:PATH dev:NAME socket pipe memfd netns. */
static struct bpfpin_owner new_owner(const char *text)
{
	struct bpfpin_owner owner = { .fd = AT_FDCWD };
	const char *path;

	if ((path = after(text, "file:"))) {
		close(ok(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600)));
		owner.path = (unsigned long)path;
		return owner;
	}
	if ((path = after(text, "cgroup:"))) {
		ok(mkdir(path, 0755));
		owner.path = (unsigned long)path;
		return owner;
	}
	if ((path = after(text, "dev:"))) {
		device_fd = ok(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
		fill_link(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, path);
		ok(send_link());
		ok(link_answer());
		fill_link(RTM_DELLINK, 0, path);
		owner.fd = -1;
		owner.ifindex = if_nametoindex(path);
		return owner;
	}
	if (!strcmp(text, "socket"))
		owner_fd = ok(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
	else if (!strcmp(text, "pipe"))
		owner_fd = open_pipe();
	else if (!strcmp(text, "memfd"))
		owner_fd = ok(memfd_create("bpffault", MFD_CLOEXEC));
	else if (!strcmp(text, "netns"))
		owner_fd = new_netns();
	else
		die("'%s' is no owner", text);
	owner.fd = owner_fd;
	return owner;
}

static long end_owner(void)
{
	const char *path;

	if ((path = after(arg[0], "file:")))
		return unlink(path);
	if ((path = after(arg[0], "cgroup:")))
		return rmdir(path);
	if (after(arg[0], "dev:"))
		return send_link() < 0 ? -1 : link_answer();
	return close(owner_fd);
}

static bool owner_has_name(const char *text)
{
	return after(text, "file:") || after(text, "cgroup:");
}

/* Behind an end that may have failed or not been tried. */
static void put_owner(const char *text, bool ended)
{
	const char *path = strchr(text, ':');

	if (after(text, "file:")) {
		if (!ended)
			ok(unlink(path + 1));
	} else if (after(text, "cgroup:")) {
		if (!ended)
			ok(rmdir(path + 1));
	} else if (after(text, "dev:")) {
		if (!ended) {
			fill_link(RTM_DELLINK, 0, path + 1);
			ok(send_link());
			ok(link_answer());
		}
		close(device_fd);
	} else {
		if (!ended)
			ok(close(owner_fd));
		owner_fd = -1;
	}
}

/*
 * Operations.  What is prepared is taken back by @cleanup, whether the call was
 * successful or not; @done looks whether a successful one has done all, and undoes
 * that.
 */

static bool succeeded;
static long result;

static void prepare_pin(void)
{
	new_object(arg[0]);
	fill_pin(arg[1]);
}

static long fire_pin(void)
{
	return bpf(BPF_OBJ_PIN, &pin_attr);
}

/* Where a pin is can be told even when its name is forgotten. */
static void expect_path(const char *path)
{
	char text[PATH_MAX] = "";
	struct bpfpin_ioc_info info = {
		.size = sizeof(info), .id = last_pin(), .path = (unsigned long)text,
		.path_size = sizeof(text),
	};

	/* It is not ours. */
	if (!info.id)
		return;
	drop_caches();
	ok(request(BPFPIN_IOC_INFO, &info));
	if (!*text || !strstr(path, strrchr(text, '/') ?: text))
		complain("it worked, but its path is '%s'", text);
}

static void done_pin(void)
{
	expect_path(arg[1]);
	expect_pinned(arg[1]);
	ok(unlink(arg[1]));
}

/* What is pinned at the second argument, of the type that the first one is. */
static void prepare_pinned(void)
{
	new_object(arg[0]);
	pin_object(arg[1]);
}

static void cleanup_pinned(void)
{
	ok(unlink(arg[1]));
	close_object();
}

static long fire_get(void)
{
	return bpf(BPF_OBJ_GET, &get_attr);
}

static void done_get(void)
{
	if (id_of(result) != object_id)
		complain("it worked, but it is another object");
	close(result);
}

static long fire_open(void)
{
	return open(arg[1], O_RDONLY | O_CLOEXEC);
}

static void done_open(void)
{
	char text[256];

	if (read(result, text, sizeof(text)) <= 0)
		complain("it worked, but there is nothing to read");
	close(result);
}

static int file_fd;
static char file_text[512];

static void prepare_read(void)
{
	prepare_pinned();
	file_fd = ok(open(arg[1], O_RDONLY | O_CLOEXEC));
}

static long fire_read(void)
{
	return read(file_fd, file_text, sizeof(file_text));
}

static void done_read(void)
{
	if (result <= 0)
		complain("it worked, but there is nothing to read");
}

static void cleanup_read(void)
{
	close(file_fd);
	cleanup_pinned();
}

static long fire_unlink(void)
{
	return unlink(arg[1]);
}

static void cleanup_gone(void)
{
	if (!succeeded) {
		expect_pinned(arg[1]);
		ok(unlink(arg[1]));
	}
	close_object();
}

static int open_request = -1;
static unsigned long request_number;

static union {
	struct bpfpin_ioc_attach attach;
	struct bpfpin_ioc_open open;
	struct bpfpin_ioc_unpin unpin;
	struct bpfpin_ioc_clean clean;
	struct bpfpin_ioc_tie tie;
	struct bpfpin_ioc_untie untie;
	struct bpfpin_ioc_tie_info tie_info;
	struct bpfpin_ioc_view view;
	struct bpfpin_ioc_info info;
	struct bpfpin_ioc_file file;
	struct bpfpin_ioc_kind kind;
	struct bpfpin_ioc_status status;
	struct bpfpin_ioc_monitor monitor;
} asked;

/* The request is filled in: open the device for it. */
#define ASK(number, member) do {				\
	asked.member.size = sizeof(asked.member);		\
	request_number = number;				\
	open_request = ok(open_device());			\
} while (0)

static long fire_request(void)
{
	return ioctl(open_request, request_number, &asked);
}

static void close_request(void)
{
	close(open_request);
	open_request = -1;
}

static void prepare_unpin_path(void)
{
	prepare_pinned();
	asked.unpin = (struct bpfpin_ioc_unpin){
		.path_fd = AT_FDCWD, .path = (unsigned long)arg[1],
	};
	ASK(BPFPIN_IOC_UNPIN, unpin);
}

static void done_unpin_path(void)
{
	expect_missing(arg[1]);
}

static void cleanup_unpin(void)
{
	close_request();
	cleanup_gone();
}

static void prepare_unpin_id(void)
{
	prepare_pinned();
	asked.unpin = (struct bpfpin_ioc_unpin){ .id = last_pin() };
	ASK(BPFPIN_IOC_UNPIN, unpin);
}

/* An ordinary file stays behind, where files do. */
static void done_unpin_id(void)
{
	if (fire_get() >= 0)
		complain("it worked, but it still is a pin");
	if (unlink(arg[1]) && errno != ENOENT)
		die_errno();
}

static void prepare_clean(void)
{
	prepare_unpin_id();
	ok(fire_request());
	close_request();
	asked.clean = (struct bpfpin_ioc_clean){
		.path_fd = AT_FDCWD, .path = (unsigned long)arg[1],
	};
	ASK(BPFPIN_IOC_CLEAN, clean);
}

static void cleanup_clean(void)
{
	if (!succeeded)
		ok(unlink(arg[1]));
	close_request();
	close_object();
}

static const char pin_name[] = "a name";

static void fill_attach(const char *owner)
{
	asked.attach = (struct bpfpin_ioc_attach){
		.owner = new_owner(owner), .object_fd = object,
		.name = (unsigned long)pin_name,
	};
	ASK(BPFPIN_IOC_ATTACH, attach);
}

static void prepare_attach(void)
{
	new_object("map");
	fill_attach(arg[0]);
}

static void expect_attached(struct bpfpin_owner owner)
{
	struct bpfpin_ioc_open request_open = {
		.size = sizeof(request_open), .owner = owner, .name = (unsigned long)pin_name,
	};

	if (request(BPFPIN_IOC_OPEN, &request_open)) {
		complain("it worked, but it is not attached: %s", strerrorname_np(errno));
		return;
	}
	if (id_of(request_open.object_fd) != object_id)
		complain("it worked, but another object is attached");
	close(request_open.object_fd);
}

static void done_attach(void)
{
	struct bpfpin_ioc_unpin unpin = { .size = sizeof(unpin), .id = asked.attach.id };

	expect_attached(asked.attach.owner);
	ok(request(BPFPIN_IOC_UNPIN, &unpin));
}

static void cleanup_attach(void)
{
	close_request();
	put_owner(arg[0], false);
	close_object();
}

/* So many that tables have to grow meanwhile. */
#define MANY	600

static __u32 many[MANY];
static int nr_many;

static void unpin_many(void)
{
	while (nr_many) {
		struct bpfpin_ioc_unpin unpin = { .size = sizeof(unpin), .id = many[--nr_many] };

		ok(request(BPFPIN_IOC_UNPIN, &unpin));
	}
}

static long fire_attach_many(void)
{
	char name[16];
	int code;

	asked.attach.name = (unsigned long)name;
	for (nr_many = 0; nr_many < MANY; nr_many++) {
		snprintf(name, sizeof(name), "%d", nr_many);
		if (fire_request()) {
			code = errno;
			unpin_many();
			errno = code;
			return -1;
		}
		many[nr_many] = asked.attach.id;
	}
	return 0;
}

static void prepare_open_attached(void)
{
	struct bpfpin_owner owner;

	prepare_attach();
	ok(fire_request());
	owner = asked.attach.owner;
	asked.open = (struct bpfpin_ioc_open){ .owner = owner, .name = (unsigned long)pin_name };
	asked.open.size = sizeof(asked.open);
	request_number = BPFPIN_IOC_OPEN;
}

static void done_open_attached(void)
{
	if (id_of(asked.open.object_fd) != object_id)
		complain("it worked, but it is another object");
	close(asked.open.object_fd);
}

/* Something of bpffs, with this object in it. */
static void prepare_tied(const char *path)
{
	char below[PATH_MAX];

	ok(mkdir(path, 0700));
	snprintf(below, sizeof(below), "%s/deep", path);
	ok(mkdir(below, 0700));
	snprintf(below, sizeof(below), "%s/deep/map", path);
	pin_object(below);
}

static void remove_tied(const char *path)
{
	char below[PATH_MAX];

	snprintf(below, sizeof(below), "%s/deep/map", path);
	ok(unlink(below));
	snprintf(below, sizeof(below), "%s/deep", path);
	ok(rmdir(below));
	ok(rmdir(path));
}

static void fill_tie(const char *path, struct bpfpin_owner owner)
{
	asked.tie = (struct bpfpin_ioc_tie){
		.owner = owner, .path_fd = AT_FDCWD, .path = (unsigned long)path,
	};
	asked.tie.size = sizeof(asked.tie);
	request_number = BPFPIN_IOC_TIE;
}

/* An owner ends, to which an object is attached, and perhaps a directory tied. */
static void prepare_end(void)
{
	struct bpfpin_owner owner;

	prepare_attach();
	ok(fire_request());
	owner = asked.attach.owner;
	if (arg[1]) {
		prepare_tied(arg[1]);
		fill_tie(arg[1], owner);
		ok(fire_request());
	}
	close_request();
}

static void done_end(void)
{
	struct bpfpin_ioc_status status;
	struct stat st;
	int ms;

	if (owner_has_name(arg[0]))
		expect_missing(strchr(arg[0], ':') + 1);
	/* Of all but namespaces at once. */
	get_status(&status);
	if (status.pins && strcmp(arg[0], "netns"))
		complain("the owner has ended, its pin has not");
	for (ms = 0; arg[1] && !lstat(arg[1], &st) && ms < SETTLE_MS; ms += 20)
		usleep(20000);
	if (arg[1] && !lstat(arg[1], &st)) {
		complain("the owner has ended, and %s is there", arg[1]);
		remove_tied(arg[1]);
	}
}

static void cleanup_end(void)
{
	if (!succeeded && arg[1])
		remove_tied(arg[1]);
	/* A failed close(2) has closed. */
	put_owner(arg[0], succeeded);
	close_object();
}

/* Ties the second argument, of the type of the first, to the owner in the third. */
static void prepare_tie(void)
{
	struct bpfpin_owner owner;

	new_object("map");
	if (!strcmp(arg[0], "dir"))
		prepare_tied(arg[1]);
	else
		pin_object(arg[1]);
	owner = new_owner(arg[2]);
	fill_tie(arg[1], owner);
	open_request = ok(open_device());
}

/* It removes, even what was forgotten meanwhile; namespaces take long to end. */
static void done_tie(void)
{
	struct bpfpin_ioc_untie untie = { .size = sizeof(untie), .id = asked.tie.id };
	struct stat st;

	if (strcmp(arg[2], "socket")) {
		ok(request(BPFPIN_IOC_UNTIE, &untie));
		if (untie.count != 1)
			complain("it worked, but there was no tie");
		return;
	}
	drop_caches();
	ok(close(owner_fd));
	for (int ms = 0; !lstat(arg[1], &st) && ms < SETTLE_MS; ms += 20)
		usleep(20000);
	expect_missing(arg[1]);
	owner_fd = ok(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

static void cleanup_tie(void)
{
	struct stat st;

	close_request();
	if (!lstat(arg[1], &st)) {
		if (!strcmp(arg[0], "dir"))
			remove_tied(arg[1]);
		else
			ok(unlink(arg[1]));
	}
	put_owner(arg[2], false);
	close_object();
}

static void prepare_untie(void)
{
	__u32 id;

	prepare_tie();
	ok(fire_request());
	id = asked.tie.id;
	asked.untie = (struct bpfpin_ioc_untie){ .id = id, .path_fd = AT_FDCWD };
	asked.untie.size = sizeof(asked.untie);
	request_number = BPFPIN_IOC_UNTIE;
}

static void prepare_untie_path(void)
{
	prepare_untie();
	asked.untie.id = 0;
	asked.untie.path = (unsigned long)arg[1];
}

static void done_untie(void)
{
	if (asked.untie.count != 1)
		complain("it worked, but dissolved %u", asked.untie.count);
}

static char path_text[PATH_MAX], owner_text[PATH_MAX];

static void prepare_tie_info(void)
{
	__u32 id;

	prepare_tie();
	ok(fire_request());
	id = asked.tie.id;
	asked.tie_info = (struct bpfpin_ioc_tie_info){
		.id = id,
		.path = (unsigned long)path_text, .path_size = sizeof(path_text),
		.owner_path = (unsigned long)owner_text, .owner_path_size = sizeof(owner_text),
	};
	asked.tie_info.size = sizeof(asked.tie_info);
	request_number = BPFPIN_IOC_TIE_INFO;
}

static void done_tie_info(void)
{
	if (!strstr(arg[1], path_text))
		complain("it worked, but the path is %s", path_text);
}

/*
 * Views
 */

/* The file prints what the program of an iterator does, or it is not there. */
static bool prints(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char text[64] = "";
	ssize_t len;

	if (fd < 0)
		return false;
	len = read(fd, text, sizeof(text));
	close(fd);
	return len >= 7 && !memcmp(text, "bpfobj\n", 7);
}

static const char *file_name;
static unsigned int files, files_missing;

static int look_for_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	char file[PATH_MAX];

	(void)type;
	(void)ftw;
	if (!S_ISDIR(st->st_mode))
		return 0;
	snprintf(file, sizeof(file), "%s/%s", path, file_name);
	if (prints(file))
		files++;
	else
		files_missing++;
	return 0;
}

/* How many of the folder of @path, and those below, have its file. */
static void count_files(const char *path)
{
	char folder[PATH_MAX];

	snprintf(folder, sizeof(folder), "%s", path);
	file_name = strrchr(path, '/') + 1;
	folder[file_name - path - 1] = '\0';
	files = files_missing = 0;
	ok(nftw(folder, look_for_file, 16, FTW_PHYS));
}

static void fill_view(__u32 flags, const char *path)
{
	asked.view = (struct bpfpin_ioc_view){
		.flags = flags, .prog_fd = object, .path_fd = AT_FDCWD,
		.path = (unsigned long)path,
	};
	if (!(flags & BPFPIN_VIEW_REPLACE)) {
		asked.view.mode = 0444;
		asked.view.uid = BPFPIN_VIEW_CALLER;
		asked.view.gid = BPFPIN_VIEW_CALLER;
	}
	ASK(BPFPIN_IOC_VIEW, view);
}

static void prepare_view(void)
{
	new_object("view");
	fill_view(0, arg[0]);
}

static void prepare_view_inherit(void)
{
	new_object("view");
	fill_view(BPFPIN_VIEW_INHERIT, arg[0]);
}

static void done_view(void)
{
	count_files(arg[0]);
	if (!prints(arg[0]))
		complain("it worked, but the view prints nothing");
	if (asked.view.flags & BPFPIN_VIEW_INHERIT && files_missing)
		complain("it worked, but %u of %u cgroups have no file", files_missing,
			 files + files_missing);
	ok(unlink(arg[0]));
}

static void cleanup_view(void)
{
	close_request();
	close_object();
}

/* A view that is inherited, at the first argument, by a program of its own. */
static int above = -1;

static void add_above(__u32 flags)
{
	new_object("view");
	above = object;
	fill_view(flags, arg[0]);
	ok(fire_request());
	close_request();
}

static void remove_above(void)
{
	ok(unlink(arg[0]));
	close(above);
	above = -1;
}

static void prepare_override(void)
{
	add_above(BPFPIN_VIEW_INHERIT);
	new_object("view");
	fill_view(0, arg[1]);
}

static void done_override(void)
{
	expect_pinned(arg[1]);
	ok(unlink(arg[1]));
	/* What was inherited is there again. */
	if (!prints(arg[1]))
		complain("%s did not come back", arg[1]);
}

static void cleanup_override(void)
{
	cleanup_view();
	remove_above();
}

/* The view of a cgroup in between is removed: what is above comes back. */
static void prepare_remove_override(void)
{
	prepare_override();
	ok(fire_request());
	close_request();
}

static void done_remove_override(void)
{
	for (int ms = 0; !prints(arg[1]) && ms < SETTLE_MS; ms += 20)
		usleep(20000);
	if (!prints(arg[1]))
		complain("%s did not come back", arg[1]);
}

static void cleanup_remove_override(void)
{
	if (!succeeded)
		ok(unlink(arg[1]));
	close_object();
	remove_above();
}

static void prepare_replace(void)
{
	add_above(BPFPIN_VIEW_INHERIT);
	new_object("view");
	fill_view(BPFPIN_VIEW_REPLACE, arg[0]);
}

static void done_replace(void)
{
	expect_pinned(arg[0]);
}

/* A cgroup is made below a view that is inherited. */
static void prepare_mkdir(void)
{
	add_above(BPFPIN_VIEW_INHERIT);
}

static long fire_mkdir(void)
{
	return mkdir(arg[1], 0755);
}

static void done_mkdir(void)
{
	for (int ms = 0; ms < SETTLE_MS; ms += 20) {
		count_files(arg[0]);
		if (!files_missing)
			break;
		usleep(20000);
	}
	if (files_missing)
		complain("the cgroup was made, but has no file of the view");
	ok(rmdir(arg[1]));
}

static void cleanup_mkdir(void)
{
	remove_above();
}

static void prepare_rmdir(void)
{
	add_above(BPFPIN_VIEW_INHERIT);
	ok(mkdir(arg[1], 0755));
}

static long fire_rmdir(void)
{
	return rmdir(arg[1]);
}

static void done_rmdir(void)
{
	expect_missing(arg[1]);
}

static void cleanup_rmdir(void)
{
	if (!succeeded)
		ok(rmdir(arg[1]));
	remove_above();
}

/* The one that was made is removed, and all others with it. */
static void prepare_remove_view(void)
{
	add_above(BPFPIN_VIEW_INHERIT);
}

static long fire_remove_view(void)
{
	return unlink(arg[0]);
}

static void done_remove_view(void)
{
	count_files(arg[0]);
	if (files)
		complain("the view is removed, but %u files are there", files);
}

static void cleanup_remove_view(void)
{
	if (!succeeded)
		ok(unlink(arg[0]));
	close(above);
	above = -1;
}

/*
 * The device
 */

static long fire_device(void)
{
	return open_device();
}

static void done_close(void)
{
	close(result);
}

static void prepare_nothing(void)
{
}

static void prepare_status(void)
{
	asked.status = (struct bpfpin_ioc_status){};
	ASK(BPFPIN_IOC_STATUS, status);
}

static void prepare_kind(void)
{
	asked.kind = (struct bpfpin_ioc_kind){};
	ASK(BPFPIN_IOC_KIND, kind);
}

static void done_kind(void)
{
	if (!*asked.kind.kind)
		complain("it worked, but said nothing");
}

static void prepare_file(void)
{
	prepare_pinned();
	asked.file = (struct bpfpin_ioc_file){
		.path_fd = AT_FDCWD, .path = (unsigned long)arg[1],
	};
	ASK(BPFPIN_IOC_FILE, file);
}

static void done_file(void)
{
	if (asked.file.state != BPFPIN_FILE_PIN)
		complain("it worked, but says that this is no pin");
}

static void prepare_info(void)
{
	prepare_pinned();
	asked.info = (struct bpfpin_ioc_info){
		.id = last_pin(), .path = (unsigned long)path_text,
		.path_size = sizeof(path_text),
	};
	ASK(BPFPIN_IOC_INFO, info);
}

static void done_info(void)
{
	if (asked.info.object_id != object_id || !*path_text)
		complain("it worked, but says of object %u at %s", asked.info.object_id,
			 path_text);
}

static void cleanup_request_pinned(void)
{
	close_request();
	cleanup_pinned();
}

static void prepare_monitor(void)
{
	asked.monitor = (struct bpfpin_ioc_monitor){};
	ASK(BPFPIN_IOC_MONITOR, monitor);
}

static struct bpfpin_event event;

/* It monitors: what happens can be read. */
static void done_monitor(void)
{
	new_object("map");
	pin_object(arg[0]);
	if (read(open_request, &event, sizeof(event)) != sizeof(event) ||
	    event.object_id != object_id)
		complain("it worked, but does not monitor");
	ok(unlink(arg[0]));
	close_object();
}

static void prepare_monitor_read(void)
{
	prepare_monitor();
	ok(fire_request());
	new_object("map");
	pin_object(arg[0]);
	ok(unlink(arg[0]));
	close_object();
}

static long fire_monitor_read(void)
{
	return read(open_request, &event, sizeof(event));
}

static void done_monitor_read(void)
{
	if (event.object_id != object_id)
		complain("it worked, but tells of object %u", event.object_id);
}

static void prepare_monitor_close(void)
{
	prepare_monitor();
	ok(fire_request());
}

static long fire_monitor_close(void)
{
	return close(open_request);
}

static void cleanup_closed(void)
{
	open_request = -1;
}

/*
 * Watches of another module, by the module watch_consumer
 */

static char watch_line[PATH_MAX];
static size_t watch_len;

static void prepare_watch(void)
{
	file_fd = ok(open(CONSUMER, O_WRONLY | O_CLOEXEC));
	watch_len = snprintf(watch_line, sizeof(watch_line), "watch 0 %s", arg[0]);
}

static long fire_watch(void)
{
	return write(file_fd, watch_line, watch_len);
}

static const char unwatch_line[] = "unwatch 0";

static long fire_unwatch(void)
{
	return write(file_fd, unwatch_line, strlen(unwatch_line));
}

static void done_watch(void)
{
	ok(fire_unwatch());
}

static void cleanup_watch(void)
{
	close(file_fd);
}

static void prepare_unwatch(void)
{
	prepare_watch();
	ok(fire_watch());
}

static void cleanup_unwatch(void)
{
	if (!succeeded)
		ok(fire_unwatch());
	close(file_fd);
}

/*
 * Umount; the module itself
 */

static void prepare_umount(void)
{
	ok(mount("bpffault", arg[0], "tmpfs", 0, NULL));
	snprintf(path_text, sizeof(path_text), "%s/bpf-pin", arg[0]);
	new_object("map");
	pin_object(path_text);
}

static long fire_umount(void)
{
	return umount2(arg[0], 0);
}

static void cleanup_umount(void)
{
	if (!succeeded)
		ok(umount2(arg[0], 0));
	close_object();
}

static void prepare_insmod(void)
{
	file_fd = ok(open(arg[0], O_RDONLY | O_CLOEXEC));
}

static long fire_insmod(void)
{
	return syscall(__NR_finit_module, file_fd, "", 0);
}

static long fire_rmmod(void)
{
	return syscall(__NR_delete_module, MODULE, O_NONBLOCK);
}

/* What works is told, and what is told to work does. */
static void expect_module(void)
{
	struct bpfpin_ioc_status status;
	union bpf_attr attr = { .pathname = (unsigned long)arg[1] };
	int ret, wanted;

	if (!get_status(&status)) {
		complain("it worked, but there is no device");
		return;
	}
	wanted = status.pin_error ? -EPERM : status.watch_error;
	degraded = status.watch_error || status.pin_error || status.get_error;
	new_object("map");
	attr.bpf_fd = object;
	ret = bpf(BPF_OBJ_PIN, &attr) ? -errno : 0;
	if (ret != wanted)
		complain("it worked, and a pin is %s", strerrorname_np(-ret) ?: "made");
	if (!ret)
		ok(unlink(arg[1]));
	close_object();
}

static void done_insmod(void)
{
	expect_module();
	ok(fire_rmmod());
}

static void cleanup_insmod(void)
{
	close(file_fd);
}

static void prepare_rmmod(void)
{
	prepare_insmod();
	ok(fire_insmod());
}

static void cleanup_rmmod(void)
{
	if (!succeeded) {
		expect_module();
		ok(fire_rmmod());
	}
	close(file_fd);
}

static void done_nothing(void)
{
}

static const struct operation {
	const char *name, *arguments;
	int min, max;
	void (*prepare)(void);
	long (*fire)(void);
	void (*done)(void);
	void (*cleanup)(void);
} operations[] = {
	{ "pin", "TYPE PATH", 2, 2,
	  prepare_pin, fire_pin, done_pin, close_object },
	{ "get", "TYPE PATH", 2, 2,
	  prepare_pinned, fire_get, done_get, cleanup_pinned },
	{ "open", "TYPE PATH", 2, 2,
	  prepare_pinned, fire_open, done_open, cleanup_pinned },
	{ "read", "TYPE PATH", 2, 2,
	  prepare_read, fire_read, done_read, cleanup_read },
	{ "unlink", "TYPE PATH", 2, 2,
	  prepare_pinned, fire_unlink, done_unpin_path, cleanup_gone },
	{ "unpin-path", "TYPE PATH", 2, 2,
	  prepare_unpin_path, fire_request, done_unpin_path, cleanup_unpin },
	{ "unpin-id", "TYPE PATH", 2, 2,
	  prepare_unpin_id, fire_request, done_unpin_id, cleanup_unpin },
	{ "clean", "TYPE PATH", 2, 2,
	  prepare_clean, fire_request, done_unpin_path, cleanup_clean },
	{ "attach", "OWNER", 1, 1,
	  prepare_attach, fire_request, done_attach, cleanup_attach },
	{ "attach-many", "OWNER", 1, 1,
	  prepare_attach, fire_attach_many, unpin_many, cleanup_attach },
	{ "open-attached", "OWNER", 1, 1,
	  prepare_open_attached, fire_request, done_open_attached, cleanup_attach },
	{ "end", "OWNER [DIR]", 1, 2,
	  prepare_end, end_owner, done_end, cleanup_end },
	{ "tie", "dir|map PATH OWNER", 3, 3,
	  prepare_tie, fire_request, done_tie, cleanup_tie },
	{ "untie", "dir|map PATH OWNER", 3, 3,
	  prepare_untie, fire_request, done_untie, cleanup_tie },
	{ "untie-path", "dir|map PATH OWNER", 3, 3,
	  prepare_untie_path, fire_request, done_untie, cleanup_tie },
	{ "tie-info", "dir|map PATH OWNER", 3, 3,
	  prepare_tie_info, fire_request, done_tie_info, cleanup_tie },
	{ "view", "PATH", 1, 1,
	  prepare_view, fire_request, done_view, cleanup_view },
	{ "view-inherit", "PATH", 1, 1,
	  prepare_view_inherit, fire_request, done_view, cleanup_view },
	{ "override", "ABOVE PATH", 2, 2,
	  prepare_override, fire_request, done_override, cleanup_override },
	{ "remove-override", "ABOVE PATH", 2, 2,
	  prepare_remove_override, fire_unlink, done_remove_override, cleanup_remove_override },
	{ "replace", "PATH", 1, 1,
	  prepare_replace, fire_request, done_replace, cleanup_override },
	{ "remove-view", "PATH", 1, 1,
	  prepare_remove_view, fire_remove_view, done_remove_view, cleanup_remove_view },
	{ "mkdir", "ABOVE DIR", 2, 2,
	  prepare_mkdir, fire_mkdir, done_mkdir, cleanup_mkdir },
	{ "rmdir", "ABOVE DIR", 2, 2,
	  prepare_rmdir, fire_rmdir, done_rmdir, cleanup_rmdir },
	{ "device-open", "", 0, 0,
	  prepare_nothing, fire_device, done_close, done_nothing },
	{ "status", "", 0, 0,
	  prepare_status, fire_request, done_nothing, close_request },
	{ "kind", "", 0, 0,
	  prepare_kind, fire_request, done_kind, close_request },
	{ "file", "TYPE PATH", 2, 2,
	  prepare_file, fire_request, done_file, cleanup_request_pinned },
	{ "info", "TYPE PATH", 2, 2,
	  prepare_info, fire_request, done_info, cleanup_request_pinned },
	{ "monitor", "PATH", 1, 1,
	  prepare_monitor, fire_request, done_monitor, close_request },
	{ "monitor-read", "PATH", 1, 1,
	  prepare_monitor_read, fire_monitor_read, done_monitor_read, close_request },
	{ "monitor-close", "", 0, 0,
	  prepare_monitor_close, fire_monitor_close, done_nothing, cleanup_closed },
	{ "watch", "PATH", 1, 1,
	  prepare_watch, fire_watch, done_watch, cleanup_watch },
	{ "unwatch", "PATH", 1, 1,
	  prepare_unwatch, fire_unwatch, done_nothing, cleanup_unwatch },
	{ "umount", "DIR", 1, 1,
	  prepare_umount, fire_umount, done_nothing, cleanup_umount },
	{ "insmod", "FILE PATH", 2, 2,
	  prepare_insmod, fire_insmod, done_insmod, cleanup_insmod },
	{ "rmmod", "FILE PATH", 2, 2,
	  prepare_rmmod, fire_rmmod, done_nothing, cleanup_rmmod },
};

/*
 * Failures
 */

static const char *call;		/* the function that fails, not allocations */
/* Where the number of the point is written: for this task, or all workers. */
static int nth_fds[256];
static int nr_nth;
static bool worker;

struct range {
	unsigned long long from, to;
};

/* Where functions of the kernel are that are called one of these names, or beside. */
static struct range find_functions(const char * const *names)
{
	FILE *file = fopen("/proc/kallsyms", "re");
	struct range range = { ~0ULL, 0 };
	unsigned long long address, last = 0;
	char name[256], type;

	if (!file)
		die("no /proc/kallsyms");
	while (fscanf(file, "%llx %c %255s%*[^\n]", &address, &type, name) == 3) {
		bool found = false;

		if (last && address > last) {
			range.to = address > range.to ? address : range.to;
			last = 0;
		}
		/* Without what the compiler adds to the name of a part. */
		name[strcspn(name, ".")] = '\0';
		for (int i = 0; names[i]; i++)
			found |= !strcmp(names[i], name);
		if (!found || (type != 't' && type != 'T'))
			continue;
		if (address < range.from)
			range.from = address;
		last = address;
	}
	fclose(file);
	if (!range.to)
		die("the kernel has no function %s", names[0]);
	return range;
}

static void need_faults(void)
{
	if (access(DEBUGFS "failslab", F_OK))
		die("this kernel lets no allocation fail: it takes one whose name ends in -debug");
}

static void set_up_faults(const char *within)
{
	static const char * const attrs[] = { "failslab", "fail_page_alloc" };
	/* It allocates beside each allocation, and has reserves for when it cannot. */
	static const char * const kmemleak[] = {
		"mem_pool_alloc", "__alloc_object", NULL,
	};
	const char * const functions[] = { within, NULL };
	struct range reject, require = { 0, ~0ULL };

	need_faults();
	reject = find_functions(kmemleak);
	if (within)
		require = find_functions(functions);
	for (int i = 0; i < 2; i++) {
		char path[128];

#define ATTR(name) (snprintf(path, sizeof(path), DEBUGFS "%s/" name, attrs[i]), path)
		write_file(ATTR("ignore-gfp-wait"), "N");
		write_file(ATTR("probability"), "0");
		write_file(ATTR("verbose"), "0");
		write_file(ATTR("stacktrace-depth"), "32");
		write_file(ATTR("reject-start"), "0x%llx", reject.from);
		write_file(ATTR("reject-end"), "0x%llx", reject.to);
		write_file(ATTR("require-start"), "0x%llx", require.from);
		write_file(ATTR("require-end"), "0x%llx", require.to);
	}
	write_file(DEBUGFS "fail_page_alloc/ignore-gfp-highmem", "N");
	write_file(DEBUGFS "fail_page_alloc/min-order", "0");
}

static void set_up_calls(void)
{
	char name[128];
	int value;

	if (sscanf(call, "%127[^:]:%d", name, &value) != 2)
		die("'%s' is not FUNCTION:VALUE", call);
	write_file(DEBUGFS "fail_call/function", "%s %d", name, value);
}

static void add_nth(const char *path)
{
	if (nr_nth == sizeof(nth_fds) / sizeof(*nth_fds))
		die("too many tasks");
	nth_fds[nr_nth++] = ok(open(path, O_RDWR | O_CLOEXEC));
}

/* Of each thread that may do the kernel's work; idle ones come and go. */
static void add_workers(void)
{
	DIR *dir = opendir("/proc");
	struct dirent *entry;
	char path[300], name[64];
	FILE *file;

	while (dir && (entry = readdir(dir))) {
		snprintf(path, sizeof(path), "/proc/%s/comm", entry->d_name);
		file = fopen(path, "re");
		if (!file)
			continue;
		*name = '\0';
		if (fgets(name, sizeof(name), file) && after(name, "kworker/")) {
			snprintf(path, sizeof(path), "/proc/%s/fail-nth", entry->d_name);
			add_nth(path);
		}
		fclose(file);
	}
	closedir(dir);
}

static void arm(unsigned long n)
{
	char text[32];
	int len = snprintf(text, sizeof(text), "%lu", n);

	for (int i = 0; i < nr_nth; i++)
		if (pwrite(nth_fds[i], text, len, 0) != len && errno != ESRCH)
			die("cannot set the point of failure");
}

/* Has the point come? */
static bool disarm(void)
{
	bool come = false;

	for (int i = 0; i < nr_nth; i++) {
		char text[32] = "";

		if (pread(nth_fds[i], text, sizeof(text) - 1, 0) > 0)
			come |= atoi(text) == 0;
	}
	arm(0);
	return come;
}

/*
 * The sweep
 */

static const struct operation *operation;
static const char *errors = "";
static bool must_fail;
static unsigned int complaints, failed, went_on, half;

__attribute__((format(printf, 1, 2)))
static void complain(const char *fmt, ...)
{
	va_list ap;

	complaints++;
	printf("%s, point %lu: ", operation->name, point);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	printf("\n");
}

static bool may_be(const char *error)
{
	const char *at = strstr(errors, error);
	size_t len = strlen(error);

	if (!strcmp(error, "ENOMEM") && !call)
		return true;
	return at && (at[len] == ',' || !at[len]) && (at == errors || at[-1] == ',');
}

/* Once with the point; returns whether there was one. */
static bool shoot(void)
{
	static struct text before, ready;
	const char *error;
	bool injected;
	int code;

	if (worker)
		add_workers();
	look(&before);
	operation->prepare();
	look(&ready);

	degraded = false;
	arm(point);
	result = operation->fire();
	code = errno;
	injected = !worker && disarm() && point;

	succeeded = result >= 0;
	if (succeeded) {
		operation->done();
		/* Behind the call, but @done waits for it. */
		injected |= worker && disarm() && point;
		if (injected && must_fail && !degraded)
			complain("it worked, although something that it takes failed");
	} else {
		error = strerrorname_np(code) ?: "an unknown error";
		if (!injected)
			complain("nothing failed, and yet it is %s", error);
		else if (!may_be(error))
			complain("it failed by %s", error);
		expect_as(&ready, "it failed, and this is not as before");
	}
	operation->cleanup();
	expect_as(&before, "it is over, and this is not as before");
	for (; worker && nr_nth; nr_nth--)
		close(nth_fds[nr_nth - 1]);

	if (injected && !succeeded)
		failed++;
	else if (injected && degraded)
		half++;
	else if (injected)
		went_on++;
	return injected;
}

static void list_operations(void)
{
	for (size_t i = 0; i < sizeof(operations) / sizeof(*operations); i++)
		printf("%s %s\n", operations[i].name, operations[i].arguments);
}

static const struct operation *find_operation(const char *name, int args)
{
	for (size_t i = 0; i < sizeof(operations) / sizeof(*operations); i++) {
		if (strcmp(operations[i].name, name))
			continue;
		if (args < operations[i].min || args > operations[i].max)
			die("%s takes %s", name, operations[i].arguments);
		return &operations[i];
	}
	die("no operation '%s'", name);
}

static void print_result(int argc, char **argv)
{
	printf("%s", operation->name);
	for (int i = 0; i < argc; i++)
		printf(" %s", argv[i]);
	if (call)
		printf(", %s", call);
	printf(": %u points, %u failed, %u went on", failed + went_on + half, failed, went_on);
	if (half)
		printf(", %u went on without all", half);
	printf("\n");
}

static const char help_text[] =
"Usage: bpffault [OPTIONS] OPERATION [ARGUMENT...]\n"
"       bpffault --set-up [NAME]\n"
"       bpffault --list\n"
"\n"
"Does one system call again and again, on a kernel called -debug: all that can fail\n"
"on its way fails once.\n"
"\n"
"  --folder DIR    what is in there must be as before, too (up to four)\n"
"  --errors E,...  by which the operation may fail besides ENOMEM\n"
"  --call NAME:VALUE   no allocations: this function of the kernel's returns VALUE\n"
"  --none          there may be nothing that can fail\n"
"  --fails         when something failed it may not work\n"
"  --worker        what fails is in a worker of the kernel's, behind the call\n"
"  --only N        only the N-th\n"
"  --list          the operations\n"
"  --set-up [NAME] comes first, once: only what is inside this function counts\n";

static bool takes_argument(const char *option)
{
	static const char * const options[] = { "--folder", "--errors", "--call", "--only" };
	bool found = false;

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		found |= !strcmp(options[i], option);
	return found;
}

int main(int argc, char **argv)
{
	unsigned long only = 0;
	int nr_folders = 0;
	bool none = false;

	for (argc--, argv++; argc > 0 && !strncmp(*argv, "--", 2); argc -= 2, argv += 2) {
		if (!strcmp(*argv, "--help")) {
			fputs(help_text, stdout);
			return 0;
		}
		if (!strcmp(*argv, "--list")) {
			list_operations();
			return 0;
		}
		if (!strcmp(*argv, "--set-up")) {
			set_up_faults(argv[1]);
			return 0;
		}
		if (!strcmp(*argv, "--worker") || !strcmp(*argv, "--none") ||
		    !strcmp(*argv, "--fails")) {
			worker |= !strcmp(*argv, "--worker");
			none |= !strcmp(*argv, "--none");
			must_fail |= !strcmp(*argv, "--fails");
			argc++, argv--;
			continue;
		}
		if (!takes_argument(*argv))
			die("no option '%s'; see --help", *argv);
		if (argc < 2)
			die("%s takes an argument", *argv);
		if (!strcmp(*argv, "--folder") && nr_folders < 4)
			folders[nr_folders++] = argv[1];
		else if (!strcmp(*argv, "--errors"))
			errors = argv[1];
		else if (!strcmp(*argv, "--call"))
			call = argv[1];
		else if (!strcmp(*argv, "--only"))
			only = strtoul(argv[1], NULL, 0);
		else
			die("too many folders");
	}
	if (!argc)
		die("no operation; see --help");
	operation = find_operation(argv[0], argc - 1);
	argc--, argv++;
	arg = (const char **)argv;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (call) {
		set_up_calls();
		add_nth(DEBUGFS "fail_call/nth");
	} else if (!worker) {
		need_faults();
		add_nth("/proc/self/fail-nth");
	}
	/* A page that is not there would be the first allocation. */
	ok(mlockall(MCL_CURRENT | MCL_FUTURE));

	if (only) {
		point = only;
		shoot();
	} else {
		/* The first time some things are made that stay. */
		point = 0;
		shoot();
		for (point = 1; shoot(); point++)
			if (point == POINTS_MAX)
				die("there is no end of it");
	}
	print_result(argc, argv);
	if (!none && !failed && !went_on && !half)
		die("there was nothing to fail");
	return complaints != 0;
}
