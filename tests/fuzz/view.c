// SPDX-License-Identifier: GPL-2.0-only
/*
 * The text of a view, as text, as JSON, as histograms.  The input is a byte, which says
 * what is run, and the text.
 * runs: 30000
 */
#include "fuzz.h"

static const char *const commands[][5] = {
	{ "view", "show", "/v" },
	{ "view", "show", "/v", "-j" },
	{ "view", "show", "/v/", "-p" },
	{ "view", "plot", "/v" },
	{ "view", "plot", "/v", "-j" },
	{ "view", "plot", "/v", "a_usec" },
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	/* the name of the view in a directory */
	static const uint8_t no_error_then_name[] = "\0bpf.v";
	struct input input = { bytes, size };
	uint8_t which = take_byte(&input);

	fake_kernel_reset();
	fake_kernel.answers = (struct input) { no_error_then_name, sizeof(no_error_then_name) };
	fake_kernel.files[0] = input;
	run_command(commands[which % (sizeof(commands) / sizeof(commands[0]))]);
	return 0;
}
