// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/* The log. */
#include <stdio.h>
#include "internal.h"

__attribute__((format(printf, 2, 0)))
static int print_to_stderr(enum bpfpin_print_level level, const char *fmt, va_list args)
{
	if (level == BPFPIN_PRINT_DEBUG)
		return 0;
	return vfprintf(stderr, fmt, args);
}

/* Swapped and read whole, so that any thread may log while another replaces it. */
static bpfpin_print_fn_t print_fn = print_to_stderr;

bpfpin_print_fn_t bpfpin_set_print(bpfpin_print_fn_t fn)
{
	return __atomic_exchange_n(&print_fn, fn, __ATOMIC_RELAXED);
}

/* A message must not disturb the errno that it is about. */
void bpfpin_print(enum bpfpin_print_level level, const char *fmt, ...)
{
	bpfpin_print_fn_t fn = __atomic_load_n(&print_fn, __ATOMIC_RELAXED);
	int saved = errno;
	va_list args;

	if (!fn)
		return;
	va_start(args, fmt);
	fn(level, fmt, args);
	va_end(args);
	errno = saved;
}
