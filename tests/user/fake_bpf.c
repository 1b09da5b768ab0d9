// SPDX-License-Identifier: GPL-2.0-only
/* The fake kernel's bpf(2). */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "fake.h"

const char *const type_words[4] = { "", "prog", "map", "link" };

const struct row *object_of(int fd, int *type)
{
	const struct row *row = row_at(fd - OBJECT_FD);

	for (*type = 1; row && *type <= 3; (*type)++)
		if (!strcmp(row->word, type_words[*type]))
			return row;
	return NULL;
}

/* There is something behind the number, for whom it is handed on to. */
int open_object(const char *word, long id)
{
	const struct row *row = find_id(word, id);
	int null, fd;

	if (!row)
		return -ENOENT;
	fd = OBJECT_FD + row_number(row);
	null = (int)syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY | O_CLOEXEC);
	if (null >= 0) {
		dup3(null, fd, O_CLOEXEC);
		syscall(SYS_close, null);
	}
	return fd;
}

static int next_id(const char *word, union bpf_attr *attr)
{
	struct row *row = NULL;
	long best = 0, id;

	while ((row = next_row(word, row))) {
		id = number(row, "id", 0);
		if (id > attr->start_id && (!best || id < best))
			best = id;
	}
	attr->next_id = (__u32)best;
	return best ? 0 : -ENOENT;
}

static int object_info(const union bpf_attr *attr)
{
	void *info = (void *)(unsigned long)attr->info.info;
	const struct row *row;
	unsigned int i, byte;
	int type;

	row = object_of((int)attr->info.bpf_fd, &type);
	if (!row)
		return -EBADF;
	if (type == 1) {
		struct bpf_prog_info *prog = info;

		prog->id = (__u32)number(row, "id", 0);
		put(prog->name, sizeof(prog->name), row, "name");
		for (i = 0; i < 8; i++)
			if (value(row, "tag") && sscanf(value(row, "tag") + i * 2, "%2x", &byte) == 1)
				prog->tag[i] = (__u8)byte;
	} else if (type == 2) {
		struct bpf_map_info *map = info;

		map->id = (__u32)number(row, "id", 0);
		put(map->name, sizeof(map->name), row, "name");
	} else {
		((struct bpf_link_info *)info)->id = (__u32)number(row, "id", 0);
	}
	return 0;
}

static int obj_pin(const union bpf_attr *attr, size_t size)
{
	const char *path = (const char *)(unsigned long)attr->pathname;
	const struct row *row;
	int type, err = scripted_failure("OBJ_PIN");

	row = object_of((int)attr->bpf_fd, &type);
	note("OBJ_PIN %s=%ld path=%s flags=%#x path_fd=%d", row ? row->word : "fd",
	     row ? number(row, "id", 0) : (long)(int)attr->bpf_fd, path, attr->file_flags,
	     size >= 20 ? *(const int *)((const char *)attr + 16) : 0);
	if (err)
		return err;
	return row ? 0 : -EBADF;
}

static int obj_get(const union bpf_attr *attr)
{
	const char *path = (const char *)(unsigned long)attr->pathname;
	struct row *row = find_row("pinned", "path", path);
	int err = scripted_failure("OBJ_GET");

	note("OBJ_GET path=%s flags=%#x", path, attr->file_flags);
	if (err)
		return err;
	if (!row)
		return -ENOENT;
	return open_object(value(row, "type"), number(row, "id", 0));
}

int fake_bpf(int cmd, union bpf_attr *attr, size_t size)
{
	int err;

	switch (cmd) {
	case BPF_OBJ_PIN:
		return obj_pin(attr, size);
	case BPF_OBJ_GET:
		return obj_get(attr);
	case BPF_PROG_GET_NEXT_ID:
	case BPF_MAP_GET_NEXT_ID:
	case BPF_LINK_GET_NEXT_ID:
		err = scripted_failure("NEXT_ID");
		return err ? err : next_id(cmd == BPF_PROG_GET_NEXT_ID ? "prog" :
					   cmd == BPF_MAP_GET_NEXT_ID ? "map" : "link", attr);
	case BPF_PROG_GET_FD_BY_ID:
	case BPF_MAP_GET_FD_BY_ID:
	case BPF_LINK_GET_FD_BY_ID:
		err = scripted_failure("FD_BY_ID");
		return err ? err : open_object(cmd == BPF_PROG_GET_FD_BY_ID ? "prog" :
					       cmd == BPF_MAP_GET_FD_BY_ID ? "map" : "link",
					       attr->prog_id);
	case BPF_OBJ_GET_INFO_BY_FD:
		err = scripted_failure("INFO_BY_FD");
		return err ? err : object_info(attr);
	default:
		return -EINVAL;
	}
}
