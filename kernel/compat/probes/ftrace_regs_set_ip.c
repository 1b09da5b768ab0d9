// SPDX-License-Identifier: GPL-2.0-only
#include <linux/ftrace.h>
#ifndef ftrace_regs_set_instruction_pointer
#error "has the older name"
#endif
