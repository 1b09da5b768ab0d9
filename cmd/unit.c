// SPDX-License-Identifier: GPL-2.0-only
/* Numbers with units, as people read them. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "main.h"
#include "unit.h"

/* How many of the step before make one of it. */
struct step {
	long double times;
	const char *name;
};

static const struct step counts[] = {
	{ 1, "" }, { 1000, "k" }, { 1000, "M" }, { 1000, "G" }, { 1000, "T" }, { 1000, "P" },
	{ 1000, "E" }, { 0, NULL }
};

static const struct step bytes[] = {
	{ 1, "B" }, { 1024, "K" }, { 1024, "M" }, { 1024, "G" }, { 1024, "T" }, { 1024, "P" },
	{ 1024, "E" }, { 0, NULL }
};

static const struct step times[] = {
	{ 1, "ns" }, { 1000, "us" }, { 1000, "ms" }, { 1000, "s" }, { 60, "m" }, { 60, "h" },
	{ 24, "d" }, { 0, NULL }
};

static const struct {
	const char *name;
	const struct step *steps;
	long double first;	/* how many of the first step it is */
} units[] = {
	[UNIT_NONE]	= { NULL,	counts,	1 },
	[UNIT_NSEC]	= { "nsec",	times,	1 },
	[UNIT_USEC]	= { "usec",	times,	1e3L },
	[UNIT_MSEC]	= { "msec",	times,	1e6L },
	[UNIT_SEC]	= { "sec",	times,	1e9L },
	[UNIT_BYTES]	= { "bytes",	bytes,	1 },
};

enum unit unit_of(const struct view_word *key, size_t *len)
{
	size_t i, name_len;

	for (i = UNIT_NSEC; i < array_size(units); i++) {
		name_len = strlen(units[i].name);
		if (key->len < name_len + 2 || key->bytes[key->len - name_len - 1] != '_' ||
		    memcmp(key->bytes + key->len - name_len, units[i].name, name_len))
			continue;
		if (len)
			*len = key->len - name_len - 1;
		return (enum unit)i;
	}
	if (len)
		*len = key->len;
	return UNIT_NONE;
}

const char *unit_name(enum unit unit)
{
	return units[unit].name;
}

const char *unit_text(char buf[UNIT_TEXT], long double number, enum unit unit)
{
	const struct step *step = units[unit].steps;
	long double size = fabsl(number) * units[unit].first;
	const char *sign = number < 0 ? "-" : "";

	/* 999.7 would be written as 1000 */
	while (step[1].name && size >= step[1].times - 0.5L) {
		step++;
		size /= step->times;
	}
	if (size >= 9.95L || !size)
		snprintf(buf, UNIT_TEXT, "%s%.0Lf%s", sign, size, step->name);
	else if (size < 0.095L)
		snprintf(buf, UNIT_TEXT, "%s%.2Lf%s", sign, size, step->name);
	else
		snprintf(buf, UNIT_TEXT, "%s%.*Lf%s", sign, fmodl(roundl(size * 10), 10) ? 1 : 0,
			 size, step->name);
	return buf;
}
