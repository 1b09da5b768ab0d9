// SPDX-License-Identifier: GPL-2.0-only
/* What fuzz targets share: input taken apart, the command run. */
#include <getopt.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "fuzz.h"
#include "main.h"
#include "output.h"

#define MAX_WORDS 32

int command_main(int argc, char **argv);

/* The standard error of libFuzzer and of us. */
static FILE *log_file;

/* What the command prints is not looked at. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	log_file = stderr;
	stdout = check_memory(fopen("/dev/null", "we"));
	stderr = check_memory(fopen("/dev/null", "we"));
	setlocale(LC_CTYPE, "C.UTF-8");
	return 0;
}

void require_failed(const char *condition, const char *file, int line)
{
	fprintf(log_file, "%s:%d: it is not so that %s\n", file, line, condition);
	abort();
}

void take(struct input *input, void *to, size_t size)
{
	size_t have = size < input->size ? size : input->size;

	memset(to, 0, size);
	if (!have)
		return;
	memcpy(to, input->bytes, have);
	input->bytes += have;
	input->size -= have;
}

uint8_t take_byte(struct input *input)
{
	uint8_t byte;

	take(input, &byte, 1);
	return byte;
}

struct input take_until(struct input *input, uint8_t byte)
{
	struct input part = *input;
	const uint8_t *end;

	if (!part.size)
		return part;
	end = memchr(input->bytes, byte, input->size);
	if (end)
		part.size = (size_t)(end - input->bytes);
	input->bytes += part.size + !!end;
	input->size -= part.size + !!end;
	return part;
}

char *take_string(const struct input *input)
{
	char *string = check_memory(malloc(input->size + 1));

	if (input->size)
		memcpy(string, input->bytes, input->size);
	string[input->size] = '\0';
	return string;
}

void words_take(struct words *words, const char *first, struct input *input)
{
	struct input word;

	words->argc = 0;
	words->all = words->argv = check_memory(calloc(MAX_WORDS + 1, sizeof(char *)));
	if (first)
		words->argv[words->argc++] = check_memory(strdup(first));
	while (input->size && words->argc < MAX_WORDS) {
		word = take_until(input, '\0');
		if (!word.size)
			return;
		words->argv[words->argc++] = take_string(&word);
	}
}

void words_free(struct words *words)
{
	size_t i;

	for (i = 0; i < MAX_WORDS; i++)
		free(words->all[i]);
	free(words->all);
}

static int run(int argc, char **argv)
{
	options = (struct options) { 0 };
	command = NULL;
	/* From the beginning, and with nothing kept of the last time. */
	optind = 0;
	return command_main(argc, argv);
}

/* Getopt(3) changes the order, so the words are freed by what they were. */
int run_words(struct input *input)
{
	char *argv[MAX_WORDS + 1];
	struct words words;
	int err;

	words_take(&words, "bpfpin", input);
	memcpy(argv, words.all, sizeof(argv));
	err = run(words.argc, argv);
	words_free(&words);
	return err;
}

int run_command(const char *const *words)
{
	char *argv[MAX_WORDS + 1] = { (char *)"bpfpin" };
	int argc = 1;

	for (; *words; words++)
		argv[argc++] = (char *)*words;
	return run(argc, argv);
}
