/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPFPIN_DEVICE_H
#define _BPFPIN_DEVICE_H

int bpfpin_device_init(void);
void bpfpin_device_exit(void);

#endif /* _BPFPIN_DEVICE_H */
