// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
#include "internal.h"

#define STR_(x) #x
#define STR(x) STR_(x)

__u32 libbpfpin_major_version(void)
{
	return LIBBPFPIN_MAJOR_VERSION;
}

__u32 libbpfpin_minor_version(void)
{
	return LIBBPFPIN_MINOR_VERSION;
}

const char *libbpfpin_version_string(void)
{
	return STR(LIBBPFPIN_MAJOR_VERSION) "." STR(LIBBPFPIN_MINOR_VERSION) "."
	       STR(LIBBPFPIN_PATCH_VERSION);
}
