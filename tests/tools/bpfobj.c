// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfobj: bpf(2) as it is, for tests.  Makes small objects without a compiler,
 * pins and opens them with bare system calls, and asks the kernel which objects
 * it has.
 *
 * A system call that fails is told as "errno ENAME" on standard error and exit
 * code 3; anything else that is wrong is exit code 1.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <bpf/btf.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>

#include <linux/bpfpin.h>

#include "object.h"
#include "tool.h"

/* Newer than the kernel headers of some build machines. */
#define PATH_FD_FLAG	(1U << 14)

static const char help_text[] =
"Usage: bpfobj [--path-fd DIR] [--after PATH] COMMAND\n"
"\n"
"  --after first opens a pin, so that it is not the first that the process does.\n"
"  TYPE is prog, map, prog_array, link, iter, cgroup_link, cgroup_iter, sockmap,\n"
"  sockhash, sk_storage or uprobe.\n"
"  ACCESS is rdonly, wronly or a number for file_flags; default 0.\n"
"\n"
"  pin TYPE PATH              make an object, pin it, print its id\n"
"  pin-id prog|map|link ID PATH   pin an object that exists\n"
"  pin-fd FD PATH             BPF_OBJ_PIN of that very descriptor\n"
"  repin PATH PATH [ACCESS]   open a pin and pin it again\n"
"  pin-flags FLAGS PATH       pin a map with these file_flags\n"
"  pin-null, get-null         BPF_OBJ_PIN, BPF_OBJ_GET with a bad pointer\n"
"  pin-dirty, get-dirty PATH  ... with attributes beyond the known ones set\n"
"  get PATH [ACCESS]          BPF_OBJ_GET, print the type and id of the object\n"
"  read PATH [ACCESS]         open a pinned map, print its element 0\n"
"  write PATH VALUE [ACCESS]  open a pinned map, set its element 0\n"
"  hold TYPE [PATH]           make (and pin) an object; a process keeps it open:\n"
"                             print the ids of the object and of the process\n"
"  hold-pinned PATH           the same with an object that is pinned\n"
"  hold-file PATH             open(2) a file in a process, print the process id\n"
"  exists prog|map|link ID    exit code 0 if the kernel knows it, 1 if not\n"
"  ids                        all objects that the kernel knows\n"
"  count                      how many: programs maps links\n"
"  open PATH FLAG,...         open(2); r w rw trunc append creat directory path\n"
"  cat PATH                   read(2) all of a file, print it\n"
"  mmap PATH                  open read-write and map a page shared\n"
"  append PATH TEXT           open write-only and write\n"
"  truncate PATH              truncate(2) to 0\n"
"  unlink PATH, mkdir PATH, rename PATH PATH, link PATH PATH, symlink TEXT PATH\n"
"\n"
"  OWNER is the path of a file, fd:N, fd:PID:N for a descriptor of another process,\n"
"  or a network device, by name or index dev:NAME or, in the namespace at\n"
"  PATH, dev:NAME:PATH.\n"
"\n"
"  attach TYPE OWNER NAME     make an object, attach it, print its id\n"
"  attach-fd FD OWNER NAME    attach that very descriptor\n"
"  attach-pinned PATH OWNER NAME [ACCESS]   open a pin and attach what it is\n"
"  attach-many COUNT OWNER    one map under so many names, print its id\n"
"  attached OWNER NAME [ACCESS]   open an attached pin, print type and id\n"
"  pin-of OWNER NAME          the id of the pin\n"
"  open-id ID [ACCESS]        open a pin by its id, print type and id\n"
"  attached-write OWNER NAME VALUE [ACCESS]   set element 0 of an attached map\n"
"\n"
"  status                     pins and watches of the module, if it is loaded\n"
"  batch                      run the commands of standard input, of each line all\n"
"                             but the first word ('' is an empty one), and print\n"
"                             them behind `ok' or an errno instead; bpfioctl and the\n"
"                             like can be run as well\n";

static int path_fd = -1;

/*
 * Objects
 */

static int make_prog(void)
{
	return prog_return(BPF_PROG_TYPE_SOCKET_FILTER, 0, 0);
}

static int make_map(void)
{
	return map_create(BPF_MAP_TYPE_ARRAY, "bpfobj_map");
}

static long map_update(int map, __u32 value)
{
	__u32 key = 0;
	union bpf_attr attr = {
		.map_fd = map,
		.key = (unsigned long)&key,
		.value = (unsigned long)&value,
	};

	return bpf(BPF_MAP_UPDATE_ELEM, &attr);
}

static long map_lookup(int map, __u32 *value)
{
	__u32 key = 0;
	union bpf_attr attr = {
		.map_fd = map,
		.key = (unsigned long)&key,
		.value = (unsigned long)value,
	};

	return bpf(BPF_MAP_LOOKUP_ELEM, &attr);
}

/* An array with one program in it, which nothing else holds. */
static int make_prog_array(void)
{
	int map = map_create(BPF_MAP_TYPE_PROG_ARRAY, "bpfobj_array");
	int prog = make_prog();

	ok(map_update(map, prog));
	close(prog);
	return map;
}

static int make_link(void)
{
	int prog = prog_return(BPF_PROG_TYPE_RAW_TRACEPOINT, 0, 0);
	union bpf_attr attr = {
		.raw_tracepoint.name = (unsigned long)"sched_process_hang",
		.raw_tracepoint.prog_fd = prog,
	};
	int link = ok(bpf(BPF_RAW_TRACEPOINT_OPEN, &attr));

	close(prog);
	return link;
}

/* On the cgroup in $BPFOBJ_CGROUP, or the root of them all. */
static int make_cgroup_link(void)
{
	const char *path = getenv("BPFOBJ_CGROUP") ?: "/sys/fs/cgroup";
	int prog = prog_return(BPF_PROG_TYPE_CGROUP_SKB, BPF_CGROUP_INET_EGRESS, 1);
	int cgroup = ok(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	int link = link_create(prog, cgroup, BPF_CGROUP_INET_EGRESS);

	close(cgroup);
	return link;
}

/* A descriptor of another process, from the text PID:FD. */
static int other_fd(const char *text)
{
	int pid, fd, pidfd;

	if (sscanf(text, "%d:%d", &pid, &fd) != 2)
		die("'%s' is not PID:FD", text);
	pidfd = ok(syscall(SYS_pidfd_open, pid, 0));
	fd = ok(syscall(SYS_pidfd_getfd, pidfd, fd, 0));
	close(pidfd);
	return fd;
}

static int make_iter(void)
{
	return link_create(prog_iter("bpf_iter_bpf_map"), 0, BPF_TRACE_ITER);
}

/*
 * Over all cgroups, or the one in $BPFOBJ_CGROUP alone, with the program pinned at
 * $BPFOBJ_PROG if that is set: the program runs inside cgroup_mutex, and the link
 * holds the cgroup that it begins at.
 */
static int make_cgroup_iter(void)
{
	const char *path = getenv("BPFOBJ_CGROUP"), *pinned = getenv("BPFOBJ_PROG");
	union bpf_iter_link_info info = {
		.cgroup.order = path ? BPF_CGROUP_ITER_SELF_ONLY :
				       BPF_CGROUP_ITER_DESCENDANTS_PRE,
	};
	union bpf_attr get = { .pathname = (unsigned long)pinned };
	int prog = pinned ? ok(bpf(BPF_OBJ_GET, &get)) : prog_iter("bpf_iter_cgroup"), link;
	union bpf_attr attr = {
		.link_create.prog_fd = prog,
		.link_create.attach_type = BPF_TRACE_ITER,
		.link_create.iter_info = (unsigned long)&info,
		.link_create.iter_info_len = sizeof(info),
	};

	if (path)
		info.cgroup.cgroup_fd = ok(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	link = ok(bpf(BPF_LINK_CREATE, &attr));
	if (path)
		close(info.cgroup.cgroup_fd);
	close(prog);
	return link;
}

/* A map with the socket in $BPFOBJ_SOCKET, as PID:FD. */
static int make_sockmap(void)
{
	int map = map_create(BPF_MAP_TYPE_SOCKMAP, "bpfobj_sockmap");
	int fd = other_fd(getenv("BPFOBJ_SOCKET") ?: "");

	ok(map_update(map, fd));
	close(fd);
	return map;
}

/* The same in a hash, by any key. */
static int make_sockhash(void)
{
	int map = map_create(BPF_MAP_TYPE_SOCKHASH, "bpfobj_sockhash");
	int fd = other_fd(getenv("BPFOBJ_SOCKET") ?: "");

	ok(map_update(map, fd));
	close(fd);
	return map;
}

/* Storage in the socket, which has it as long as it lives. */
static int make_sk_storage(void)
{
	struct btf *btf = btf__new_empty();
	union bpf_attr attr = {
		.map_type = BPF_MAP_TYPE_SK_STORAGE,
		.key_size = 4,
		.value_size = 4,
		.map_flags = BPF_F_NO_PREALLOC,
		.map_name = "bpfobj_storage",
	};
	int fd = other_fd(getenv("BPFOBJ_SOCKET") ?: "");
	__u32 value = 1;
	int map;

	if (!btf || btf__add_int(btf, "int", 4, BTF_INT_SIGNED) < 0 || btf__load_into_kernel(btf))
		die("no BTF");
	attr.btf_fd = btf__fd(btf);
	attr.btf_key_type_id = 1;
	attr.btf_value_type_id = 1;
	map = ok(bpf(BPF_MAP_CREATE, &attr));
	attr = (union bpf_attr){
		.map_fd = map, .key = (unsigned long)&fd, .value = (unsigned long)&value,
	};
	ok(bpf(BPF_MAP_UPDATE_ELEM, &attr));
	close(fd);
	btf__free(btf);
	return map;
}

/* A program on an offset of the file in $BPFOBJ_BINARY. */
static int make_uprobe(void)
{
	struct perf_event_attr event = {
		.size = sizeof(event),
		.uprobe_path = (unsigned long)(getenv("BPFOBJ_BINARY") ?: ""),
		.probe_offset = 0,
	};
	int prog = prog_return(BPF_PROG_TYPE_KPROBE, 0, 0), probe, link;
	FILE *file = fopen("/sys/bus/event_source/devices/uprobe/type", "re");

	if (!file || fscanf(file, "%u", &event.type) != 1)
		die("the kernel has no uprobes");
	fclose(file);
	probe = ok(syscall(__NR_perf_event_open, &event, -1, 0, -1, PERF_FLAG_FD_CLOEXEC));
	link = link_create(prog, probe, BPF_PERF_EVENT);
	close(probe);
	return link;
}

static const struct type {
	const char *name;
	int (*make)(void);
} types[] = {
	{ "prog", make_prog },
	{ "map", make_map },
	{ "prog_array", make_prog_array },
	{ "link", make_link },
	{ "iter", make_iter },
	{ "cgroup_iter", make_cgroup_iter },
	{ "cgroup_link", make_cgroup_link },
	{ "sockmap", make_sockmap },
	{ "sockhash", make_sockhash },
	{ "sk_storage", make_sk_storage },
	{ "uprobe", make_uprobe },
};

static int make(const char *name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (!strcmp(types[i].name, name))
			return types[i].make();
	die("no type '%s'", name);
}

/*
 * Ids
 */

static const struct family {
	const char *name;
	const char *anon;		/* as in /proc/PID/fd */
	const char *field;		/* as in /proc/PID/fdinfo */
	int next;
	int get;
} families[] = {
	{ "prog", "bpf-prog", "prog_id:", BPF_PROG_GET_NEXT_ID, BPF_PROG_GET_FD_BY_ID },
	{ "map", "bpf-map", "map_id:", BPF_MAP_GET_NEXT_ID, BPF_MAP_GET_FD_BY_ID },
	{ "link", "bpf-link", "link_id:", BPF_LINK_GET_NEXT_ID, BPF_LINK_GET_FD_BY_ID },
};

#define FAMILIES (sizeof(families) / sizeof(*families))

static const struct family *find_family(const char *name)
{
	for (size_t i = 0; i < FAMILIES; i++)
		if (!strcmp(families[i].name, name))
			return &families[i];
	die("'%s' is none of prog, map, link", name);
}

static int get_by_id(const struct family *family, __u32 id)
{
	union bpf_attr attr = { .prog_id = id };

	return bpf(family->get, &attr);
}

/*
 * Says what a descriptor is without asking it for its info, which one that may
 * only be written to refuses.
 */
static const struct family *identify(int fd, __u32 *id)
{
	const struct family *family = NULL;
	char path[64], line[256], target[128];
	ssize_t len;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	len = readlink(path, target, sizeof(target) - 1);
	if (len < 0)
		die("cannot read %s", path);
	target[len] = '\0';
	/* Kernels differ in how they write this one. */
	if (strstr(target, "bpf_link"))
		family = &families[2];
	for (size_t i = 0; i < FAMILIES; i++)
		if (strstr(target, families[i].anon))
			family = &families[i];
	if (!family)
		die("the descriptor is no object but %s", target);

	*id = 0;
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	file = fopen(path, "re");
	if (!file)
		die("cannot read %s", path);
	while (fgets(line, sizeof(line), file))
		if (!strncmp(line, family->field, strlen(family->field)))
			*id = strtoul(line + strlen(family->field), NULL, 10);
	fclose(file);
	return family;
}

static __u32 id_of(int fd)
{
	__u32 id;

	identify(fd, &id);
	return id;
}

static void for_each_id(const struct family *family,
			void (*fn)(const struct family *, __u32, void *), void *arg)
{
	union bpf_attr attr = {};

	while (!bpf(family->next, &attr)) {
		fn(family, attr.next_id, arg);
		attr.start_id = attr.next_id;
	}
	if (errno != ENOENT)
		die_errno();
}

static void print_id(const struct family *family, __u32 id, void *arg)
{
	(void)arg;
	printf("%s %u\n", family->name, id);
}

static void count_id(const struct family *family, __u32 id, void *arg)
{
	(void)family;
	(void)id;
	++*(int *)arg;
}

/*
 * Pins
 */

static long obj_pin(int fd, const char *path, __u32 flags)
{
	/* As in newer headers; only as much is passed as is needed. */
	struct {
		__u64 pathname;
		__u32 bpf_fd;
		__u32 file_flags;
		__s32 path_fd;
	} attr = {
		.pathname = (unsigned long)path,
		.bpf_fd = fd,
		.file_flags = flags,
	};

	if (path_fd >= 0) {
		attr.file_flags |= PATH_FD_FLAG;
		attr.path_fd = path_fd;
	}
	return syscall(__NR_bpf, BPF_OBJ_PIN, &attr, path_fd >= 0 ? 20 : 16);
}

static long obj_get(const char *path, __u32 flags)
{
	struct {
		__u64 pathname;
		__u32 bpf_fd;
		__u32 file_flags;
		__s32 path_fd;
	} attr = {
		.pathname = (unsigned long)path,
		.file_flags = flags,
	};

	if (path_fd >= 0) {
		attr.file_flags |= PATH_FD_FLAG;
		attr.path_fd = path_fd;
	}
	return syscall(__NR_bpf, BPF_OBJ_GET, &attr, path_fd >= 0 ? 20 : 16);
}

static __u32 access_flags(const char *text)
{
	if (!text)
		return 0;
	if (!strcmp(text, "rdonly"))
		return BPF_F_RDONLY;
	if (!strcmp(text, "wronly"))
		return BPF_F_WRONLY;
	return strtoul(text, NULL, 0);
}

static int obj_call_dirty(int cmd, int fd, const char *path)
{
	struct {
		__u64 pathname;
		__u32 bpf_fd;
		__u32 file_flags;
		__u64 beyond[4];
	} attr = {
		.pathname = (unsigned long)path,
		.bpf_fd = fd,
		.beyond = { 0, 0, 0, 1 },
	};

	return syscall(__NR_bpf, cmd, &attr, sizeof(attr));
}

/*
 * Commands
 */

static void do_pin(char **arg)
{
	int fd = make(arg[0]);

	ok(obj_pin(fd, arg[1], 0));
	printf("%u\n", id_of(fd));
}

static void do_pin_id(char **arg)
{
	int fd = ok(get_by_id(find_family(arg[0]), strtoul(arg[1], NULL, 0)));

	ok(obj_pin(fd, arg[2], 0));
}

static void do_pin_fd(char **arg)
{
	ok(obj_pin(atoi(arg[0]), arg[1], 0));
}

static void do_repin(char **arg)
{
	ok(obj_pin(ok(obj_get(arg[0], access_flags(arg[2]))), arg[1], 0));
}

static void do_pin_flags(char **arg)
{
	int fd = make_map();

	ok(obj_pin(fd, arg[1], strtoul(arg[0], NULL, 0)));
	printf("%u\n", id_of(fd));
}

static void do_pin_null(char **arg)
{
	(void)arg;
	ok(obj_pin(make_map(), (void *)8, 0));
}

static void do_get_null(char **arg)
{
	(void)arg;
	ok(obj_get((void *)8, 0));
}

static void do_pin_dirty(char **arg)
{
	ok(obj_call_dirty(BPF_OBJ_PIN, make_map(), arg[0]));
}

static void do_get_dirty(char **arg)
{
	ok(obj_call_dirty(BPF_OBJ_GET, 0, arg[0]));
}

static void do_get(char **arg)
{
	const struct family *family;
	__u32 id;

	family = identify(ok(obj_get(arg[0], access_flags(arg[1]))), &id);
	printf("%s %u\n", family->name, id);
}

static void do_read(char **arg)
{
	int map = ok(obj_get(arg[0], access_flags(arg[1])));
	__u32 value;

	ok(map_lookup(map, &value));
	printf("%u\n", value);
}

static void do_write(char **arg)
{
	int map = ok(obj_get(arg[0], access_flags(arg[2])));

	ok(map_update(map, strtoul(arg[1], NULL, 0)));
}

static void do_hold(char **arg)
{
	int fd = make(arg[0]);

	if (arg[1])
		ok(obj_pin(fd, arg[1], 0));
	printf("%u ", id_of(fd));
	printf("%d\n", hold());
}

static void do_hold_pinned(char **arg)
{
	printf("%u ", id_of(ok(obj_get(arg[0], 0))));
	printf("%d\n", hold());
}

static void do_hold_file(char **arg)
{
	ok(open(arg[0], O_RDONLY));
	printf("%d\n", hold());
}

static void do_exists(char **arg)
{
	if (get_by_id(find_family(arg[0]), strtoul(arg[1], NULL, 0)) >= 0)
		return;
	if (errno != ENOENT)
		die_errno();
	exit(1);
}

static void do_ids(char **arg)
{
	(void)arg;
	for (size_t i = 0; i < FAMILIES; i++)
		for_each_id(&families[i], print_id, NULL);
}

static void do_count(char **arg)
{
	(void)arg;
	for (size_t i = 0; i < FAMILIES; i++) {
		int count = 0;

		for_each_id(&families[i], count_id, &count);
		printf("%s%d", i ? " " : "", count);
	}
	printf("\n");
}

static int open_flags(char *text)
{
	static const struct {
		const char *name;
		int flag;
	} names[] = {
		{ "r", O_RDONLY }, { "w", O_WRONLY }, { "rw", O_RDWR },
		{ "trunc", O_TRUNC }, { "append", O_APPEND }, { "creat", O_CREAT },
		{ "directory", O_DIRECTORY }, { "path", O_PATH },
	};
	int flags = O_CLOEXEC;

	for (char *word = strtok(text, ","); word; word = strtok(NULL, ",")) {
		size_t i = 0;

		while (strcmp(names[i].name, word))
			if (++i == sizeof(names) / sizeof(*names))
				die("no flag '%s'", word);
		flags |= names[i].flag;
	}
	return flags;
}

static void do_open(char **arg)
{
	ok(open(arg[0], open_flags(arg[1]), 0600));
}

static void do_cat(char **arg)
{
	int fd = ok(open(arg[0], O_RDONLY | O_CLOEXEC));
	char text[4096];
	ssize_t len;

	while ((len = ok(read(fd, text, sizeof(text)))))
		fwrite(text, 1, len, stdout);
}

static void do_mmap(char **arg)
{
	int fd = ok(open(arg[0], O_RDWR | O_CLOEXEC));

	if (mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED)
		die_errno();
}

static void do_append(char **arg)
{
	int fd = ok(open(arg[0], O_WRONLY | O_APPEND | O_CLOEXEC));

	ok(write(fd, arg[1], strlen(arg[1])));
}

static void do_truncate(char **arg)
{
	ok(truncate(arg[0], 0));
}

static void do_unlink(char **arg)
{
	ok(unlink(arg[0]));
}

static void do_mkdir(char **arg)
{
	ok(mkdir(arg[0], 0777));
}

static void do_rename(char **arg)
{
	ok(rename(arg[0], arg[1]));
}

static void do_link(char **arg)
{
	ok(link(arg[0], arg[1]));
}

static void do_symlink(char **arg)
{
	ok(symlink(arg[0], arg[1]));
}

/*
 * Attached pins
 */

static int bpfpin_request(unsigned long number, void *request)
{
	int fd = ok(open(BPFPIN_DEVICE, O_RDONLY | O_CLOEXEC)), ret;

	ret = ok(ioctl(fd, number, request));
	close(fd);
	return ret;
}

/* The index of a device in the namespace at @path. */
static __u32 ifindex_in(const char *name, const char *path)
{
	int own = ok(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
	int other = ok(open(path, O_RDONLY | O_CLOEXEC));
	__u32 index;

	ok(setns(other, CLONE_NEWNET));
	index = if_nametoindex(name);
	ok(setns(own, CLONE_NEWNET));
	close(own);
	close(other);
	return index;
}

static struct bpfpin_owner owner_of(char *text)
{
	struct bpfpin_owner owner = { .fd = -1 };
	char *rest = strchr(text, ':');

	if (*text == '/' || !rest) {
		owner.fd = AT_FDCWD;
		owner.path = (unsigned long)text;
	} else if (!strncmp(text, "fd:", 3)) {
		owner.fd = strchr(rest + 1, ':') ? other_fd(rest + 1) : atoi(rest + 1);
	} else if (!strncmp(text, "dev:", 4)) {
		char *name = rest + 1, *path = strchr(name, ':');

		if (path) {
			*path++ = '\0';
			/* Looking into a namespace needs rights that attaching does not. */
			owner.ifindex = atoi(name) ?: (int)ifindex_in(name, path);
			owner.fd = ok(open(path, O_RDONLY | O_CLOEXEC));
		} else {
			owner.ifindex = if_nametoindex(name);
		}
		/* The kernel is to say that there is none. */
		if (!owner.ifindex)
			owner.ifindex = atoi(name) ?: INT_MAX;
	} else {
		die("'%s' is no owner", text);
	}
	return owner;
}

static void attach(int fd, struct bpfpin_owner owner, const char *name)
{
	struct bpfpin_ioc_attach request = {
		.size = sizeof(request),
		.owner = owner,
		.object_fd = fd,
		.name = (unsigned long)name,
	};

	bpfpin_request(BPFPIN_IOC_ATTACH, &request);
	if (!request.id)
		die("the pin has no id");
}

static void do_attach(char **arg)
{
	int fd = make(arg[0]);

	attach(fd, owner_of(arg[1]), arg[2]);
	printf("%u\n", id_of(fd));
}

static void do_attach_fd(char **arg)
{
	attach(atoi(arg[0]), owner_of(arg[1]), arg[2]);
}

static void do_attach_pinned(char **arg)
{
	attach(ok(obj_get(arg[0], access_flags(arg[3]))), owner_of(arg[1]), arg[2]);
}

static void do_attach_many(char **arg)
{
	struct bpfpin_owner owner = owner_of(arg[1]);
	int count = atoi(arg[0]), fd = make_map();
	char name[16];

	for (int i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "%d", i);
		attach(fd, owner, name);
	}
	printf("%u\n", id_of(fd));
}

static struct bpfpin_ioc_open open_attached(char *owner, const char *name, __u32 flags)
{
	struct bpfpin_ioc_open request = {
		.size = sizeof(request),
		.owner = owner_of(owner),
		.file_flags = flags,
		.name = (unsigned long)name,
	};

	bpfpin_request(BPFPIN_IOC_OPEN, &request);
	return request;
}

/* What an answer says must be what the descriptor is. */
static void print_opened(const struct bpfpin_ioc_open *request)
{
	const struct family *family;
	__u32 id;

	family = identify(request->object_fd, &id);
	if (family != &families[request->object_type - 1])
		die("the type was told as %u", request->object_type);
	if (!(fcntl(request->object_fd, F_GETFD) & FD_CLOEXEC))
		die("the descriptor is not close-on-exec");
	printf("%s %u\n", family->name, id);
}

static void do_attached(char **arg)
{
	struct bpfpin_ioc_open request = open_attached(arg[0], arg[1], access_flags(arg[2]));

	print_opened(&request);
}

/* In any way in which it can be opened. */
static void do_pin_of(char **arg)
{
	struct bpfpin_ioc_open request = {
		.size = sizeof(request),
		.owner = owner_of(arg[0]),
		.name = (unsigned long)arg[1],
	};
	int fd = ok(open(BPFPIN_DEVICE, O_RDONLY | O_CLOEXEC));

	if (ioctl(fd, BPFPIN_IOC_OPEN, &request)) {
		request.file_flags = errno == EACCES ? BPF_F_RDONLY : 0;
		ok(ioctl(fd, BPFPIN_IOC_OPEN, &request));
	}
	printf("%u\n", request.id);
}

static void do_open_id(char **arg)
{
	struct bpfpin_ioc_open request = {
		.size = sizeof(request),
		.owner.fd = -1,
		.id = strtoul(arg[0], NULL, 0),
		.file_flags = access_flags(arg[1]),
	};

	bpfpin_request(BPFPIN_IOC_OPEN, &request);
	print_opened(&request);
}

static void do_attached_write(char **arg)
{
	struct bpfpin_ioc_open request = open_attached(arg[0], arg[1], access_flags(arg[3]));

	ok(map_update(request.object_fd, strtoul(arg[2], NULL, 0)));
}

static void do_status(char **arg)
{
	struct bpfpin_ioc_status status = { .size = sizeof(status) };
	int fd = open(BPFPIN_DEVICE, O_RDONLY | O_CLOEXEC);

	(void)arg;
	if (fd < 0 && (errno == ENOENT || errno == ENXIO)) {
		printf("pins 0 watches 0\n");
		return;
	}
	ok(fd);
	ok(ioctl(fd, BPFPIN_IOC_STATUS, &status));
	printf("pins %u watches %u\n", status.pins, status.watches);
}

static void run_command(int argc, char **argv);

/* Another program, which writes to nowhere. */
static __attribute__((noreturn)) void run_program(char **argv)
{
	ok(open("/dev/null", O_WRONLY));
	execvp(argv[0], argv);
	die("cannot run %s", argv[0]);
}

/* One line of a batch, in a process of its own. */
static void run_line(char *line, int error)
{
	char *argv[16];
	int argc = 0;

	ok(dup2(error, STDERR_FILENO));
	ok(close(error));
	fclose(stdout);
	for (char *word = strtok(line, " \n"); word; word = strtok(NULL, " \n"))
		argv[argc++] = strcmp(word, "''") ? word : "";
	if (argc < 2)
		die("an empty line");
	argv[argc] = NULL;
	if (!strncmp(argv[1], "bpf", 3))
		run_program(argv + 1);
	run_command(argc - 1, argv + 1);
	exit(0);
}

/* What a process says, up to its end. */
static void read_all(int fd, char *text, size_t size)
{
	size_t len = 0;
	ssize_t n;

	while (len < size - 1 && (n = ok(read(fd, text + len, size - 1 - len))))
		len += n;
	text[len] = '\0';
	text[strcspn(text, "\n")] = '\0';
}

/* One command of a batch and what became of it. */
static void batch_line(char *line)
{
	char text[256], *rest = strchr(line, ' ') ?: "\n";
	char *words = strdup(line);
	int fds[2], status;
	pid_t pid;

	ok(pipe2(fds, O_CLOEXEC));
	fflush(stdout);
	pid = ok(fork());
	if (!pid) {
		close(fds[0]);
		run_line(words, fds[1]);
	}
	free(words);
	close(fds[1]);
	read_all(fds[0], text, sizeof(text));
	close(fds[0]);
	ok(waitpid(pid, &status, 0));
	if (!status)
		printf("ok%s", rest);
	else if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_ERRNO)
		printf("%s%s", text + strlen("errno "), rest);
	else
		printf("status %d (%s)%s", status, text, rest);
}

static void do_batch(char **arg)
{
	char *lines[256], *line = NULL;
	size_t size = 0, count = 0;

	/* All of it first: the exit of a process moves the place in its input. */
	(void)arg;
	while (getline(&line, &size, stdin) > 0) {
		if (count == sizeof(lines) / sizeof(*lines))
			die("too many lines");
		lines[count++] = strdup(line);
	}
	free(line);
	ok(close(STDIN_FILENO));
	ok(open("/dev/null", O_RDONLY));
	for (size_t i = 0; i < count; i++) {
		batch_line(lines[i]);
		free(lines[i]);
	}
}

static const struct command {
	const char *name;
	void (*run)(char **arg);
	int min, max;			/* how many arguments */
} commands[] = {
	{ "pin", do_pin, 2, 2 },
	{ "pin-id", do_pin_id, 3, 3 },
	{ "pin-fd", do_pin_fd, 2, 2 },
	{ "repin", do_repin, 2, 3 },
	{ "pin-flags", do_pin_flags, 2, 2 },
	{ "pin-null", do_pin_null, 0, 0 },
	{ "pin-dirty", do_pin_dirty, 1, 1 },
	{ "get-null", do_get_null, 0, 0 },
	{ "get-dirty", do_get_dirty, 1, 1 },
	{ "get", do_get, 1, 2 },
	{ "read", do_read, 1, 2 },
	{ "write", do_write, 2, 3 },
	{ "hold", do_hold, 1, 2 },
	{ "hold-pinned", do_hold_pinned, 1, 1 },
	{ "hold-file", do_hold_file, 1, 1 },
	{ "exists", do_exists, 2, 2 },
	{ "ids", do_ids, 0, 0 },
	{ "count", do_count, 0, 0 },
	{ "open", do_open, 2, 2 },
	{ "cat", do_cat, 1, 1 },
	{ "mmap", do_mmap, 1, 1 },
	{ "append", do_append, 2, 2 },
	{ "truncate", do_truncate, 1, 1 },
	{ "unlink", do_unlink, 1, 1 },
	{ "mkdir", do_mkdir, 1, 1 },
	{ "rename", do_rename, 2, 2 },
	{ "link", do_link, 2, 2 },
	{ "symlink", do_symlink, 2, 2 },
	{ "attach", do_attach, 3, 3 },
	{ "attach-fd", do_attach_fd, 3, 3 },
	{ "attach-pinned", do_attach_pinned, 3, 4 },
	{ "attach-many", do_attach_many, 2, 2 },
	{ "attached", do_attached, 2, 3 },
	{ "pin-of", do_pin_of, 2, 2 },
	{ "open-id", do_open_id, 1, 2 },
	{ "attached-write", do_attached_write, 3, 4 },
	{ "status", do_status, 0, 0 },
	{ "batch", do_batch, 0, 0 },
};

static void run_command(int argc, char **argv)
{
	for (;;) {
		if (argc > 2 && !strcmp(argv[0], "--path-fd"))
			path_fd = ok(open(argv[1], O_PATH | O_DIRECTORY | O_CLOEXEC));
		else if (argc > 2 && !strcmp(argv[0], "--after"))
			ok(close(ok(obj_get(argv[1], 0))));
		else
			break;
		argc -= 2, argv += 2;
	}
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		const struct command *command = &commands[i];

		if (strcmp(command->name, argv[0]))
			continue;
		if (argc - 1 < command->min || argc - 1 > command->max)
			die("%s: wrong number of arguments", argv[0]);
		command->run(argv + 1);
		return;
	}
	die("no command '%s'", argv[0]);
}

int main(int argc, char **argv)
{
	argc--, argv++;
	if (!argc || !strcmp(argv[0], "-h") || !strcmp(argv[0], "--help")) {
		fputs(help_text, argc ? stdout : stderr);
		return !argc;
	}
	run_command(argc, argv);
	return 0;
}
