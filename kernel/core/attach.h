/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_ATTACH_H
#define _BPF_CORE_ATTACH_H

#include "pin.h"

int bpf_attach_init(void);
void bpf_attach_exit(void);
int bpf_attach(const struct bpf_owner *owner, const char *name, void *raw,
	       enum bpf_type type, fmode_t mode, u32 *id);
struct bpf_pin *bpf_attached_find(const struct bpf_owner *owner,
				  const char *name);

#endif /* _BPF_CORE_ATTACH_H */
