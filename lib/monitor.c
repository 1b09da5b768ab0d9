// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/* What happens: a descriptor of the device that tells of it, and reading from it. */
#include <fcntl.h>
#include <unistd.h>
#include "internal.h"

/* What a header of 0.2.0 knows of an event; never grows. */
#define EVENT_SIZE_VER0	72

/* The request changes the descriptor for good, so it gets one of its own. */
int bpfpin__monitor(struct bpfpin *bpfpin, const struct bpfpin_monitor_opts *opts)
{
	struct bpfpin_ioc_monitor ioc = { .size = sizeof(ioc) };
	struct bpfpin second = { .device = bpfpin->device };
	int flags = O_RDONLY | O_CLOEXEC, err;

	if (!OPTS_VALID(opts, bpfpin_monitor_opts))
		return ret_err(-EINVAL);
	if (OPTS_GET(opts, nonblock, false))
		flags |= O_NONBLOCK;
	second.fd = open(bpfpin->device, flags);
	if (second.fd < 0)
		return -errno;
	err = bpfpin_request(&second, BPFPIN_IOC_MONITOR, &ioc);
	if (!err)
		return second.fd;
	close(second.fd);
	return ret_err(err);
}

int bpfpin_read_events(int monitor_fd, bpfpin_event_fn fn, void *ctx)
{
	/* a good hundred at a time, or one that has grown very much */
	union {
		struct bpfpin_event aligned;
		char bytes[8192];
	} buf;
	const struct bpfpin_event *event;
	int count = 0, err;
	ssize_t len, at;

	if (!fn)
		return ret_err(-EINVAL);
	len = read(monitor_fd, &buf, sizeof(buf));
	if (len < 0)
		return -errno;
	for (at = 0; at < len; at += event->size, count++) {
		event = (const struct bpfpin_event *)(buf.bytes + at);
		if (len - at < EVENT_SIZE_VER0 || event->size < EVENT_SIZE_VER0 ||
		    event->size % __alignof__(*event) || event->size > len - at)
			return ret_err(-EPROTO);
		err = fn(ctx, event);
		if (err)
			return err;
	}
	/* The device waits for the first event; nothing is the end of a file. */
	return count ? count : ret_err(-EPROTO);
}

const char *bpfpin_event_type_str(enum bpfpin_event_type type)
{
	switch (type) {
	case BPFPIN_EVENT_PINNED:
		return "pinned";
	case BPFPIN_EVENT_RELEASED:
		return "released";
	default:
		return NULL;
	}
}

const char *bpfpin_cause_str(enum bpfpin_cause cause)
{
	switch (cause) {
	case BPFPIN_CAUSE_NONE:
		return "none";
	case BPFPIN_CAUSE_UNLINK:
		return "unlink";
	case BPFPIN_CAUSE_CLOSE:
		return "close";
	case BPFPIN_CAUSE_UMOUNT:
		return "umount";
	case BPFPIN_CAUSE_RMDIR:
		return "rmdir";
	case BPFPIN_CAUSE_NETNS:
		return "netns";
	case BPFPIN_CAUSE_NETDEV:
		return "netdev";
	case BPFPIN_CAUSE_UNPIN:
		return "unpin";
	case BPFPIN_CAUSE_TIE:
		return "tie";
	default:
		return NULL;
	}
}
