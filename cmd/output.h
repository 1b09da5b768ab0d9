/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_OUTPUT_H
#define __BPFPIN_CMD_OUTPUT_H

#include <json-c/json.h>
#include <libsmartcols/libsmartcols.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The one function that prints errors, plain or as JSON; returns the exit
 * code 1.  Under JSON it is the whole output, so call it once.  Whatever is
 * in the message, it stays one line that a terminal can show.
 */
__attribute__((format(printf, 1, 2)))
int fail(const char *format, ...);

/* The same for wrong arguments: adds where to read about the command. */
__attribute__((format(printf, 1, 2)))
int fail_usage(const char *format, ...);

/* For an error that does not end the command; plain output only. */
__attribute__((format(printf, 1, 2)))
void complain(const char *format, ...);

__attribute__((format(printf, 1, 2)))
void warn(const char *format, ...);

/* What is no fault, but not output either; plain output only. */
__attribute__((format(printf, 1, 2)))
void remark(const char *format, ...);

/* Print to stdout, one line, with what no terminal should get as \xHH. */
__attribute__((format(printf, 1, 2)))
void print_line(const char *format, ...);

/* Bytes, with what no terminal should get as \xHH; from malloc(3). */
char *printable(const char *bytes, size_t size);

/* How many columns a line has: of the terminal, or $COLUMNS, or 80. */
int output_width(void);

/* From malloc(3), or the end of the program. */
__attribute__((format(printf, 1, 2)))
char *text(const char *format, ...);
/* Nanoseconds of CLOCK_REALTIME as local time, to the second or the microsecond. */
char *text_time(uint64_t ns, bool microseconds);
void *check_memory(void *p);

/*
 * Bytes that came from the kernel or a user.  JSON is UTF-8: what is not gets
 * U+FFFD in its place, and a second member KEY_bytes has all bytes in hex.
 */
void json_add_bytes(struct json_object *object, const char *key, const char *bytes);
/* The same where a NUL may be among them, which is no character either. */
void json_add_text(struct json_object *object, const char *key, const char *bytes, size_t size);
void json_add_string(struct json_object *object, const char *key, const char *string);
void json_add_uint(struct json_object *object, const char *key, uint64_t number);
void json_add_bool(struct json_object *object, const char *key, bool value);
void json_add_hex(struct json_object *object, const char *key, const void *bytes, size_t len);

/* A time as KEY, and as KEY_ns with all its digits. */
void json_add_time(struct json_object *object, const char *key, uint64_t ns);

/* Frees the object. */
void json_print(struct json_object *object);
/* As text, for an array that is too long to be held; frees the object. */
void json_print_to(FILE *to, struct json_object *object, const char *indent);

/* A table like util-linux's: columns end with NULL, ">" before a name is right-aligned. */
struct libscols_table *table_new(const char *const *columns);
/* Not print a column, counted from 0. */
void table_hide(struct libscols_table *table, size_t column);
/* Takes the cell's text from malloc(3); NULL or empty shows as "-". */
void table_set(struct libscols_line *line, size_t column, char *cell);
struct libscols_line *table_line(struct libscols_table *table);
/* Frees the table. */
void table_print(struct libscols_table *table);

#endif /* __BPFPIN_CMD_OUTPUT_H */
