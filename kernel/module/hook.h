/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPFPIN_HOOK_H
#define _BPFPIN_HOOK_H

void bpfpin_hook_init(void);
void bpfpin_hook_exit(void);
int bpfpin_hook_pin_error(void);
int bpfpin_hook_get_error(void);

#endif /* _BPFPIN_HOOK_H */
