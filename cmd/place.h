/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_PLACE_H
#define __BPFPIN_CMD_PLACE_H

#include <json-c/json.h>
#include "libbpfpin.h"

/* Where a file, or an owner of any kind, is, as the library told. */
struct place {
	const char *path;
	__u32 path_state;	/* enum bpfpin_path_state */
	__u32 dev_major, dev_minor;
	__u64 ino;
	__u32 ifindex, netns_ino;	/* of an owner only */
};

/* For a listing: the device and inode number, and the path or what there is instead. */
char *place_inode(const struct place *place);
char *place_path(const struct place *place);

/* The members dev, ino, path, ..., each with the prefix before it. */
void place_json(struct json_object *object, const char *prefix, const struct place *place);

#endif /* __BPFPIN_CMD_PLACE_H */
