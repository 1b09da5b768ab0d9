/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_PIN_TEXT_H
#define _BPF_CORE_PIN_TEXT_H

#include "object.h"

struct bpf_link;
struct file;
struct file_operations;

extern const struct file_operations bpf_pin_fops;

char *bpf_pin_text(void *raw, enum bpf_type type);
int bpf_pin_open_iter(struct file *file, struct bpf_link *link);

#endif /* _BPF_CORE_PIN_TEXT_H */
