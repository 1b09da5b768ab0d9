// SPDX-License-Identifier: GPL-2.0-only
/*
 * Single words that are numbers: ids, modes, UID:GID, seconds, times.  The input is the
 * word.
 * runs: 150000
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "fuzz.h"
#include "interval.h"
#include "main.h"
#include "object.h"
#include "output.h"
#include "selection.h"
#include "unit.h"
#include "view.h"

static void check_id(const char *word)
{
	__u32 id;

	if (!parse_id(word, &id))
		return;
	require(strspn(word, "0123456789abcdefABCDEFxX") == strlen(word));
	require(strtoull(word, NULL, 0) == id);
}

/* What a mode is written like, and what it is, with nothing lost on the way. */
static void check_mode(char *word)
{
	LIBBPFPIN_OPTS(bpfpin_view_opts, opts);
	char *argv[] = { (char *)"mode", word, NULL };

	if (view_opts_parse(2, argv, &opts))
		return;
	require(strspn(word, "01234567") == strlen(word));
	require(strtoull(word, NULL, 8) == opts.mode && !(opts.mode & ~0666U));
}

static void check_owner(const char *word)
{
	LIBBPFPIN_OPTS(bpfpin_view_opts, opts);
	char *copy = check_memory(strdup(word)), *argv[] = { (char *)"owner", copy, NULL };

	if (!view_opts_parse(2, argv, &opts)) {
		require(strtoull(word, NULL, 0) == opts.uid);
		require(strtoull(strchr(word, ':') + 1, NULL, 0) == opts.gid);
	}
	free(copy);
}

static void check_interval(const char *word)
{
	double seconds;

	if (interval_valid(word, &seconds))
		require(seconds >= 0.01 && seconds <= 86400);
}

/* Any numbers for people. */
static void check_texts(const char *word, size_t size)
{
	const struct view_word view_word = { word, size };
	char buf[UNIT_TEXT];
	long double number;
	uint64_t time = 0;
	enum unit unit;

	memcpy(&time, word, size < sizeof(time) ? size : sizeof(time));
	free(text_time(time, time & 1));
	if (!view_word_number(&view_word, &number))
		return;
	for (unit = UNIT_NONE; unit <= UNIT_BYTES; unit++)
		require(strlen(unit_text(buf, number, unit)) < UNIT_TEXT);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const struct input input = { bytes, size };
	char *word = take_string(&input);
	struct selection selection;
	char *argv[] = { (char *)"id", word, NULL };

	command = command_find("unpin");
	options = (struct options) { 0 };
	check_id(word);
	check_mode(word);
	check_owner(word);
	check_interval(word);
	check_texts(word, size);
	if (!selection_parse("unpin", "pin", 2, argv, &selection))
		require(selection.by_id && selection.id);
	free(word);
	return 0;
}
