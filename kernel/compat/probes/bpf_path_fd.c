// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bpf.h>
int probe(void);
int probe(void)
{
	return bpf_obj_pin_user(0, 0, NULL);
}
