// SPDX-License-Identifier: GPL-2.0-only
/*
 * cgroup.controllers, as "bpfpin view install" reads it.  The input is the file.
 * runs: 40000
 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char *const install[] = { "view", "install", "biolat", "at", "/c", NULL };

	fake_kernel_reset();
	/* the directory first */
	fake_kernel.files[1] = (struct input) { bytes, size };
	require(run_command(install));
	return 0;
}
