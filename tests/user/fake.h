/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_TESTS_FAKE_H
#define __BPFPIN_TESTS_FAKE_H

#include <stdbool.h>
#include <stdio.h>
#include <linux/bpf.h>
#include <linux/bpfpin.h>

#define DEVICE_FD	900	/* and those after it, up to: */
#define DEVICE_FDS	10
#define OBJECT_FD	950	/* and the row of the object */

/* A line of the script. */
struct row {
	char word[16];
	char *keys[32], *values[32];
	int members;
	bool gone;
	int used;
};

/* fake_script.c: the script, and the log */
__attribute__((format(printf, 1, 2)))
void note(const char *format, ...);
int error_number(const char *name);
const char *value(const struct row *row, const char *key);
long number(const struct row *row, const char *key, long fallback);
void put(char *to, size_t size, const struct row *row, const char *key);
/* The first row of that word after one, or at all; with a member of that value; with an id. */
struct row *next_row(const char *word, struct row *after);
struct row *find_row(const char *word, const char *key, const char *wanted);
struct row *find_id(const char *word, long id);
/* Its place among all rows, and back. */
int row_number(const struct row *row);
const struct row *row_at(int place);
/* Does the script want this request to fail?  0 or -errno */
int scripted_failure(const char *request);

/* fake_bpf.c: bpf(2) */
int fake_bpf(int cmd, union bpf_attr *attr, size_t size);
/* What a descriptor is of, and its enum bpfpin_object_type; or NULL. */
const struct row *object_of(int fd, int *type);
/* A descriptor of the object, or -ENOENT. */
int open_object(const char *word, long id);
extern const char *const type_words[4];

/* fake_device.c: the requests to the device; fake_owner.c: those of ABI 2 */
int device_ioctl(int fd, unsigned long request, void *arg);
/* Zero where the header wants zero? */
bool only_zero(const void *bytes, size_t from, size_t to);
/* For requests that walk: the row @wants asks for, or NULL. */
struct row *walk_rows(const char *word, __u32 id, bool next);
__u32 put_path(__u64 buffer, __u32 room, const char *path);
int do_attach(struct bpfpin_ioc_attach *ioc);
int do_view(struct bpfpin_ioc_view *ioc);
int do_open(struct bpfpin_ioc_open *ioc);
int do_tie(struct bpfpin_ioc_tie *ioc);
int do_untie(struct bpfpin_ioc_untie *ioc);
int do_tie_info(struct bpfpin_ioc_tie_info *ioc);
int do_monitor(int fd);
/* The flags that a device was opened with. */
extern int device_flags[DEVICE_FDS];
/* read(2) of a device that tells what happens. */
long monitor_read(int fd, void *buf, size_t size);

#endif /* __BPFPIN_TESTS_FAKE_H */
