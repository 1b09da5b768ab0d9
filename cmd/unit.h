/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_UNIT_H
#define __BPFPIN_CMD_UNIT_H

#include "view_text.h"

/* What a number counts, as the end of its key tells: "_usec", "_bytes". */
enum unit {
	UNIT_NONE,
	UNIT_NSEC,
	UNIT_USEC,
	UNIT_MSEC,
	UNIT_SEC,
	UNIT_BYTES,
};

/* The unit, and in @len, if that is not NULL, how long the key is without it. */
enum unit unit_of(const struct view_word *key, size_t *len);
/* As in keys: "usec"; NULL for UNIT_NONE. */
const char *unit_name(enum unit unit);

/* For people: 1.5ms, 12M, 3k.  At most 8 characters, unless it is larger than all that counts. */
#define UNIT_TEXT 32
const char *unit_text(char buf[UNIT_TEXT], long double number, enum unit unit);

#endif /* __BPFPIN_CMD_UNIT_H */
