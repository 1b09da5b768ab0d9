/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_OBJECT_H
#define _BPF_CORE_OBJECT_H

#include <linux/bpf.h>
#include <linux/bpf_watch.h>

/**
 * struct bpf_object_info - what a human wants to know of an object
 * @id: as in bpf(2)
 * @subtype: the number of its bpf_prog_type, bpf_map_type or bpf_link_type
 * @subtype_name: the name of that number in capitals, or "?"
 * @name: may be empty; a link has none
 * @tag: of a program, else zero
 */
struct bpf_object_info {
	u32 id;
	u32 subtype;
	const char *subtype_name;
	char name[BPF_OBJ_NAME_LEN];
	u8 tag[BPF_TAG_SIZE];
};

/* All that can be done with a program or link, and with a map unless narrowed. */
#define BPF_OBJECT_MODE	(FMODE_READ | FMODE_WRITE)

void *bpf_object_from_fd(u32 ufd, enum bpf_type *type, fmode_t *mode);
void *bpf_object_get(void *raw, enum bpf_type type);
void bpf_object_put(void *raw, enum bpf_type type);
int bpf_object_new_fd(void *raw, enum bpf_type type, int f_flags);
void bpf_object_describe(void *raw, enum bpf_type type,
			 struct bpf_object_info *info);
const char *bpf_object_type_name(enum bpf_type type);
bool bpf_object_is_iter(void *raw, enum bpf_type type);
bool bpf_object_is_view(void *raw, enum bpf_type type);

/* The object at an inode of bpffs; -EACCES if there is none.  Of bpffs. */
int bpf_inode_type(const struct inode *inode, enum bpf_type *type);

#endif /* _BPF_CORE_OBJECT_H */
