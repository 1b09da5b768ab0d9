/* SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause */
#ifndef __LIBBPFPIN_INTERNAL_H
#define __LIBBPFPIN_INTERNAL_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include "libbpfpin.h"

#define offsetofend(TYPE, FIELD) \
	(offsetof(TYPE, FIELD) + sizeof(((TYPE *)0)->FIELD))

/* NULL, or a size we can live with and nothing set that we do not know. */
bool opts_valid(const void *opts, size_t known);
#define OPTS_VALID(opts, TYPE) \
	opts_valid(opts, offsetofend(struct TYPE, TYPE##__last_field))
#define OPTS_HAS(opts, FIELD) \
	((opts) && (opts)->sz >= offsetofend(__typeof__(*(opts)), FIELD))
#define OPTS_GET(opts, FIELD, fallback) \
	(OPTS_HAS(opts, FIELD) ? (opts)->FIELD : (fallback))

/* struct bpfpin_path_opts: is it right, and where does a relative path start? */
bool path_opts_valid(const struct bpfpin_path_opts *opts, __u32 allowed_flags);
int path_opts_fd(const struct bpfpin_path_opts *opts);

/*
 * Hand @ours to the caller's structure, which begins with its size.  The
 * second is for the checks before anything is done.  first_size never grows:
 * it is the size of the structure when it was first released.
 */
bool out_valid(const void *out, size_t first_size);
void out_fill(void *out, const void *ours, size_t ours_size);

/* -errno returned and errno set */
static inline int ret_err(int err)
{
	if (err < 0)
		errno = -err;
	return err;
}

static inline void *ret_null(int err)
{
	errno = -err;
	return NULL;
}

__attribute__((format(printf, 2, 3)))
void bpfpin_print(enum bpfpin_print_level level, const char *fmt, ...);

#define pr_warn(fmt, ...)	bpfpin_print(BPFPIN_PRINT_WARN, "libbpfpin: " fmt "\n", ##__VA_ARGS__)
#define pr_debug(fmt, ...)	bpfpin_print(BPFPIN_PRINT_DEBUG, "libbpfpin: " fmt "\n", ##__VA_ARGS__)

struct bpfpin {
	int fd;
	char *device;		/* to open once more */
};

/* A request to the module: 0 or -errno; errno may be anything after it. */
int bpfpin_request(const struct bpfpin *bpfpin, unsigned long request, void *arg);

#endif /* __LIBBPFPIN_INTERNAL_H */
