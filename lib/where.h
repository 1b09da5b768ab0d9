/* SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause */
#ifndef __LIBBPFPIN_WHERE_H
#define __LIBBPFPIN_WHERE_H

#include <stddef.h>
#include "libbpfpin.h"
#include "mounts.h"

/* A path as the kernel gave it, and the buffers for it. */
struct where {
	char *kernel;		/* NULL: paths are not asked for */
	size_t kernel_size;
	char *candidate;
	size_t candidate_size;
};

/* Of what there is a path; what the kernel said beside it. */
struct place {
	struct bpfpin *bpfpin;
	__u32 pin_id;		/* of a file pin, else 0 */
	__u32 path_flags;	/* BPFPIN_PATH_* */
	__u32 path_size;
	unsigned int dev_major, dev_minor;
	__u64 ino;
};

/* 0 or -ENOMEM; where_free() is right after either. */
int where_init(struct where *where);
void where_free(struct where *where);

/* Make room for a path of @needed bytes: 1 if that took more, 0, or -ENOMEM. */
int where_grow(struct where *where, __u32 needed);

/*
 * What of the path the caller can use: 0 and the path, which lives in @where, and
 * enum bpfpin_path_state; or -ENOMEM.
 */
int where_resolve(struct where *where, const struct mounts *mounts, const struct place *place,
		  const char **path, __u32 *state);

#endif /* __LIBBPFPIN_WHERE_H */
