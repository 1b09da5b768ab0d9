/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_OBJECT_H
#define __BPFPIN_CMD_OBJECT_H

#include <stdbool.h>
#include <linux/bpf.h>
#include "libbpfpin.h"

/* "prog", "map", "link" or a beginning of one; else UNSPEC. */
enum bpfpin_object_type object_type_parse(const char *word);

/*
 * Take a SPEC off the arguments and open the object it means: a descriptor
 * that is the caller's, and its id; or -1 and said why.
 */
int object_open(enum bpfpin_object_type type, int *argc, char ***argv, __u32 *id);
/* The same for "prog|map|link SPEC"; @doing is what the object is wanted for. */
int object_open_any(const char *doing, enum bpfpin_object_type *type, int *argc, char ***argv,
		    __u32 *id);

/* struct bpf_{prog,map,link}_info, and what of it we look at. */
struct object_info {
	__u32 id;
	__u8 tag[BPF_TAG_SIZE];
	char name[BPF_OBJ_NAME_LEN];	/* empty for a link */
	__u32 btf_id, func_info_rec_size, nr_func_info;	/* of a program */
};

/* 0, or an error and errno */
int object_get_info(enum bpfpin_object_type type, int fd, struct object_info *info);

/* "xdp", "hash", ..., or "type N"; the buffer is for the latter. */
const char *object_subtype_str(enum bpfpin_object_type type, __u32 subtype, char buf[32]);

/* A whole number that fits; else false. */
bool parse_id(const char *word, __u32 *id);

#endif /* __BPFPIN_CMD_OBJECT_H */
