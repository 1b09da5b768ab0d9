// SPDX-License-Identifier: GPL-2.0-only
/*
 * The whole command line.  The input is words with a zero byte behind each, one more,
 * and what the kernel answers.
 * runs: 30000
 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct input input = { bytes, size }, words = input, word;
	int err;

	fake_kernel_reset();
	/* The words are taken off once more by who runs them. */
	do
		word = take_until(&input, '\0');
	while (word.size && input.size);
	words.size -= input.size;
	fake_kernel.answers = input;
	err = run_words(&words);
	require(err == 0 || err == 1);
	return 0;
}
