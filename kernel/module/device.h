/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPFPIN_DEVICE_H
#define _BPFPIN_DEVICE_H

#include <uapi/linux/bpfpin.h>

struct bpf_pin;

/* The structure of any request. */
union bpfpin_request {
	__u32 size;
	struct bpfpin_ioc_status status;
	struct bpfpin_ioc_kind kind;
	struct bpfpin_ioc_file file;
	struct bpfpin_ioc_info info;
	struct bpfpin_ioc_unpin unpin;
	struct bpfpin_ioc_clean clean;
	struct bpfpin_ioc_attach attach;
	struct bpfpin_ioc_open open;
};

int bpfpin_device_init(void);
void bpfpin_device_exit(void);
struct bpf_pin *bpfpin_find_visible(u32 id, bool next);

/* Requests with a file of their own. */
int bpfpin_device_attach(union bpfpin_request *request);
int bpfpin_device_open(union bpfpin_request *request);

#endif /* _BPFPIN_DEVICE_H */
