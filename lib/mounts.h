/* SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause */
#ifndef __LIBBPFPIN_MOUNTS_H
#define __LIBBPFPIN_MOUNTS_H

#include <stddef.h>
#include <stdio.h>

/* A mount the caller sees: where which part of which file system is. */
struct mount {
	unsigned long long id;
	unsigned int major, minor;
	size_t order;		/* as listed by the kernel */
	char *root;		/* of the mount, inside the file system */
	char *point;		/* where it is mounted, for the caller */
};

struct mounts {
	struct mount *list;	/* by device, then as listed */
	size_t count;
};

/* 0 or -errno; mounts_free() is right after either. */
int mounts_read(struct mounts *mounts);
/* The same of what was opened already. */
int mounts_parse(struct mounts *mounts, FILE *f);
void mounts_free(struct mounts *mounts);

/* The mounts of a device: the first of them, or NULL, and how many. */
const struct mount *mounts_of(const struct mounts *mounts, unsigned int major,
			      unsigned int minor, size_t *count);

/* The mount with the id that statx(2) tells, or NULL. */
const struct mount *mounts_find(const struct mounts *mounts, unsigned long long id);

/*
 * Where the mount shows a path of its file system: 0, -ENOENT if that lies
 * outside its root, -ENOMEM.  *buf is from malloc(3), of *size bytes, and
 * grows.
 */
int mount_path(const struct mount *mount, const char *path_in_fs, char **buf, size_t *size);

#endif /* __LIBBPFPIN_MOUNTS_H */
