/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_TESTS_API_H
#define __BPFPIN_TESTS_API_H

#include <errno.h>
#include <stdio.h>
#include "libbpfpin.h"

/* One line per test: the first check that failed, or ok. */
#define CHECK(cond)									\
	do {										\
		if (!(cond) && !test_failed++)						\
			printf("FAIL %s: line %d: %s (errno %d)\n", test, __LINE__,	\
			       #cond, errno);						\
	} while (0)

void begin(const char *name);
void end(void);
extern int failures;
extern int test_failed;
extern const char *test;

/* api_owner.c: what 0.2.0 brought; closes the handle */
void test_owners(struct bpfpin *bpfpin);

#endif /* __BPFPIN_TESTS_API_H */
