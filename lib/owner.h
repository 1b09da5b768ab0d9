/* SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause */
#ifndef __LIBBPFPIN_OWNER_H
#define __LIBBPFPIN_OWNER_H

#include <stdbool.h>
#include "libbpfpin.h"
#include "mounts.h"

/* What tells an owner from all others, as the kernel tells of it with a pin. */
struct owner_id {
	unsigned int dev_major, dev_minor;
	__u64 ino;
	__u32 ifindex;
	__u32 netns_ino;
};

/* As the module wants it: 0, -EINVAL or -EBADF. */
int owner_to_ioc(const struct bpfpin_owner_spec *spec, struct bpfpin_owner *owner);

/* 0 or -errno; @mounts has to be of now. */
int owner_identify(const struct bpfpin_owner_spec *spec, const struct mounts *mounts,
		   struct owner_id *id);

bool owner_has(const struct owner_id *id, const struct bpfpin_ioc_info *pin);

#endif /* __LIBBPFPIN_OWNER_H */
