// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a monitor reads, and how it is told.  The input is a byte, odd for JSON, and
 * what read(2) of the device gives.
 * runs: 30000
 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char *const plain[] = { "monitor", NULL };
	static const char *const json[] = { "-j", "monitor", NULL };
	struct input input = { bytes, size };
	bool as_json = take_byte(&input) & 1;

	fake_kernel_reset();
	fake_kernel.events = input;
	run_command(as_json ? json : plain);
	return 0;
}
