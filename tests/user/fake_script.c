// SPDX-License-Identifier: GPL-2.0-only
/* The script of the fake kernel, and its log. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "fake.h"

static struct row *rows;
static size_t row_count;
static bool loaded;

static const struct {
	const char *name;
	int number;
} errors[] = {
	{ "ENOENT", ENOENT }, { "EPERM", EPERM }, { "EACCES", EACCES }, { "EINVAL", EINVAL },
	{ "EBUSY", EBUSY }, { "EROFS", EROFS }, { "EIO", EIO }, { "ENOTTY", ENOTTY },
	{ "EEXIST", EEXIST }, { "ENODEV", ENODEV }, { "ENXIO", ENXIO }, { "ENOSPC", ENOSPC },
	{ "E2BIG", E2BIG }, { "ENOTDIR", ENOTDIR }, { "ENOMEM", ENOMEM },
	{ "EBADF", EBADF }, { "EAGAIN", EAGAIN }, { "ESRCH", ESRCH }, { "EMFILE", EMFILE },
	{ "EOPNOTSUPP", EOPNOTSUPP }, { "ENAMETOOLONG", ENAMETOOLONG },
};

void note(const char *format, ...)
{
	const char *path = getenv("BPFPIN_FAKE_LOG");
	FILE *log = path ? fopen(path, "ae") : NULL;
	va_list args;

	if (!log)
		return;
	va_start(args, format);
	vfprintf(log, format, args);
	va_end(args);
	fputc('\n', log);
	fclose(log);
}

int error_number(const char *name)
{
	for (size_t i = 0; name && i < sizeof(errors) / sizeof(errors[0]); i++)
		if (!strcmp(errors[i].name, name))
			return errors[i].number;
	fprintf(stderr, "fake: what is error \"%s\"?\n", name ? name : "");
	_exit(99);
}

static char *decode(const char *s)
{
	char *out = malloc(strlen(s) + 1), *to = out;

	while (*s) {
		unsigned int byte;

		if (s[0] == '\\' && s[1] == 'x' && sscanf(s + 2, "%2x", &byte) == 1) {
			*to++ = (char)byte;
			s += 4;
		} else {
			*to++ = *s++;
		}
	}
	*to = '\0';
	return out;
}

const char *value(const struct row *row, const char *key)
{
	for (int i = 0; row && i < row->members; i++)
		if (!strcmp(row->keys[i], key))
			return row->values[i];
	return NULL;
}

long number(const struct row *row, const char *key, long fallback)
{
	const char *s = value(row, key);

	return s ? strtol(s, NULL, 0) : fallback;
}

void put(char *to, size_t size, const struct row *row, const char *key)
{
	const char *s = value(row, key);

	snprintf(to, size, "%s", s ? s : "");
}

static FILE *open_real(const char *path)
{
	return fdopen((int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC), "r");
}

static void load(void)
{
	const char *path = getenv("BPFPIN_FAKE");
	char *line = NULL, *word, *save, *equal;
	struct row *more;
	size_t size = 0;
	FILE *script;

	if (loaded)
		return;
	loaded = true;
	script = path ? open_real(path) : NULL;
	if (!script)
		return;
	while (getline(&line, &size, script) > 0) {
		struct row row = { 0 };

		word = strtok_r(line, " \n", &save);
		if (!word || *word == '#')
			continue;
		snprintf(row.word, sizeof(row.word), "%s", word);
		while ((word = strtok_r(NULL, " \n", &save))) {
			equal = strchr(word, '=');
			if (equal)
				*equal = '\0';
			row.keys[row.members] = strdup(equal ? word : "");
			row.values[row.members++] = decode(equal ? equal + 1 : word);
		}
		more = realloc(rows, (row_count + 1) * sizeof(*rows));
		if (!more)
			_exit(99);
		rows = more;
		rows[row_count++] = row;
	}
	free(line);
	fclose(script);
}

/* valgrind and the leak checker see nothing of ours left. */
__attribute__((destructor))
static void unload(void)
{
	for (size_t i = 0; i < row_count; i++) {
		for (int j = 0; j < rows[i].members; j++) {
			free(rows[i].keys[j]);
			free(rows[i].values[j]);
		}
	}
	free(rows);
	rows = NULL;
	row_count = 0;
}

struct row *next_row(const char *word, struct row *after)
{
	load();
	for (size_t i = after ? (size_t)(after - rows) + 1 : 0; i < row_count; i++)
		if (!strcmp(rows[i].word, word))
			return &rows[i];
	return NULL;
}

struct row *find_row(const char *word, const char *key, const char *wanted)
{
	struct row *row = NULL;

	while ((row = next_row(word, row)))
		if (!wanted || (value(row, key) && !strcmp(value(row, key), wanted)))
			return row;
	return NULL;
}

struct row *find_id(const char *word, long id)
{
	struct row *row = NULL;

	while ((row = next_row(word, row)))
		if (number(row, "id", 0) == id && !row->gone)
			return row;
	return NULL;
}

int scripted_failure(const char *request)
{
	struct row *row = find_row("fail", "request", request);

	if (!row || row->used++ < number(row, "skip", 0))
		return 0;
	return -error_number(value(row, "error"));
}

int row_number(const struct row *row)
{
	return (int)(row - rows);
}

const struct row *row_at(int place)
{
	return place >= 0 && (size_t)place < row_count ? &rows[place] : NULL;
}
