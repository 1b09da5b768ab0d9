// SPDX-License-Identifier: GPL-2.0-only
/* The requests to the fake device that came after ABI 1: attached pins, ties, events, views. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "fake.h"

#define ID_MADE 77	/* of whatever is made */

/* "/path", "if3", "fd": as in the script.  Malformed is empty. */
static const char *owner_name(const struct bpfpin_owner *owner, char buf[32])
{
	const char *path = (const char *)(unsigned long)owner->path;

	if (path)
		return owner->ifindex ? "" : path;
	if (!owner->ifindex)
		return owner->fd >= 0 ? "fd" : "";
	snprintf(buf, 32, "if%u", owner->ifindex);
	return buf;
}

/* What the descriptor in it is of: a number, or the file behind it. */
static const char *owner_fd(const struct bpfpin_owner *owner, char buf[64])
{
	char proc[64];
	ssize_t len;

	snprintf(buf, 64, "%d", owner->fd);
	if (owner->fd < 0)
		return buf;
	snprintf(proc, sizeof(proc), "/proc/self/fd/%d", owner->fd);
	len = syscall(SYS_readlinkat, AT_FDCWD, proc, buf, 63);
	if (len > 0)
		buf[len] = '\0';
	return buf;
}

static struct row *attached(const char *owner, const char *name)
{
	struct row *row = NULL;

	while ((row = next_row("pin", row)))
		if (!row->gone && value(row, "owner") && value(row, "pname") &&
		    !strcmp(value(row, "owner"), owner) && !strcmp(value(row, "pname"), name))
			break;
	return row;
}

static int malformed(const char *request)
{
	note("MALFORMED %s", request);
	return -EINVAL;
}

int do_attach(struct bpfpin_ioc_attach *ioc)
{
	const char *name = (const char *)(unsigned long)ioc->name;
	char buf[32], fd[64];
	const char *owner = owner_name(&ioc->owner, buf);
	const struct row *object;
	int type;

	if (!name || !*owner || ioc->id)
		return malformed("ATTACH");
	object = object_of(ioc->object_fd, &type);
	note("ATTACH %s=%ld owner=%s fd=%s name=%s", object ? object->word : "fd",
	     object ? number(object, "id", 0) : (long)ioc->object_fd, owner,
	     owner_fd(&ioc->owner, fd), name);
	if (!object)
		return -EBADF;
	if (strlen(name) >= BPFPIN_PIN_NAME_LEN)
		return -ENAMETOOLONG;
	if (attached(owner, name))
		return -EEXIST;
	ioc->id = ID_MADE;
	return 0;
}

int do_view(struct bpfpin_ioc_view *ioc)
{
	const char *path = (const char *)(unsigned long)ioc->path;
	const struct row *object;
	int type;

	object = object_of(ioc->prog_fd, &type);
	note("VIEW %s=%ld path=%s path_fd=%d flags=%u mode=%o uid=%d gid=%d",
	     object ? object->word : "fd", object ? number(object, "id", 0) : (long)ioc->prog_fd,
	     path, ioc->path_fd, ioc->flags, ioc->mode, (int)ioc->uid, (int)ioc->gid);
	if (!object)
		return -EBADF;
	if (ioc->flags & BPFPIN_VIEW_REPLACE && (ioc->mode || ioc->uid || ioc->gid))
		return malformed("VIEW");
	ioc->id = ID_MADE;
	return 0;
}

int do_open(struct bpfpin_ioc_open *ioc)
{
	const char *name = (const char *)(unsigned long)ioc->name;
	char buf[32], fd[64];
	const char *owner = owner_name(&ioc->owner, buf);
	const struct row *pin;
	const char *mode;
	long type;
	int object;

	if (ioc->object_fd || ioc->object_type)
		return malformed("OPEN");
	if (ioc->id ? ioc->owner.fd != -1 || ioc->owner.ifindex || ioc->owner.path || name
		    : !name || !*owner)
		return malformed("OPEN");
	note("OPEN id=%u owner=%s fd=%s name=%s flags=%#x", ioc->id, owner,
	     owner_fd(&ioc->owner, fd), name ? name : "", ioc->file_flags);
	pin = ioc->id ? find_id("pin", ioc->id) : attached(owner, name);
	if (!pin)
		return -ENOENT;
	mode = value(pin, "mode");
	if (mode && !(ioc->file_flags & (*mode == 'r' ? BPF_F_RDONLY : BPF_F_WRONLY)))
		return -EACCES;
	type = number(pin, "type", BPFPIN_OBJECT_PROG);
	ioc->id = (__u32)number(pin, "id", 0);
	ioc->object_type = (__u32)type;
	object = type >= 1 && type <= 3 ? open_object(type_words[type], number(pin, "oid", 0))
					: (int)syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY);
	if (object < 0)
		return object;
	ioc->object_fd = object;
	return 0;
}

int do_tie(struct bpfpin_ioc_tie *ioc)
{
	const char *path = (const char *)(unsigned long)ioc->path;
	char buf[32], fd[64];
	const char *owner = owner_name(&ioc->owner, buf);

	if (!path || !*owner || ioc->id)
		return malformed("TIE");
	note("TIE path=%s path_fd=%d owner=%s fd=%s", path, ioc->path_fd, owner,
	     owner_fd(&ioc->owner, fd));
	ioc->id = ID_MADE;
	return 0;
}

int do_untie(struct bpfpin_ioc_untie *ioc)
{
	const char *path = (const char *)(unsigned long)ioc->path;
	struct row *row = NULL;

	if (ioc->count || ioc->reserved || !ioc->id == !path)
		return malformed("UNTIE");
	note("UNTIE id=%u path=%s path_fd=%d", ioc->id, path ? path : "", ioc->path_fd);
	while ((row = next_row("tie", row))) {
		if (row->gone || (path ? !value(row, "at") || strcmp(value(row, "at"), path) != 0
				       : number(row, "id", 0) != ioc->id))
			continue;
		if (value(row, "untie"))
			return -error_number(value(row, "untie"));
		row->gone = true;
		ioc->count++;
	}
	return ioc->count ? 0 : -ENOENT;
}

int do_tie_info(struct bpfpin_ioc_tie_info *ioc)
{
	const struct row *row = walk_rows("tie", ioc->id, ioc->flags & BPFPIN_INFO_NEXT);

	if (!row)
		return -ENOENT;
	ioc->id = (__u32)number(row, "id", 0);
	ioc->uid = (__u32)number(row, "uid", 0);
	ioc->pid = (__u32)number(row, "pid", 0);
	ioc->is_dir = (__u32)number(row, "dir", 0);
	ioc->created = (__u64)number(row, "created", 0);
	ioc->path_size = put_path(ioc->path, ioc->path_size, value(row, "path"));
	ioc->path_flags = (__u32)number(row, "pflags", BPFPIN_PATH_IN_FS);
	ioc->owner_path_size = put_path(ioc->owner_path, ioc->owner_path_size,
					value(row, "opath"));
	ioc->owner_path_flags = (__u32)number(row, "opflags", BPFPIN_PATH_IN_FS);
	ioc->ino = (__u64)number(row, "ino", 0);
	ioc->owner_ino = (__u64)number(row, "oino", 0);
	if (value(row, "dev"))
		sscanf(value(row, "dev"), "%u:%u", &ioc->dev_major, &ioc->dev_minor);
	if (value(row, "odev"))
		sscanf(value(row, "odev"), "%u:%u", &ioc->owner_dev_major, &ioc->owner_dev_minor);
	ioc->ifindex = (__u32)number(row, "ifindex", 0);
	ioc->netns_ino = (__u32)number(row, "netns", 0);
	put(ioc->comm, sizeof(ioc->comm), row, "comm");
	put(ioc->fs_type, sizeof(ioc->fs_type), row, "fs");
	put(ioc->owner_kind, sizeof(ioc->owner_kind), row, "kind");
	put(ioc->owner_fs_type, sizeof(ioc->owner_fs_type), row, "ofs");
	return 0;
}

/* ---- events ---- */

/*
 * A real pipe holds a byte for each event, so that poll(2) works by itself, and at
 * its end one more for "events end="; without that it stays open and empty.
 */
int do_monitor(int fd)
{
	struct row *row = NULL;
	int ends[2];

	note("MONITOR");
	if (pipe2(ends, O_CLOEXEC | (device_flags[fd - DEVICE_FD] & O_NONBLOCK)))
		return -errno;
	dup3(ends[0], fd, O_CLOEXEC);
	while ((row = next_row("event", row)))
		if (write(ends[1], "", 1) != 1)
			return -EIO;
	if (next_row("events", NULL) && write(ends[1], "", 1) != 1)
		return -EIO;
	return 0;
}

static size_t put_event(char *to, const struct row *row)
{
	struct bpfpin_event event = {
		.size = (__u32)number(row, "size", sizeof(event)),
		.lost = (__u32)number(row, "lost", 0),
		.type = (__u32)number(row, "type", BPFPIN_EVENT_PINNED),
		.cause = (__u32)number(row, "cause", 0),
		.pin_id = (__u32)number(row, "pin", 0),
		.object_type = (__u32)number(row, "otype", BPFPIN_OBJECT_PROG),
		.object_id = (__u32)number(row, "oid", 0),
		.object_subtype = (__u32)number(row, "sub", 0),
		.time = (__u64)number(row, "time", 0),
	};

	put(event.object_name, sizeof(event.object_name), row, "name");
	put(event.kind, sizeof(event.kind), row, "kind");
	memset(to, 0xee, (size_t)number(row, "room", event.size));
	memcpy(to, &event, sizeof(event));
	return (size_t)number(row, "room", event.size);
}

long monitor_read(int fd, void *buf, size_t size)
{
	const struct row *end = next_row("events", NULL);
	struct row *row = NULL;
	size_t done = 0;
	char byte;

	if (size < sizeof(struct bpfpin_event)) {
		note("MALFORMED read");
		errno = EINVAL;
		return -1;
	}
	while ((row = next_row("event", row))) {
		size_t room = (size_t)number(row, "room", number(row, "size", sizeof(struct bpfpin_event)));

		if (row->used)
			continue;
		/* one at a time, if the script wants that */
		if (done && (done + room > size || value(row, "alone")))
			break;
		row->used = 1;
		if (syscall(SYS_read, fd, &byte, 1) != 1)
			return -1;
		done += put_event((char *)buf + done, row);
	}
	if (done)
		return (long)done;
	if (syscall(SYS_read, fd, &byte, 1) != 1)
		return -1;
	if (!end || !value(end, "end"))
		return 0;
	errno = error_number(value(end, "end"));
	return -1;
}
