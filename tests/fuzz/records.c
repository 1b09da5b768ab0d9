// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the module answers to requests, taken apart by the library and told by the
 * command.  The input is a byte, which says what is run, /proc/self/mountinfo, a zero
 * byte, and the answers.
 * runs: 15000
 */
#include "fuzz.h"

static const char *const commands[][5] = {
	{ "list" },
	{ "list", "-j" },
	{ "list", "ties" },
	{ "list", "ties", "-j" },
	{ "status" },
	{ "status", "-j" },
	{ "view", "list" },
	{ "view", "list", "-j" },
	{ "show", "id", "1", "-p" },
	{ "show", "/a" },
	{ "show", "cgroup", "/a" },
	{ "show", "netdev", "eth0" },
	{ "unpin", "--all" },
	{ "unpin", "--all", "-j" },
	{ "untie", "--all", "-j" },
	{ "view", "remove", "/a" },
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct input input = { bytes, size };
	uint8_t which = take_byte(&input);

	fake_kernel_reset();
	fake_kernel.mountinfo = take_until(&input, '\0');
	fake_kernel.answers = input;
	run_command(commands[which % (sizeof(commands) / sizeof(commands[0]))]);
	return 0;
}
