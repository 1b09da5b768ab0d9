// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/* Structures that carry their size. */
#include <fcntl.h>
#include "internal.h"

bool opts_valid(const void *opts, size_t known)
{
	const unsigned char *bytes = opts;
	size_t size, i;

	if (!opts)
		return true;
	memcpy(&size, opts, sizeof(size));
	if (size < sizeof(size))
		return false;
	for (i = known; i < size; i++)
		if (bytes[i])
			return false;
	return true;
}

bool path_opts_valid(const struct bpfpin_path_opts *opts, __u32 allowed_flags)
{
	return OPTS_VALID(opts, bpfpin_path_opts) &&
	       !(OPTS_GET(opts, flags, 0) & ~allowed_flags);
}

int path_opts_fd(const struct bpfpin_path_opts *opts)
{
	return OPTS_GET(opts, flags, 0) & BPFPIN_OPT_PATH_FD ? OPTS_GET(opts, path_fd, 0)
							     : AT_FDCWD;
}

bool out_valid(const void *out, size_t first_size)
{
	size_t size;

	if (!out)
		return false;
	memcpy(&size, out, sizeof(size));
	return size >= first_size;
}

void out_fill(void *out, const void *ours, size_t ours_size)
{
	size_t size, known;

	memcpy(&size, out, sizeof(size));
	known = size < ours_size ? size : ours_size;
	memcpy((char *)out + sizeof(size), (const char *)ours + sizeof(size),
	       known - sizeof(size));
	memset((char *)out + known, 0, size - known);
}
