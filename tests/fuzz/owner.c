// SPDX-License-Identifier: GPL-2.0-only
/*
 * OWNER and "name NAME" on a command line.  The input is a byte, odd if the owner may be
 * "pinned FILE", words with a zero byte behind each, one more, and what the kernel
 * answers.
 * runs: 60000
 */
#include <string.h>
#include <linux/bpfpin.h>
#include "fuzz.h"
#include "main.h"
#include "owner.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct input input = { bytes, size };
	bool pinned = take_byte(&input) & 1;
	struct words words;
	struct owner owner;
	const char *name;
	int given;

	command = command_find("attach");
	options = (struct options) { 0 };
	fake_kernel_reset();
	words_take(&words, NULL, &input);
	fake_kernel.answers = input;
	given = words.argc;
	if (!owner_parse(&words.argc, &words.argv, pinned, &owner)) {
		require(words.argc >= 0 && words.argc <= given - 2);
		require(words.argv == words.all + (given - words.argc));
		require(owner.text && (owner.spec.path || owner.spec.ifindex ||
				       owner.spec.flags & BPFPIN_OWNER_FD));
		if (words.argc) {
			name = owner_pin_name(&words.argc, &words.argv);
			require(!name || (*name && strlen(name) < BPFPIN_PIN_NAME_LEN &&
					  !strchr(name, '/')));
		}
		owner_free(&owner);
	}
	words_free(&words);
	return 0;
}
