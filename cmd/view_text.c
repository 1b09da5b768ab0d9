// SPDX-License-Identifier: GPL-2.0-only
/* The text of a view: read, and taken apart. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include "output.h"
#include "view_text.h"

/* The kernel's limit is 1 MiB; what is no view may be of any size. */
#define MAX_TEXT (16U << 20)
/* More digits are not a number that anybody counted. */
#define MAX_DIGITS 40

bool view_name_valid(const char *name)
{
	return !strncmp(name, "bpf", 3);
}

bool view_word_equal(const struct view_word *a, const struct view_word *b)
{
	return a->len == b->len && !memcmp(a->bytes, b->bytes, a->len);
}

bool view_word_is(const struct view_word *word, const char *string)
{
	const struct view_word other = { string, strlen(string) };

	return view_word_equal(word, &other);
}

char *view_word_copy(const struct view_word *word)
{
	return check_memory(strndup(word->bytes, word->len));
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool view_word_number(const struct view_word *word, long double *number)
{
	char buf[MAX_DIGITS + 1];
	const char *s = buf;

	if (!word->len || word->len > MAX_DIGITS)
		return false;
	memcpy(buf, word->bytes, word->len);
	buf[word->len] = '\0';
	if (*s == '-')
		s++;
	/* 007 is a name */
	if (!is_digit(*s) || (*s == '0' && is_digit(s[1])))
		return false;
	while (is_digit(*s))
		s++;
	if (*s == '.' && is_digit(s[1]))
		for (s++; is_digit(*s); s++)
			;
	if (*s)
		return false;
	/* LC_NUMERIC is that of C: only LC_CTYPE was set. */
	*number = strtold(buf, NULL);
	return true;
}

/* Up to the next blank; false if it is empty, or not printable ASCII. */
static bool take_word(struct view_word *rest, struct view_word *word)
{
	size_t i;

	for (i = 0; i < rest->len && rest->bytes[i] != ' '; i++)
		if (rest->bytes[i] < '!' || rest->bytes[i] > '~')
			return false;
	*word = (struct view_word) { rest->bytes, i };
	/* a blank has something behind it */
	if (i < rest->len && ++i == rest->len)
		return false;
	rest->bytes += i;
	rest->len -= i;
	return word->len;
}

static bool split_pair(const struct view_word *word, struct view_pair *pair)
{
	const char *equals = memchr(word->bytes, '=', word->len);

	if (!equals)
		return false;
	pair->key = (struct view_word) { word->bytes, (size_t)(equals - word->bytes) };
	pair->value = (struct view_word) { equals + 1, word->len - pair->key.len - 1 };
	return pair->key.len && pair->value.len;
}

static bool is_count(const struct view_word *word)
{
	long double number;
	size_t i;

	for (i = 0; i < word->len; i++)
		if (!is_digit(word->bytes[i]))
			return false;
	return view_word_number(word, &number) && number < 0x1p64L;
}

static bool is_histogram(const struct view_line *line)
{
	long double bound, last = 0;
	size_t i;

	for (i = 0; i < line->pair_count; i++) {
		const struct view_pair *pair = &line->pairs[i];

		if (!is_count(&pair->value))
			return false;
		if (i + 1 == line->pair_count)
			return view_word_is(&pair->key, "inf");
		if (!view_word_number(&pair->key, &bound) || (i && bound <= last))
			return false;
		last = bound;
	}
	return false;
}

/* What a line is; its pairs are put at @pairs. */
static void parse_line(struct view_line *line, struct view_pair *pairs)
{
	struct view_word rest = line->line, word, key;
	size_t count = 0;

	line->kind = VIEW_OTHER;
	if (!take_word(&rest, &key) || !rest.len)
		return;
	do {
		if (!take_word(&rest, &word))
			return;
		if (split_pair(&word, &pairs[count]))
			count++;
		else if (count || rest.len)
			return;
	} while (rest.len);
	line->key = key;
	if (!count) {
		line->kind = VIEW_FLAT;
		line->value = word;
		return;
	}
	line->pairs = pairs;
	line->pair_count = count;
	line->kind = is_histogram(line) ? VIEW_HISTOGRAM : VIEW_NESTED;
}

static size_t count_bytes(const struct view_text *text, char c)
{
	const char *s = text->bytes, *end = text->bytes + text->len;
	size_t count = 0;

	while ((s = memchr(s, c, (size_t)(end - s)))) {
		count++;
		s++;
	}
	return count;
}

static void parse(struct view_text *text)
{
	const char *s = text->bytes, *end = text->bytes + text->len;
	size_t pair_count = 0;

	text->lines = check_memory(calloc(count_bytes(text, '\n') + 1, sizeof(*text->lines)));
	/* No more than there are equal signs, and one to try. */
	text->pairs = check_memory(calloc(count_bytes(text, '=') + 1, sizeof(*text->pairs)));
	while (s < end) {
		struct view_line *line = &text->lines[text->line_count++];
		const char *newline = memchr(s, '\n', (size_t)(end - s));

		line->line.bytes = s;
		line->line.len = (size_t)((newline ? newline : end) - s);
		parse_line(line, text->pairs + pair_count);
		pair_count += line->pair_count;
		s += line->line.len + 1;
	}
}

static int read_all(int fd, struct view_text *text)
{
	size_t room = 0;
	ssize_t got;

	do {
		if (text->len == room) {
			room = room ? room * 2 : 4096;
			text->bytes = check_memory(realloc(text->bytes, room));
		}
		got = read(fd, text->bytes + text->len, room - text->len);
		if (got < 0 && errno != EINTR)
			return -errno;
		if (got > 0)
			text->len += (size_t)got;
		if (text->len > MAX_TEXT)
			return -EFBIG;
	} while (got);
	return 0;
}

int view_text_read(const char *path, struct view_text *text, ino_t *ino)
{
	struct stat st;
	int fd, err;

	*text = (struct view_text) { 0 };
	/* A fifo would have us wait. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return -errno;
	if (fstat(fd, &st))
		err = -errno;
	else if (S_ISDIR(st.st_mode))
		err = -EISDIR;
	else if (!S_ISREG(st.st_mode))
		err = -EINVAL;
	else
		err = read_all(fd, text);
	close(fd);
	if (err)
		return err;
	if (ino)
		*ino = st.st_ino;
	parse(text);
	return 0;
}

void view_text_free(struct view_text *text)
{
	free(text->bytes);
	free(text->lines);
	free(text->pairs);
}

const struct view_line *view_text_find(const struct view_text *text, const struct view_word *key)
{
	size_t i;

	for (i = 0; i < text->line_count; i++)
		if (text->lines[i].kind != VIEW_OTHER &&
		    view_word_equal(&text->lines[i].key, key))
			return &text->lines[i];
	return NULL;
}
