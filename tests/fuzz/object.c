// SPDX-License-Identifier: GPL-2.0-only
/*
 * "prog|map|link SPEC" on a command line.  The input is words with a zero byte behind
 * each, one more, and what the kernel answers.
 * runs: 60000
 */
#include <unistd.h>
#include "fuzz.h"
#include "main.h"
#include "object.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct input input = { bytes, size };
	enum bpfpin_object_type type;
	struct words words;
	int given, fd;
	char buf[32];
	__u32 id;

	command = command_find("pin");
	options = (struct options) { 0 };
	fake_kernel_reset();
	words_take(&words, NULL, &input);
	fake_kernel.answers = input;
	given = words.argc;
	fd = object_open_any("pin", &type, &words.argc, &words.argv, &id);
	require(words.argc >= 0 && words.argv == words.all + (given - words.argc));
	if (fd >= 0) {
		require(given - words.argc == 3);
		require(object_subtype_str(type, id, buf));
		close(fd);
	}
	words_free(&words);
	return 0;
}
