// SPDX-License-Identifier: GPL-2.0-only
/* Everything that is printed goes through here: plain, JSON, tables. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>
#include <sys/ioctl.h>
#include "main.h"
#include "output.h"

void *check_memory(void *p)
{
	if (p)
		return p;
	fprintf(stderr, "Error: out of memory\n");
	exit(EXIT_FAILURE);
}

__attribute__((format(printf, 1, 0)))
static char *vtext(const char *format, va_list args)
{
	char *s;

	if (vasprintf(&s, format, args) < 0)
		s = NULL;
	return check_memory(s);
}

char *text(const char *format, ...)
{
	va_list args;
	char *s;

	va_start(args, format);
	s = vtext(format, args);
	va_end(args);
	return s;
}

char *text_time(uint64_t ns, bool microseconds)
{
	time_t seconds = (time_t)(ns / 1000000000);
	char buf[64] = "";
	struct tm tm;

	if (localtime_r(&seconds, &tm))
		strftime(buf, sizeof(buf), "%Y-%m-%dT%H:%M:%S", &tm);
	if (!microseconds)
		return text("%s", buf);
	return text("%s.%06u", buf, (unsigned int)(ns % 1000000000 / 1000));
}

/*
 * As libsmartcols does in tables: what the locale cannot print becomes \xHH,
 * and a backslash that would look like the start of that too.
 */
char *printable(const char *s, size_t size)
{
	char *out = check_memory(malloc(size * 4 + 1)), *to = out;
	const char *end = s + size;
	mbstate_t state = { 0 };

	while (s < end) {
		wchar_t wide;
		size_t len = mbrtowc(&wide, s, (size_t)(end - s), &state);

		if (len == (size_t)-1 || len == (size_t)-2 || !len) {
			memset(&state, 0, sizeof(state));
			len = 1;
			wide = L'\0';
		}
		if (!iswprint((wint_t)wide) || (wide == L'\\' && end - s > 1 && s[1] == 'x')) {
			for (; len; len--)
				to += sprintf(to, "\\x%02x", (unsigned char)*s++);
		} else {
			memcpy(to, s, len);
			to += len;
			s += len;
		}
	}
	*to = '\0';
	return out;
}

__attribute__((format(printf, 3, 0)))
static void vprint_line(FILE *to, const char *prefix, const char *format, va_list args)
{
	char *raw = vtext(format, args), *safe = printable(raw, strlen(raw));

	fprintf(to, "%s%s\n", prefix, safe);
	free(safe);
	free(raw);
}

__attribute__((format(printf, 1, 0)))
static int vfail(const char *format, va_list args)
{
	struct json_object *object;
	char *message;

	if (!options.json) {
		fflush(stdout);
		vprint_line(stderr, "Error: ", format, args);
		return EXIT_FAILURE;
	}
	message = vtext(format, args);
	object = json_object_new_object();
	json_add_bytes(object, "error", message);
	json_print(object);
	free(message);
	return EXIT_FAILURE;
}

int fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vfail(format, args);
	va_end(args);
	return EXIT_FAILURE;
}

int fail_usage(const char *format, ...)
{
	va_list args;
	char *message;

	va_start(args, format);
	message = vtext(format, args);
	va_end(args);
	fail("%s: see \"bpfpin help %s\"", message, command->name);
	free(message);
	return EXIT_FAILURE;
}

void complain(const char *format, ...)
{
	va_list args;

	fflush(stdout);
	va_start(args, format);
	vprint_line(stderr, "Error: ", format, args);
	va_end(args);
}

void warn(const char *format, ...)
{
	va_list args;

	fflush(stdout);
	va_start(args, format);
	vprint_line(stderr, "Warning: ", format, args);
	va_end(args);
}

void remark(const char *format, ...)
{
	va_list args;

	fflush(stdout);
	va_start(args, format);
	vprint_line(stderr, "", format, args);
	va_end(args);
}

void print_line(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vprint_line(stdout, "", format, args);
	va_end(args);
}

/* Of what nobody can look at. */
#define MAX_WIDTH 10000

int output_width(void)
{
	const char *columns = getenv("COLUMNS");
	long width = columns ? strtol(columns, NULL, 10) : 0;
	struct winsize size;

	if (width > 0)
		return width < MAX_WIDTH ? (int)width : MAX_WIDTH;
	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col)
		return size.ws_col;
	return 80;
}

/* The length of the UTF-8 character at @s, or 0 if there is none, or a NUL. */
static size_t utf8_length(const unsigned char *s, size_t size)
{
	static const struct {
		unsigned char first, last, second_from, second_to;
		size_t len;
	} forms[] = {
		/* no overlong forms, no surrogates, nothing above U+10FFFF */
		{ 0x01, 0x7f, 0x00, 0x00, 1 },
		{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 },
		{ 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 },
		{ 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 },
		{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};
	size_t form, i;

	for (form = 0; form < array_size(forms); form++)
		if (s[0] >= forms[form].first && s[0] <= forms[form].last)
			break;
	if (form == array_size(forms) || forms[form].len > size)
		return 0;
	for (i = 1; i < forms[form].len; i++)
		if (s[i] < (i == 1 ? forms[form].second_from : 0x80) ||
		    s[i] > (i == 1 ? forms[form].second_to : 0xbf))
			return 0;
	return forms[form].len;
}

void json_add_string(struct json_object *object, const char *key, const char *string)
{
	json_object_object_add(object, key, string ? json_object_new_string(string) : NULL);
}

void json_add_hex(struct json_object *object, const char *key, const void *bytes, size_t len)
{
	char *hex = check_memory(malloc(len * 2 + 1));
	size_t i;

	hex[0] = '\0';
	for (i = 0; i < len; i++)
		sprintf(hex + i * 2, "%02x", ((const unsigned char *)bytes)[i]);
	json_add_string(object, key, hex);
	free(hex);
}

void json_add_bytes(struct json_object *object, const char *key, const char *bytes)
{
	if (bytes)
		json_add_text(object, key, bytes, strlen(bytes));
	else
		json_add_string(object, key, NULL);
}

void json_add_text(struct json_object *object, const char *key, const char *bytes, size_t size)
{
	const char *s = bytes, *end = bytes + size;
	bool valid = true;
	char *out, *to, *key_bytes;

	out = to = check_memory(malloc(size * 3 + 1));
	while (s < end) {
		size_t len = utf8_length((const unsigned char *)s, (size_t)(end - s));

		if (len) {
			memcpy(to, s, len);
			to += len;
			s += len;
		} else {
			memcpy(to, "\xef\xbf\xbd", 3);
			to += 3;
			s++;
			valid = false;
		}
	}
	*to = '\0';
	json_add_string(object, key, out);
	free(out);
	if (valid)
		return;
	key_bytes = text("%s_bytes", key);
	json_add_hex(object, key_bytes, bytes, size);
	free(key_bytes);
}

void json_add_uint(struct json_object *object, const char *key, uint64_t number)
{
	json_object_object_add(object, key, json_object_new_uint64(number));
}

void json_add_bool(struct json_object *object, const char *key, bool value)
{
	json_object_object_add(object, key, json_object_new_boolean(value));
}

void json_add_time(struct json_object *object, const char *key, uint64_t ns)
{
	time_t seconds = (time_t)(ns / 1000000000);
	char buf[64] = "", *key_ns;
	struct tm tm;

	if (gmtime_r(&seconds, &tm))
		strftime(buf, sizeof(buf), "%Y-%m-%dT%H:%M:%SZ", &tm);
	json_add_string(object, key, buf);
	key_ns = text("%s_ns", key);
	json_add_uint(object, key_ns, ns);
	free(key_ns);
}

void json_print_to(FILE *to, struct json_object *object, const char *indent)
{
	int flags = JSON_C_TO_STRING_NOSLASHESCAPE;
	const char *s;

	if (options.pretty)
		flags |= JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED;
	else
		flags |= JSON_C_TO_STRING_PLAIN;
	s = check_memory((void *)json_object_to_json_string_ext(object, flags));
	/* A newline inside of a string is escaped, so these end lines. */
	for (fputs(options.pretty ? indent : "", to); *s; s++) {
		fputc(*s, to);
		if (*s == '\n')
			fputs(indent, to);
	}
	json_object_put(object);
}

void json_print(struct json_object *object)
{
	json_print_to(stdout, object, "");
	fputc('\n', stdout);
}

struct libscols_table *table_new(const char *const *columns)
{
	struct libscols_table *table = check_memory(scols_new_table());

	for (; *columns; columns++) {
		bool right = **columns == '>';

		check_memory(scols_table_new_column(table, *columns + right, 0,
						    right ? SCOLS_FL_RIGHT : 0));
	}
	return table;
}

void table_hide(struct libscols_table *table, size_t column)
{
	struct libscols_column *hidden = check_memory(scols_table_get_column(table, column));

	scols_column_set_flags(hidden, scols_column_get_flags(hidden) | SCOLS_FL_HIDDEN);
}

struct libscols_line *table_line(struct libscols_table *table)
{
	return check_memory(scols_table_new_line(table, NULL));
}

void table_set(struct libscols_line *line, size_t column, char *cell)
{
	if (!cell || !*cell) {
		free(cell);
		cell = text("-");
	}
	if (scols_line_refer_data(line, column, cell))
		check_memory(NULL);
}

void table_print(struct libscols_table *table)
{
	scols_print_table(table);
	scols_unref_table(table);
}
