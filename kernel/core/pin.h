/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_PIN_H
#define _BPF_CORE_PIN_H

#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/uidgid.h>

#include "object.h"
#include "owner.h"
#include "watch.h"

struct file_operations;

/**
 * struct bpf_pin - a reference to an object that lasts until its owner's end
 * @watch: on the owner's inode; holds the memory of the pin
 * @lock: guards @raw, and keeps @watch.inode where it is while @raw is set
 * @raw: the object, with the pin's reference; NULL once that is given back
 * @type: of @raw
 * @mode: how the object may be opened at most
 * @id: of the pin; not used again soon
 * @fop: what the inode's files could do before they were a pin's
 * @path: where the pin was made, if the name may be forgotten; else NULL
 * @uid: who made it
 * @pid: its process id in the initial namespace
 * @comm: its name
 * @created: nanoseconds of the wall clock
 */
struct bpf_pin {
	struct bpf_watch watch;
	spinlock_t lock;	/* guards raw */
	void *raw;
	enum bpf_type type;
	fmode_t mode;
	u32 id;
	const struct file_operations *fop;
	char *path;
	kuid_t uid;
	pid_t pid;
	char comm[TASK_COMM_LEN];
	u64 created;
};

/**
 * struct bpf_pin_where - where a pin is and what it holds
 * @object: what the pin holds
 * @owner: kind and file system
 * @dev: of the file system
 * @ino: inode number, for humans
 * @path: in the buffer of the caller, or NULL
 * @in_fs: @path is today's and counts from the root of the file system; else
 *	it is where the pin was made
 * @unlinked: the file has no name left
 */
struct bpf_pin_where {
	struct bpf_object_info object;
	struct bpf_owner owner;
	dev_t dev;
	unsigned long ino;
	char *path;
	bool in_fs;
	bool unlinked;
};

int bpf_pin_init(void);
void bpf_pin_exit(void);

struct bpf_pin *bpf_pin_alloc(void *raw, enum bpf_type type, fmode_t mode);
void bpf_pin_free(struct bpf_pin *pin);
int bpf_pin_attach(struct bpf_pin *pin, struct inode *inode);
void bpf_pin_publish(struct bpf_pin *pin, char *path);

void *bpf_pin_object(const struct inode *inode, enum bpf_type *type,
		     fmode_t *mode);
struct bpf_pin *bpf_pin_find(const struct inode *inode);
struct bpf_pin *bpf_pin_find_id(u32 id);
struct bpf_pin *bpf_pin_find_next(u32 id);
void bpf_pin_put(struct bpf_pin *pin);
bool bpf_pin_id_used(u32 id);
bool bpf_pin_may_see(const struct bpf_pin *pin);
int bpf_pin_where(struct bpf_pin *pin, struct bpf_pin_where *where, char *buf);
bool bpf_pin_end(struct bpf_pin *pin);
unsigned int bpf_pin_count(void);

#endif /* _BPF_CORE_PIN_H */
