/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_FILE_PIN_H
#define _BPF_CORE_FILE_PIN_H

#include <linux/types.h>

struct bpf_new_pin;

int bpf_file_pin(u32 ufd, int path_fd, const char __user *pathname,
		 bool *decided);
int bpf_file_get(int path_fd, const char __user *pathname, int flags,
		 bool *decided);
int bpf_file_create(struct bpf_new_pin *new_pin);

#endif /* _BPF_CORE_FILE_PIN_H */
