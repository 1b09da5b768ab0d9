// SPDX-License-Identifier: GPL-2.0-only
/* bpfpin monitor */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "main.h"
#include "module.h"
#include "object.h"
#include "output.h"

struct following {
	bool limited;		/* to: */
	__u32 left;
};

static char *name_or_number(const char *name, __u32 number)
{
	return name ? text("%s", name) : text("%u", number);
}

static void event_json(const struct bpfpin_event *event, const char *type, const char *cause,
		       const char *object_type)
{
	struct json_object *object = json_object_new_object();
	bool released = event->type != BPFPIN_EVENT_PINNED;
	char buf[32];

	json_add_time(object, "time", event->time);
	json_add_string(object, "event", type);
	json_add_uint(object, "id", event->pin_id);
	json_add_string(object, "object_type", object_type);
	json_add_uint(object, "object_id", event->object_id);
	json_add_bytes(object, "object_name", event->object_name);
	json_add_string(object, "object_subtype", !object_type ? NULL :
			object_subtype_str((enum bpfpin_object_type)event->object_type,
					   event->object_subtype, buf));
	json_add_bytes(object, "owner_kind", event->kind);
	json_add_string(object, "cause", released ? cause : NULL);
	json_add_uint(object, "lost", event->lost);
	json_print(object);
}

static void event_line(const struct bpfpin_event *event, const char *type, const char *cause,
		       const char *object_type)
{
	char *time = text_time(event->time, true);

	if (event->lost)
		print_line("%u event%s lost", event->lost, event->lost == 1 ? "" : "s");
	print_line("%s %-8s %u %s %u %s %s %s", time, type, event->pin_id,
		   object_type ? object_type : "-", event->object_id,
		   *event->object_name ? event->object_name : "-",
		   *event->kind ? event->kind : "-",
		   event->type == BPFPIN_EVENT_PINNED ? "-" : cause);
	free(time);
}

/* 1 for enough, or that nobody reads us any more. */
static int print_event(void *ctx, const struct bpfpin_event *event)
{
	struct following *following = ctx;
	char *type = name_or_number(bpfpin_event_type_str((enum bpfpin_event_type)event->type),
				    event->type);
	char *cause = name_or_number(bpfpin_cause_str((enum bpfpin_cause)event->cause),
				     event->cause);
	/* None of what is no pin's, but went with a tied directory. */
	char *object_type = !event->object_type ? NULL : name_or_number(
		bpfpin_object_type_str((enum bpfpin_object_type)event->object_type),
		event->object_type);

	if (options.json)
		event_json(event, type, cause, object_type);
	else
		event_line(event, type, cause, object_type);
	free(object_type);
	free(cause);
	free(type);
	/* main() says what is wrong with the output. */
	if (fflush(stdout) || ferror(stdout))
		return 1;
	return following->limited && !--following->left;
}

/* Until there is something to read: 1, or 0 if nobody reads us any more, or -errno. */
static int wait_for_event(int fd)
{
	struct pollfd wait[] = {
		{ .fd = fd, .events = POLLIN },
		{ .fd = STDOUT_FILENO },
	};

	while (poll(wait, array_size(wait), -1) < 0)
		if (errno != EINTR)
			return -errno;
	/* A pipe without readers; that stdout is closed shows when we write. */
	return !(wait[1].revents & POLLERR);
}

static int follow(int fd, struct following *following)
{
	int err;

	for (;;) {
		err = wait_for_event(fd);
		if (!err)
			return EXIT_FAILURE;
		if (err > 0)
			err = bpfpin_read_events(fd, print_event, following);
		if (err < 0 && err != -EAGAIN && err != -EINTR)
			break;
		if (ferror(stdout))
			return EXIT_FAILURE;
		if (following->limited && !following->left)
			return EXIT_SUCCESS;
	}
	return fail("cannot read what happens: %s", module_strerror(err));
}

int do_monitor(int argc, char **argv)
{
	struct following following = { 0 };
	struct bpfpin *module;
	int fd, err;

	if (argc)
		return fail_usage("unexpected argument \"%s\"", argv[0]);
	following.limited = options.given & TAKES_COUNT;
	if (following.limited && (!parse_id(options.count, &following.left) || !following.left))
		return fail_usage("\"%s\" is not a number of events", options.count);
	module = module_open_for(2);
	if (!module)
		return EXIT_FAILURE;
	fd = bpfpin__monitor(module, NULL);
	bpfpin__close(module);
	if (fd == -EPERM)
		return fail("following what happens takes CAP_BPF or CAP_SYS_ADMIN: run this as root");
	if (fd < 0)
		return fail("cannot follow what happens: %s", module_strerror(fd));
	err = follow(fd, &following);
	close(fd);
	return err;
}
