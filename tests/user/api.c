// SPDX-License-Identifier: GPL-2.0-only
/* The library's surface, through the shared object.  One line per test. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include "libbpfpin.h"
#include "api.h"

int failures;
int test_failed;
const char *test;

void begin(const char *name)
{
	test = name;
	test_failed = 0;
}

void end(void)
{
	if (test_failed)
		failures++;
	else
		printf("ok %s\n", test);
}

/* A structure of a program built against a newer header. */
struct newer_pin_opts {
	struct bpfpin_pin_opts known;
	__u64 more;
};

static void opts_size(void)
{
	LIBBPFPIN_OPTS(bpfpin_pin_opts, opts);
	struct newer_pin_opts newer;

	begin("lib-opts-size");
	/* fd 12345 is no object: EBADF says that the options were fine */
	CHECK(bpfpin_pin(12345, "/x", &opts) == -EBADF && errno == EBADF);
	opts.sz = sizeof(size_t);
	CHECK(bpfpin_pin(12345, "/x", &opts) == -EBADF);
	opts.sz = sizeof(size_t) - 1;
	CHECK(bpfpin_pin(12345, "/x", &opts) == -EINVAL && errno == EINVAL);
	opts.sz = 0;
	CHECK(bpfpin_pin(12345, "/x", &opts) == -EINVAL);
	memset(&newer, 0, sizeof(newer));
	newer.known.sz = sizeof(newer);
	CHECK(bpfpin_pin(12345, "/x", &newer.known) == -EBADF);
	newer.more = 1;
	CHECK(bpfpin_pin(12345, "/x", &newer.known) == -EINVAL);
	/* a member beyond the given size is not looked at */
	opts.sz = sizeof(size_t);
	opts.file_flags = 1;
	CHECK(bpfpin_pin(12345, "/x", &opts) == -EBADF);
	opts.sz = sizeof(opts);
	CHECK(bpfpin_pin(12345, "/x", &opts) == -EINVAL);
	CHECK(bpfpin_pin(12345, NULL, NULL) == -EINVAL);
	CHECK(bpfpin_get(NULL, NULL) == -EINVAL);
	end();
}

static void opts_every_function(struct bpfpin *bpfpin)
{
	LIBBPFPIN_OPTS(bpfpin_path_opts, path_opts, .flags = 1U << 31);
	LIBBPFPIN_OPTS(bpfpin_file_info, file);
	LIBBPFPIN_OPTS(bpfpin_get_opts, get);
	LIBBPFPIN_OPTS(bpfpin_open_opts, open_opts);
	LIBBPFPIN_OPTS(bpfpin_pins_opts, pins_opts);

	begin("lib-opts-every-function");
	CHECK(bpfpin__file(bpfpin, "/m/a", &file, &path_opts) == -EINVAL);
	CHECK(bpfpin__explain(bpfpin, "/m/a", &file, &path_opts) == -EINVAL);
	CHECK(bpfpin__unpin_path(bpfpin, "/m/a", NULL, &path_opts) == -EINVAL);
	CHECK(bpfpin__clean(bpfpin, "/m/a", &path_opts) == -EINVAL);
	/* what only looking knows */
	path_opts.flags = BPFPIN_OPT_NOFOLLOW;
	CHECK(bpfpin__file(bpfpin, "/m/a", &file, &path_opts) == 0);
	CHECK(bpfpin__clean(bpfpin, "/m/a", &path_opts) == -EINVAL);
	CHECK(bpfpin__unpin_path(bpfpin, "/m/a", NULL, &path_opts) == -EINVAL);
	CHECK(bpfpin__file(bpfpin, "/m/a", NULL, NULL) == -EINVAL);
	CHECK(bpfpin__file(bpfpin, NULL, &file, NULL) == -EINVAL);
	CHECK(bpfpin__unpin_id(bpfpin, 0) == -EINVAL);
	get.sz = open_opts.sz = pins_opts.sz = 1;
	CHECK(bpfpin_get("/x", &get) == -EINVAL);
	CHECK(!bpfpin__open(&open_opts) && errno == EINVAL);
	CHECK(!bpfpin__pins(bpfpin, &pins_opts) && errno == EINVAL);
	CHECK(!bpfpin__pins(NULL, NULL) && errno == EINVAL);
	end();
}

static void out_size(struct bpfpin *bpfpin)
{
	struct {
		struct bpfpin_status known;
		__u64 more;
	} newer;
	LIBBPFPIN_OPTS(bpfpin_status, status);
	LIBBPFPIN_OPTS(bpfpin_kind_info, kind);
	LIBBPFPIN_OPTS(bpfpin_file_info, file);
	LIBBPFPIN_OPTS(bpfpin_pin_info, pin);
	struct bpfpin_pins *pins;

	begin("lib-out-size");
	memset(&newer, 0xff, sizeof(newer));
	newer.known.sz = sizeof(newer);
	CHECK(!bpfpin__status(bpfpin, &newer.known));
	CHECK(newer.known.sz == sizeof(newer));
	CHECK(newer.more == 0);
	CHECK(!strcmp(newer.known.version, "9.8.7") && newer.known.pins == 5);
	status.sz = kind.sz = file.sz = pin.sz = sizeof(size_t);
	CHECK(bpfpin__status(bpfpin, &status) == -EINVAL && errno == EINVAL);
	CHECK(bpfpin__status(bpfpin, NULL) == -EINVAL);
	CHECK(bpfpin__kind(bpfpin, 0, &kind) == -EINVAL);
	CHECK(bpfpin__file(bpfpin, "/m/a", &file, NULL) == -EINVAL);
	pins = bpfpin__pins(bpfpin, NULL);
	CHECK(pins);
	CHECK(bpfpin_pins__next(pins, &pin) == -EINVAL);
	CHECK(bpfpin_pins__find(pins, 1, &pin) == -EINVAL);
	CHECK(bpfpin_pins__next(pins, NULL) == -EINVAL);
	bpfpin_pins__free(pins);
	end();
}

static void walk(struct bpfpin *bpfpin)
{
	LIBBPFPIN_OPTS(bpfpin_pins_opts, opts, .start_id = 2, .no_paths = true);
	LIBBPFPIN_OPTS(bpfpin_pin_info, pin);
	struct bpfpin_pins *pins;

	begin("lib-walk");
	pins = bpfpin__pins(bpfpin, NULL);
	CHECK(pins);
	CHECK(bpfpin_pins__next(pins, &pin) == 1 && pin.id == 1);
	CHECK(pin.sz == sizeof(pin));
	CHECK(pin.path_state == BPFPIN_PATH_FOUND && !strcmp(pin.path, "/m/a"));
	/* a look aside does not move the walk */
	CHECK(!bpfpin_pins__find(pins, 4294967295U, &pin) && pin.id == 4294967295U);
	CHECK(bpfpin_pins__find(pins, 77, &pin) == -ENOENT && errno == ENOENT);
	CHECK(bpfpin_pins__next(pins, &pin) == 1 && pin.id == 2);
	CHECK(pin.path_state == BPFPIN_PATH_NONE && !pin.path);
	/* the highest id there is ends the walk, not begins it anew */
	CHECK(bpfpin_pins__next(pins, &pin) == 1 && pin.id == 4294967295U);
	CHECK(bpfpin_pins__next(pins, &pin) == 0);
	CHECK(bpfpin_pins__next(pins, &pin) == 0);
	bpfpin_pins__free(pins);

	pins = bpfpin__pins(bpfpin, &opts);
	CHECK(pins);
	CHECK(bpfpin_pins__next(pins, &pin) == 1 && pin.id == 2 && !pin.path);
	CHECK(!bpfpin_pins__find(pins, 1, &pin) && !pin.path && !pin.path_state);
	bpfpin_pins__free(pins);
	bpfpin_pins__free(NULL);
	end();
}

static void path_fd(struct bpfpin *bpfpin)
{
	LIBBPFPIN_OPTS(bpfpin_pin_opts, pin_opts, .file_flags = BPFPIN_F_PATH_FD, .path_fd = 7);
	LIBBPFPIN_OPTS(bpfpin_path_opts, path_opts, .flags = BPFPIN_OPT_PATH_FD, .path_fd = 7);
	LIBBPFPIN_OPTS(bpfpin_file_info, file);

	/* what came of it is for the runner to read in the log */
	begin("lib-path-fd");
	CHECK(bpfpin_pin(12345, "fd-flag", &pin_opts) == -EBADF);
	pin_opts.file_flags = 0;
	CHECK(bpfpin_pin(12345, "fd-noflag", &pin_opts) == -EBADF);
	CHECK(bpfpin__file(bpfpin, "at-flag", &file, &path_opts) == -ENOENT);
	path_opts.flags = 0;
	CHECK(bpfpin__file(bpfpin, "at-noflag", &file, &path_opts) == -ENOENT);
	end();
}

static void explain(struct bpfpin *bpfpin)
{
	LIBBPFPIN_OPTS(bpfpin_file_info, file);

	begin("lib-explain");
	CHECK(!bpfpin__explain(bpfpin, "/proc/new", &file, NULL));
	CHECK(!strcmp(file.reason, "procfs keeps no files"));
	CHECK(!bpfpin__explain(bpfpin, "/proc/new//", &file, NULL));
	CHECK(!bpfpin__explain(bpfpin, "relative", &file, NULL));
	CHECK(!strcmp(file.reason, "the working directory"));
	CHECK(!bpfpin__explain(bpfpin, "/rooted", &file, NULL));
	CHECK(!strcmp(file.reason, "the root"));
	CHECK(bpfpin__explain(bpfpin, "/no/where", &file, NULL) == -ENOENT && errno == ENOENT);
	CHECK(bpfpin__explain(bpfpin, "", &file, NULL) == -ENOENT);
	CHECK(bpfpin__explain(bpfpin, "/closed", &file, NULL) == -EACCES);
	end();
}

static void unpin(struct bpfpin *bpfpin)
{
	__u32 id = 3;

	begin("lib-unpin");
	CHECK(bpfpin__unpin_path(bpfpin, "/m/a", &id, NULL) == -EINVAL && id == 3);
	id = 0;
	CHECK(!bpfpin__unpin_path(bpfpin, "/m/a", &id, NULL) && id == 1);
	CHECK(bpfpin__unpin_path(bpfpin, "/m/a", NULL, NULL) == -ENOENT && errno == ENOENT);
	CHECK(!bpfpin__unpin_id(bpfpin, 2));
	CHECK(bpfpin__unpin_id(bpfpin, 2) == -ENOENT);
	end();
}

static void handle(void)
{
	LIBBPFPIN_OPTS(bpfpin_open_opts, opts, .device = "/dev/null");
	struct bpfpin *bpfpin;

	begin("lib-handle");
	CHECK(!bpfpin__open(&opts) && errno == EPROTO);
	opts.device = "/dev/there-is-none";
	CHECK(!bpfpin__open(&opts) && errno == ENOENT);
	bpfpin__close(NULL);
	bpfpin = bpfpin__open(NULL);
	CHECK(bpfpin && bpfpin__fd(bpfpin) >= 0);
	bpfpin__close(bpfpin);
	end();
}

static int messages;

static int count_messages(enum bpfpin_print_level level, const char *fmt, va_list args)
{
	char line[256];

	(void)level;
	vsnprintf(line, sizeof(line), fmt, args);
	messages += line[strlen(line) - 1] == '\n';
	errno = 0;		/* a log function may do that */
	return 0;
}

static void print(struct bpfpin *bpfpin)
{
	LIBBPFPIN_OPTS(bpfpin_file_info, file);
	bpfpin_print_fn_t before;

	begin("lib-print");
	before = bpfpin_set_print(count_messages);
	CHECK(before);
	CHECK(bpfpin__file(bpfpin, "/closed", &file, NULL) == -EACCES && errno == EACCES);
	CHECK(messages == 1);
	/* that there is nothing is no failure */
	CHECK(bpfpin__file(bpfpin, "/no/where", &file, NULL) == -ENOENT && errno == ENOENT);
	CHECK(messages == 1);
	CHECK(bpfpin_set_print(NULL) == count_messages);
	CHECK(bpfpin__file(bpfpin, "/closed", &file, NULL) == -EACCES);
	CHECK(messages == 1);
	CHECK(!bpfpin_set_print(before));
	end();
}

static void names(void)
{
	begin("lib-names");
	CHECK(!strcmp(bpfpin_object_type_str(BPFPIN_OBJECT_PROG), "prog"));
	CHECK(!strcmp(bpfpin_object_type_str(BPFPIN_OBJECT_MAP), "map"));
	CHECK(!strcmp(bpfpin_object_type_str(BPFPIN_OBJECT_LINK), "link"));
	CHECK(!bpfpin_object_type_str(BPFPIN_OBJECT_UNSPEC));
	CHECK(!bpfpin_object_type_str((enum bpfpin_object_type)99));
	CHECK(libbpfpin_major_version() == LIBBPFPIN_MAJOR_VERSION);
	CHECK(libbpfpin_minor_version() == LIBBPFPIN_MINOR_VERSION);
	CHECK(!strcmp(libbpfpin_version_string(), "0.3.0"));
	end();
}

static void *walk_often(void *arg)
{
	LIBBPFPIN_OPTS(bpfpin_pin_info, pin);
	struct bpfpin_pins *pins;
	long wrong = 0;
	int i;

	for (i = 0; i < 200; i++) {
		pins = bpfpin__pins(arg, NULL);
		wrong += !pins || bpfpin_pins__next(pins, &pin) != 1 || pin.id != 1 ||
			 strcmp(pin.path, "/m/a") != 0;
		bpfpin_pins__free(pins);
	}
	return (void *)wrong;
}

static void threads(struct bpfpin *bpfpin)
{
	pthread_t thread[4];
	void *wrong;
	size_t i;

	begin("lib-threads");
	for (i = 0; i < 4; i++)
		CHECK(!pthread_create(&thread[i], NULL, walk_often, bpfpin));
	for (i = 0; i < 4; i++) {
		CHECK(!pthread_join(thread[i], &wrong));
		CHECK(!wrong);
	}
	end();
}

int main(int argc, char **argv)
{
	struct bpfpin *bpfpin = bpfpin__open(NULL);

	if (!bpfpin) {
		printf("FAIL lib: the fake device does not open\n");
		return EXIT_FAILURE;
	}
	if (argc > 1 && !strcmp(argv[1], "owners")) {
		test_owners(bpfpin);
		return failures ? EXIT_FAILURE : EXIT_SUCCESS;
	}
	opts_size();
	opts_every_function(bpfpin);
	out_size(bpfpin);
	names();
	handle();
	print(bpfpin);
	walk(bpfpin);
	path_fd(bpfpin);
	explain(bpfpin);
	threads(bpfpin);
	unpin(bpfpin);
	bpfpin__close(bpfpin);
	return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
