/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_PIN_TEXT_H
#define _BPF_CORE_PIN_TEXT_H

struct file_operations;

extern const struct file_operations bpf_pin_fops;

#endif /* _BPF_CORE_PIN_TEXT_H */
