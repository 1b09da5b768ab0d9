/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_VIEW_TEXT_H
#define __BPFPIN_CMD_VIEW_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * The text of a view, as the kernel's own files in cgroups have it:
 *
 *   key value				flat; the value is a number or a word
 *   key sub=value sub=value ...	nested
 *   key 1=0 2=5 4=17 inf=0		a histogram: exclusive upper bounds that
 *					ascend, with the number of events below each
 *
 * in printable ASCII with single blanks.  Every other line is kept as it is: there
 * is no text that is wrong.
 */
enum view_line_kind {
	VIEW_OTHER,
	VIEW_FLAT,
	VIEW_NESTED,
	VIEW_HISTOGRAM,
};

/* Bytes of the text; no NUL behind them. */
struct view_word {
	const char *bytes;
	size_t len;
};

struct view_pair {
	struct view_word key, value;
};

struct view_line {
	enum view_line_kind kind;
	struct view_word line;		/* all of it but the newline */
	struct view_word key;		/* of all but VIEW_OTHER */
	struct view_word value;		/* VIEW_FLAT */
	const struct view_pair *pairs;	/* VIEW_NESTED, VIEW_HISTOGRAM */
	size_t pair_count;
};

struct view_text {
	char *bytes;
	size_t len;
	struct view_line *lines;
	size_t line_count;
	struct view_pair *pairs;
};

/* Is this the name of a file that may be a view? */
bool view_name_valid(const char *name);

/*
 * Read a regular file, whatever is in it, and take its text apart; the number of its
 * inode in @ino, if that is not NULL.  0 or -errno; view_text_free() is right after
 * either.
 */
int view_text_read(const char *path, struct view_text *text, ino_t *ino);
void view_text_free(struct view_text *text);

/* The first line of that key, or NULL. */
const struct view_line *view_text_find(const struct view_text *text, const struct view_word *key);

bool view_word_equal(const struct view_word *a, const struct view_word *b);
bool view_word_is(const struct view_word *word, const char *string);
/* From malloc(3), with a NUL. */
char *view_word_copy(const struct view_word *word);

/*
 * A number as JSON has it, without an exponent.  The 64 bits of a counter are exact,
 * as the mantissa of a long double has as many.
 */
bool view_word_number(const struct view_word *word, long double *number);

#endif /* __BPFPIN_CMD_VIEW_TEXT_H */
