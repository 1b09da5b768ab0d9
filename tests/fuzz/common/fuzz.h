/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_TESTS_FUZZ_H
#define __BPFPIN_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What libFuzzer calls: each target has one. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* What has to be so, whatever the input is. */
#define require(condition)						\
	((condition) ? (void)0 : require_failed(#condition, __FILE__, __LINE__))
__attribute__((noreturn))
void require_failed(const char *condition, const char *file, int line);

/* ---- fuzz.c: input, taken apart */

struct input {
	const uint8_t *bytes;
	size_t size;
};

/* Zeros if nothing is left. */
void take(struct input *input, void *to, size_t size);
uint8_t take_byte(struct input *input);
/* Up to the next such byte, which is dropped, or all of it. */
struct input take_until(struct input *input, uint8_t byte);
/* With a zero behind it, in memory of just that size; to be freed. */
char *take_string(const struct input *input);

/* Words with a zero byte behind each, as many as there are up to an empty one. */
struct words {
	int argc;
	char **argv;		/* to be moved forward by who takes words off */
	char **all;
};

/* With @first before them, if it is not NULL. */
void words_take(struct words *words, const char *first, struct input *input);
void words_free(struct words *words);

/* A whole run of the command, the exit code; @words are without its name. */
int run_words(struct input *words);
int run_command(const char *const *words);

/* ---- kernel.c: the kernel that library and command see */

struct fake_kernel {
	/* what requests, libbpf and system calls are answered with, in turn */
	struct input answers;
	/* of these files what is read; what is opened otherwise is @files, in turn */
	struct input mountinfo, events;
	struct input files[4];
	unsigned int opened;
};

extern struct fake_kernel fake_kernel;
/* As new: it answers with zeros, and there are no files. */
void fake_kernel_reset(void);

#endif /* __BPFPIN_TESTS_FUZZ_H */
