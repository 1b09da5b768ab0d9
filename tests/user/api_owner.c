// SPDX-License-Identifier: GPL-2.0-only
/* The library's surface that 0.2.0 brought: owners, ties, events. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <linux/bpf.h>
#include "api.h"

/* What the runner looks up in the log: what a descriptor is of. */
static int null_fd;

static void owner_specs(struct bpfpin *bpfpin, int prog)
{
	struct {
		struct bpfpin_owner_spec known;
		__u64 more;
	} newer;
	LIBBPFPIN_OPTS(bpfpin_owner_spec, spec);
	__u32 id = 0;

	begin("lib-owner-specs");
	CHECK(bpfpin__attach(bpfpin, prog, NULL, "n", NULL) == -EINVAL && errno == EINVAL);
	/* named in no way, in two, with a flag that is none */
	CHECK(bpfpin__attach(bpfpin, prog, &spec, "n", NULL) == -EINVAL);
	spec.path = "/o";
	spec.ifindex = 3;
	CHECK(bpfpin__attach(bpfpin, prog, &spec, "n", NULL) == -EINVAL);
	spec.ifindex = 0;
	spec.flags = 1U << 31;
	CHECK(bpfpin__attach(bpfpin, prog, &spec, "n", NULL) == -EINVAL);
	spec.flags = 0;
	spec.sz = sizeof(size_t) - 1;
	CHECK(bpfpin__attach(bpfpin, prog, &spec, "n", NULL) == -EINVAL);
	spec.sz = sizeof(size_t);
	CHECK(bpfpin__attach(bpfpin, prog, &spec, "n", NULL) == -EINVAL);
	spec.sz = sizeof(spec);
	CHECK(!bpfpin__attach(bpfpin, prog, &spec, "n", &id) && id == 77);
	/* without the flag the descriptor does not count */
	spec.fd = -5;
	CHECK(!bpfpin__attach(bpfpin, prog, &spec, "n", NULL));
	spec.path = NULL;
	spec.ifindex = 3;
	CHECK(!bpfpin__attach(bpfpin, prog, &spec, "n", NULL));
	/* a descriptor that went wrong is not one's own namespace */
	spec.flags = BPFPIN_OWNER_FD;
	CHECK(bpfpin__attach(bpfpin, prog, &spec, "n", NULL) == -EBADF && errno == EBADF);
	spec.fd = null_fd;
	CHECK(!bpfpin__attach(bpfpin, prog, &spec, "n", NULL));
	spec.ifindex = 0;
	CHECK(!bpfpin__attach(bpfpin, prog, &spec, "n", NULL));
	spec.path = "o";
	CHECK(!bpfpin__attach(bpfpin, prog, &spec, "n", NULL));
	memset(&newer, 0, sizeof(newer));
	newer.known.sz = sizeof(newer);
	newer.known.path = "/o";
	CHECK(!bpfpin__attach(bpfpin, prog, &newer.known, "n", NULL));
	newer.more = 1;
	CHECK(bpfpin__attach(bpfpin, prog, &newer.known, "n", NULL) == -EINVAL);
	end();
}

static void attach(struct bpfpin *bpfpin, int prog)
{
	LIBBPFPIN_OPTS(bpfpin_owner_spec, spec, .path = "/cg");
	char name[BPFPIN_PIN_NAME_LEN + 1];
	__u32 id = 9;

	begin("lib-attach");
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	CHECK(bpfpin__attach(bpfpin, prog, &spec, NULL, NULL) == -EINVAL);
	CHECK(bpfpin__attach(bpfpin, 12345, &spec, "n", NULL) == -EBADF && errno == EBADF);
	CHECK(bpfpin__attach(bpfpin, prog, &spec, "egress", &id) == -EEXIST && errno == EEXIST);
	CHECK(bpfpin__attach(bpfpin, prog, &spec, name, &id) == -ENAMETOOLONG);
	CHECK(id == 9);
	name[sizeof(name) - 2] = '\0';
	CHECK(!bpfpin__attach(bpfpin, prog, &spec, name, &id) && id == 77);
	end();
}

static void get_fd(struct bpfpin *bpfpin)
{
	LIBBPFPIN_OPTS(bpfpin_owner_spec, spec, .path = "/cg");
	LIBBPFPIN_OPTS(bpfpin_get_fd_opts, opts);

	begin("lib-get-fd");
	CHECK(bpfpin__get_fd_by_id(bpfpin, 0, NULL) == -EINVAL && errno == EINVAL);
	CHECK(bpfpin__get_fd_by_id(bpfpin, 99, NULL) == -ENOENT && errno == ENOENT);
	CHECK(bpfpin__get_fd_by_id(bpfpin, 1, NULL) >= 0);
	CHECK(bpfpin__get_fd_by_id(bpfpin, 1, &opts) >= 0);
	CHECK(opts.pin_id == 1 && opts.object_type == BPFPIN_OBJECT_PROG);
	/* what was filled in may be passed again */
	CHECK(bpfpin__get_fd_by_id(bpfpin, 1, &opts) >= 0);
	CHECK(bpfpin__get_fd_by_name(bpfpin, &spec, NULL, NULL) == -EINVAL);
	CHECK(bpfpin__get_fd_by_name(bpfpin, NULL, "egress", NULL) == -EINVAL);
	CHECK(bpfpin__get_fd_by_name(bpfpin, &spec, "none", NULL) == -ENOENT);
	CHECK(bpfpin__get_fd_by_name(bpfpin, &spec, "egress", &opts) == -EACCES);
	opts.file_flags = BPF_F_RDONLY;
	CHECK(bpfpin__get_fd_by_name(bpfpin, &spec, "egress", &opts) >= 0);
	CHECK(opts.pin_id == 2 && opts.object_type == BPFPIN_OBJECT_MAP);
	/* of a smaller structure nothing else is touched */
	opts.sz = offsetof(struct bpfpin_get_fd_opts, object_type);
	opts.object_type = opts.pin_id = 0;
	CHECK(bpfpin__get_fd_by_name(bpfpin, &spec, "egress", &opts) >= 0);
	CHECK(opts.pin_id == 2 && !opts.object_type);
	opts.sz = 1;
	CHECK(bpfpin__get_fd_by_id(bpfpin, 1, &opts) == -EINVAL);
	CHECK(bpfpin__get_fd_by_name(bpfpin, &spec, "egress", &opts) == -EINVAL);
	end();
}

static void pins(struct bpfpin *bpfpin)
{
	LIBBPFPIN_OPTS(bpfpin_pins_opts, opts);
	LIBBPFPIN_OPTS(bpfpin_owner_spec, spec, .path = "/none/such");
	LIBBPFPIN_OPTS(bpfpin_pin_info, pin);
	LIBBPFPIN_OPTS(bpfpin_status, status);
	struct bpfpin_pins *walk;
	size_t first = offsetof(struct bpfpin_pin_info, ifindex);

	begin("lib-pins-of-owners");
	CHECK(!bpfpin__status(bpfpin, &status) && status.ties == 2);
	walk = bpfpin__pins(bpfpin, &opts);
	CHECK(walk && bpfpin_pins__next(walk, &pin) == 1 && pin.id == 1 && !*pin.pin_name);
	CHECK(bpfpin_pins__next(walk, &pin) == 1 && !strcmp(pin.pin_name, "egress"));
	CHECK(pin.path_state == BPFPIN_PATH_FOUND && !strcmp(pin.path, "/cg"));
	CHECK(bpfpin_pins__next(walk, &pin) == 1 && pin.ifindex == 3);
	CHECK(pin.netns_ino == 4026531999U && pin.path_state == BPFPIN_PATH_NETDEV);
	CHECK(!strcmp(pin.path, "eth0"));
	/* a program built against 0.1.0 */
	memset(&pin, 0xff, sizeof(pin));
	pin.sz = first;
	CHECK(!bpfpin_pins__find(walk, 3, &pin) && pin.id == 3 && pin.ifindex == ~0U);
	bpfpin_pins__free(walk);

	opts.owner = &spec;
	CHECK(!bpfpin__pins(bpfpin, &opts) && errno == ENOENT);
	spec.path = NULL;
	CHECK(!bpfpin__pins(bpfpin, &opts) && errno == EINVAL);
	spec.flags = BPFPIN_OWNER_FD;
	spec.fd = null_fd;
	opts.no_paths = true;
	pin.sz = sizeof(pin);
	walk = bpfpin__pins(bpfpin, &opts);
	CHECK(walk && !bpfpin_pins__next(walk, &pin) && !bpfpin_pins__next(walk, &pin));
	bpfpin_pins__free(walk);
	end();
}

static void ties(struct bpfpin *bpfpin)
{
	LIBBPFPIN_OPTS(bpfpin_path_opts, path_opts, .flags = BPFPIN_OPT_PATH_FD, .path_fd = 7);
	LIBBPFPIN_OPTS(bpfpin_owner_spec, spec, .path = "/o");
	LIBBPFPIN_OPTS(bpfpin_ties_opts, opts, .start_id = 6, .no_paths = true);
	LIBBPFPIN_OPTS(bpfpin_tie_info, tie);
	struct bpfpin_ties *walk;
	__u32 number = 0;

	begin("lib-ties");
	CHECK(!bpfpin__tie(bpfpin, "t", &spec, &number, &path_opts) && number == 77);
	CHECK(!bpfpin__tie(bpfpin, "t", &spec, NULL, NULL));
	CHECK(bpfpin__tie(bpfpin, NULL, &spec, NULL, NULL) == -EINVAL && errno == EINVAL);
	CHECK(bpfpin__tie(bpfpin, "t", NULL, NULL, NULL) == -EINVAL);
	path_opts.flags = BPFPIN_OPT_NOFOLLOW;
	CHECK(bpfpin__tie(bpfpin, "t", &spec, NULL, &path_opts) == -EINVAL);
	CHECK(bpfpin__untie_path(bpfpin, "/b", NULL, &path_opts) == -EINVAL);

	walk = bpfpin__ties(bpfpin, NULL);
	CHECK(walk && bpfpin_ties__next(walk, &tie) == 1 && tie.id == 5);
	CHECK(tie.is_dir && tie.ifindex == 3 && tie.netns_ino == 7);
	CHECK(tie.path_state == BPFPIN_PATH_FOUND && !strcmp(tie.path, "/b"));
	CHECK(tie.owner_path_state == BPFPIN_PATH_NETDEV && !strcmp(tie.owner_path, "eth0"));
	CHECK(!strcmp(tie.owner_kind, "netdev") && !strcmp(tie.fs_type, "bpf"));
	CHECK(!bpfpin_ties__find(walk, 4294967295U, &tie) && !tie.path && !tie.owner_path);
	CHECK(bpfpin_ties__find(walk, 7, &tie) == -ENOENT && errno == ENOENT);
	CHECK(bpfpin_ties__next(walk, &tie) == 1 && tie.id == 6);
	CHECK(tie.path_state == BPFPIN_PATH_HIDDEN && !tie.is_dir);
	CHECK(bpfpin_ties__next(walk, &tie) == 1 && tie.id == 4294967295U);
	CHECK(!bpfpin_ties__next(walk, &tie) && !bpfpin_ties__next(walk, &tie));
	tie.sz = sizeof(size_t);
	CHECK(bpfpin_ties__next(walk, &tie) == -EINVAL);
	CHECK(bpfpin_ties__find(walk, 5, &tie) == -EINVAL);
	CHECK(bpfpin_ties__find(walk, 5, NULL) == -EINVAL);
	bpfpin_ties__free(walk);
	bpfpin_ties__free(NULL);

	tie.sz = sizeof(tie);
	walk = bpfpin__ties(bpfpin, &opts);
	CHECK(walk && bpfpin_ties__next(walk, &tie) == 1 && tie.id == 6 && !tie.path);
	bpfpin_ties__free(walk);
	opts.sz = 1;
	CHECK(!bpfpin__ties(bpfpin, &opts) && errno == EINVAL);
	CHECK(!bpfpin__ties(NULL, NULL) && errno == EINVAL);

	path_opts.flags = BPFPIN_OPT_PATH_FD;
	CHECK(!bpfpin__untie_path(bpfpin, "/b", &number, &path_opts) && number == 2);
	CHECK(bpfpin__untie_path(bpfpin, "/b", NULL, NULL) == -ENOENT && errno == ENOENT);
	CHECK(bpfpin__untie_path(bpfpin, NULL, NULL, NULL) == -EINVAL);
	CHECK(bpfpin__untie_id(bpfpin, 0) == -EINVAL);
	CHECK(!bpfpin__untie_id(bpfpin, 4294967295U));
	CHECK(bpfpin__untie_id(bpfpin, 4294967295U) == -ENOENT);
	end();
}

static __u32 seen[8];

static int see(void *ctx, const struct bpfpin_event *event)
{
	seen[event->pin_id] = event->size + event->lost;
	return *(const __u32 *)ctx == event->pin_id ? -ECANCELED : 0;
}

static void monitor(struct bpfpin *bpfpin)
{
	LIBBPFPIN_OPTS(bpfpin_monitor_opts, opts, .nonblock = true);
	__u32 stop_at = 0;
	int fd;

	begin("lib-monitor");
	opts.sz = 1;
	CHECK(bpfpin__monitor(bpfpin, &opts) == -EINVAL && errno == EINVAL);
	opts.sz = sizeof(opts);
	fd = bpfpin__monitor(bpfpin, &opts);
	CHECK(fd >= 0 && fd != bpfpin__fd(bpfpin));
	/* it is a descriptor of its own */
	bpfpin__close(bpfpin);
	CHECK(bpfpin_read_events(fd, NULL, NULL) == -EINVAL);
	CHECK(bpfpin_read_events(-1, see, &stop_at) == -EBADF && errno == EBADF);
	/* of a newer module, then two together, the second of which is too much */
	CHECK(bpfpin_read_events(fd, see, &stop_at) == 3);
	CHECK(seen[1] == 80 && seen[2] == 72 && seen[3] == 72 + 9);
	CHECK(bpfpin_read_events(fd, see, &stop_at) == -EPROTO && errno == EPROTO);
	CHECK(bpfpin_read_events(fd, see, &stop_at) == -EAGAIN && errno == EAGAIN);
	CHECK(!strcmp(bpfpin_event_type_str(BPFPIN_EVENT_PINNED), "pinned"));
	CHECK(!strcmp(bpfpin_event_type_str(BPFPIN_EVENT_RELEASED), "released"));
	CHECK(!bpfpin_event_type_str((enum bpfpin_event_type)0));
	CHECK(!strcmp(bpfpin_cause_str(BPFPIN_CAUSE_NONE), "none"));
	CHECK(!strcmp(bpfpin_cause_str(BPFPIN_CAUSE_TIE), "tie"));
	CHECK(!bpfpin_cause_str((enum bpfpin_cause)9));
	end();
}

void test_owners(struct bpfpin *bpfpin)
{
	int prog = bpfpin__get_fd_by_id(bpfpin, 1, NULL);

	null_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	owner_specs(bpfpin, prog);
	attach(bpfpin, prog);
	get_fd(bpfpin);
	pins(bpfpin);
	ties(bpfpin);
	monitor(bpfpin);
	close(prog);
	close(null_fd);
}
