// SPDX-License-Identifier: GPL-2.0-only
/* The requests to the fake device. */
#include <errno.h>
#include <string.h>
#include "fake.h"

static int current_fd;

static int do_status(struct bpfpin_ioc_status *ioc)
{
	const struct row *row = next_row("status", NULL);

	ioc->abi_version = (__u32)number(row, "abi", BPFPIN_ABI_VERSION);
	ioc->features = (__u32)number(row, "features", 7);
	ioc->watch_error = (__s32)number(row, "watch_error", 0);
	ioc->pin_error = (__s32)number(row, "pin_error", 0);
	ioc->get_error = (__s32)number(row, "get_error", 0);
	ioc->pins = (__u32)number(row, "pins", 0);
	ioc->watches = (__u32)number(row, "watches", 0);
	ioc->ties = (__u32)number(row, "ties", 0);
	memset(ioc->instance, 0xa5, sizeof(ioc->instance));
	snprintf(ioc->version, sizeof(ioc->version), "%s",
		 value(row, "version") ? value(row, "version") : "9.8.7");
	return 0;
}

static int do_kind(struct bpfpin_ioc_kind *ioc)
{
	struct row *row = NULL;
	__u32 i;

	for (i = 0; i <= ioc->index; i++) {
		row = next_row("kind", row);
		if (!row)
			return -ENOENT;
	}
	ioc->can = (__u32)number(row, "can", 0);
	put(ioc->kind, sizeof(ioc->kind), row, "kind");
	put(ioc->fs_type, sizeof(ioc->fs_type), row, "fs");
	put(ioc->reason, sizeof(ioc->reason), row, "reason");
	return 0;
}

static int do_file(struct bpfpin_ioc_file *ioc)
{
	const char *path = (const char *)(unsigned long)ioc->path;
	struct row *row = find_row("at", "path", path);

	note("FILE path=%s path_fd=%d flags=%u", path, ioc->path_fd, ioc->flags);
	if (!row || row->gone)
		return -ENOENT;
	/* Nothing is there, but something might be. */
	if (value(row, "new") && !(ioc->flags & BPFPIN_FILE_NEW))
		return -ENOENT;
	if (value(row, "error"))
		return -error_number(value(row, "error"));
	ioc->pin_id = (__u32)number(row, "pin", 0);
	ioc->state = (__u32)number(row, "state", ioc->pin_id ? BPFPIN_FILE_PIN : BPFPIN_FILE_NONE);
	if (ioc->state == BPFPIN_FILE_PIN && !find_id("pin", ioc->pin_id))
		return -ENOENT;
	ioc->can = (__u32)number(row, "can", 0);
	put(ioc->kind, sizeof(ioc->kind), row, "kind");
	put(ioc->fs_type, sizeof(ioc->fs_type), row, "fs");
	put(ioc->reason, sizeof(ioc->reason), row, "reason");
	put(ioc->stamp, sizeof(ioc->stamp), row, "stamp");
	return 0;
}

struct row *walk_rows(const char *word, __u32 wanted, bool next)
{
	struct row *row = NULL, *found = NULL;

	while ((row = next_row(word, row))) {
		unsigned long id = (unsigned long)number(row, "id", 0);

		if (row->gone || (next ? id < wanted : id != wanted))
			continue;
		if (!found || id < (unsigned long)number(found, "id", 0))
			found = row;
	}
	return found;
}

__u32 put_path(__u64 buffer, __u32 room, const char *path)
{
	size_t size = strlen(path ? path : "") + 1;

	if (buffer && room >= size)
		memcpy((char *)(unsigned long)buffer, path ? path : "", size);
	return (__u32)size;
}

static int do_info(struct bpfpin_ioc_info *ioc)
{
	struct row *row = walk_rows("pin", ioc->id, ioc->flags & BPFPIN_INFO_NEXT);
	unsigned int i, byte;

	if (!row)
		return -ENOENT;
	ioc->id = (__u32)number(row, "id", 0);
	ioc->object_type = (__u32)number(row, "type", 1);
	ioc->object_id = (__u32)number(row, "oid", 0);
	ioc->object_subtype = (__u32)number(row, "sub", 0);
	ioc->uid = (__u32)number(row, "uid", 0);
	ioc->pid = (__u32)number(row, "pid", 0);
	ioc->created = (__u64)number(row, "created", 0);
	ioc->ino = (__u64)number(row, "ino", 0);
	if (value(row, "dev"))
		sscanf(value(row, "dev"), "%u:%u", &ioc->dev_major, &ioc->dev_minor);
	ioc->path_flags = (__u32)number(row, "pflags", BPFPIN_PATH_IN_FS);
	ioc->path_size = put_path(ioc->path, ioc->path_size, row->used && value(row, "moves") ?
				  value(row, "moves") : value(row, "path"));
	for (i = 0; i < 8; i++)
		if (value(row, "tag") && sscanf(value(row, "tag") + i * 2, "%2x", &byte) == 1)
			ioc->object_tag[i] = (__u8)byte;
	put(ioc->object_name, sizeof(ioc->object_name), row, "name");
	put(ioc->comm, sizeof(ioc->comm), row, "comm");
	put(ioc->kind, sizeof(ioc->kind), row, "kind");
	put(ioc->fs_type, sizeof(ioc->fs_type), row, "fs");
	if (ioc->size <= BPFPIN_INFO_SIZE_VER0)
		return 0;
	ioc->ifindex = (__u32)number(row, "ifindex", 0);
	ioc->netns_ino = (__u32)number(row, "netns", 0);
	put(ioc->pin_name, sizeof(ioc->pin_name), row, "pname");
	if (ioc->size == sizeof(*ioc))
		ioc->view = (__u32)number(row, "view", 0);
	return 0;
}

static void end_row(struct row *pin)
{
	struct row *row = NULL;

	pin->gone = true;
	while ((row = next_row("pin", row)))
		if (number(row, "with", 0) == number(pin, "id", 0))
			row->gone = true;
}

static int do_unpin(struct bpfpin_ioc_unpin *ioc)
{
	const char *path = (const char *)(unsigned long)ioc->path;
	struct row *at, *pin;

	note("UNPIN id=%u path=%s path_fd=%d", ioc->id, path ? path : "", ioc->path_fd);
	if (!path) {
		pin = find_id("pin", ioc->id);
		if (!pin)
			return -ENOENT;
		if (value(pin, "unpin") && value(pin, "pname"))
			return -error_number(value(pin, "unpin"));
		end_row(pin);
		return 0;
	}
	at = find_row("at", "path", path);
	if (!at || at->gone)
		return -ENOENT;
	if (number(at, "state", BPFPIN_FILE_PIN) == BPFPIN_FILE_INHERITED)
		return -EPERM;
	pin = find_id("pin", number(at, "pin", 0));
	if (!pin || number(at, "state", BPFPIN_FILE_PIN) != BPFPIN_FILE_PIN ||
	    (ioc->id && ioc->id != number(pin, "id", 0)))
		return -EINVAL;
	if (value(pin, "unpin"))
		return -error_number(value(pin, "unpin"));
	if (value(pin, "moves") && !pin->used++) {
		at->gone = true;
		return -ENOENT;
	}
	ioc->id = (__u32)number(pin, "id", 0);
	end_row(pin);
	at->gone = true;
	return 0;
}

static int do_clean(struct bpfpin_ioc_clean *ioc)
{
	const char *path = (const char *)(unsigned long)ioc->path;
	struct row *at = find_row("at", "path", path);

	note("CLEAN path=%s path_fd=%d", path, ioc->path_fd);
	if (!at || at->gone)
		return at ? -ENOENT : -EINVAL;
	if (value(at, "clean"))
		return -error_number(value(at, "clean"));
	switch (number(at, "state", BPFPIN_FILE_PIN)) {
	case BPFPIN_FILE_STALE:
		at->gone = true;
		return 0;
	case BPFPIN_FILE_PIN:
		return -EBUSY;
	default:
		return -EINVAL;
	}
}

bool only_zero(const void *bytes, size_t from, size_t to)
{
	for (; from < to; from++)
		if (((const char *)bytes)[from])
			return false;
	return true;
}

static int do_monitor_of(struct bpfpin_ioc_monitor *ioc)
{
	(void)ioc;
	return do_monitor(current_fd);
}

/* @in is where what is only filled in begins. */
#define REQUEST(NAME, type, function, known_flags, in)					\
	case BPFPIN_IOC_##NAME:								\
		err = scripted_failure(#NAME);						\
		if (!err && (((struct type *)arg)->size < BPFPIN_##NAME##_SIZE_VER0 ||	\
			     ((struct type *)arg)->flags & ~(__u32)(known_flags) ||	\
			     !only_zero(arg, in, ((struct type *)arg)->size))) {	\
			note("MALFORMED " #NAME);					\
			err = -EINVAL;							\
		}									\
		if (!err)								\
			err = function(arg);						\
		break

int device_ioctl(int fd, unsigned long request, void *arg)
{
	int err;

	current_fd = fd;
	switch (request) {
	REQUEST(STATUS, bpfpin_ioc_status, do_status, 0, 8);
	REQUEST(KIND, bpfpin_ioc_kind, do_kind, 0, 12);
	REQUEST(FILE, bpfpin_ioc_file, do_file, BPFPIN_FILE_NOFOLLOW | BPFPIN_FILE_NEW,
		24);
	REQUEST(INFO, bpfpin_ioc_info, do_info, BPFPIN_INFO_NEXT, 72);
	REQUEST(UNPIN, bpfpin_ioc_unpin, do_unpin, 0, 24);
	REQUEST(CLEAN, bpfpin_ioc_clean, do_clean, 0, 24);
	REQUEST(ATTACH, bpfpin_ioc_attach, do_attach, 0, 40);
	REQUEST(OPEN, bpfpin_ioc_open, do_open, 0, 48);
	REQUEST(TIE, bpfpin_ioc_tie, do_tie, 0, 40);
	REQUEST(UNTIE, bpfpin_ioc_untie, do_untie, 0, 32);
	REQUEST(TIE_INFO, bpfpin_ioc_tie_info, do_tie_info, BPFPIN_INFO_NEXT, 56);
	REQUEST(VIEW, bpfpin_ioc_view, do_view, BPFPIN_VIEW_INHERIT | BPFPIN_VIEW_REPLACE, 36);
	REQUEST(MONITOR, bpfpin_ioc_monitor, do_monitor_of, 0, 8);
	default:
		err = -ENOTTY;
	}
	errno = -err;
	return err ? -1 : 0;
}
