/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_OWNER_H
#define _BPF_CORE_OWNER_H

#include <linux/bits.h>
#include <linux/bpf_watch.h>
#include <linux/types.h>

struct bpf_pin;
struct bpf_view_opts;
struct bpf_watch;
struct dentry;
struct file;
struct inode;
struct net_device;
struct path;
struct qstr;
struct super_block;

/* What can be done with the inodes of a file system; the ABI's numbers. */
#define BPF_OWNER_PIN	BIT(0)	/* a file pin can be made there */
#define BPF_OWNER_WATCH	BIT(1)	/* the end of an inode is learned */
#define BPF_OWNER_STAMP	BIT(2)	/* files outlive the mount: stamp the pins */
#define BPF_OWNER_VIEW	BIT(3)	/* programs can write what files there say */

/* Why an owner ended; the ABI's numbers. */
enum bpf_end {
	BPF_END_NONE,
	BPF_END_UNLINK,
	BPF_END_CLOSE,
	BPF_END_UMOUNT,
	BPF_END_RMDIR,
	BPF_END_NETNS,
	BPF_END_NETDEV,
	BPF_END_UNPIN,
	BPF_END_TIE,
};

/**
 * struct bpf_owner_fs - a file system of an owner kind
 * @magic: of its superblock, a fast look before the name; 0 if it has several
 * @type: name of the file system type; empty for a kind without inodes
 * @can: BPF_OWNER_*
 * @reason: if it cannot take pins: why, for a human, without a full stop
 * @refuse: if not all of its inodes can: returns the reason why one cannot what
 *	is asked for, BPF_OWNER_PIN (of a directory, in it) or BPF_OWNER_WATCH, or
 *	NULL; under RCU
 */
struct bpf_owner_fs {
	unsigned long magic;
	const char *type;
	unsigned int can;
	const char *reason;
	const char *(*refuse)(struct inode *inode, unsigned int what);
};

/**
 * struct bpf_owner - a thing whose life counts
 * @kind: its kind; never NULL
 * @fs: its file system, or the only row of its kind; never NULL
 * @what: the thing itself, as its kind knows it: an inode, a kernfs node, a
 *	struct net, a struct net_device.  Who has a struct bpf_owner holds the
 *	thing some other way, or only compares the pointer.
 * @inode: that it was found by, or NULL; followed only by who holds it
 */
struct bpf_owner {
	const struct bpf_owner_kind *kind;
	const struct bpf_owner_fs *fs;
	void *what;
	struct inode *inode;
};

/**
 * struct bpf_owner_where - where an owner is, for a human
 * @dev: of its file system, or 0
 * @ino: inode number, or that of a namespace
 * @path: in the buffer of the caller, or NULL
 * @in_fs: @path is today's and counts from the root of the file system
 * @unlinked: the file has no name left
 * @ifindex: of a network device, else 0; @path is its name then
 * @netns: inode number of the device's network namespace, else 0
 */
struct bpf_owner_where {
	dev_t dev;
	unsigned long ino;
	char *path;
	bool in_fs;
	bool unlinked;
	int ifindex;
	unsigned int netns;
};

/**
 * struct bpf_new_pin - what a file pin is to be made of
 * @dir: the directory, whose inode is locked, and that can be written to as far
 *	as its mount is asked
 * @dentry: in it, negative
 * @raw: the object; the caller's reference becomes the pin's
 * @type: its type, an enum bpf_type
 * @object_mode: how it may be opened at most
 * @owner: kind and file system of what is made there
 * @view: how the files of a view are to be made; NULL for whatever the object is,
 *	and as bpf(2) makes them
 * @id: filled in, of the pin
 */
struct bpf_new_pin {
	const struct path *dir;
	struct dentry *dentry;
	void *raw;
	unsigned int type;
	fmode_t object_mode;
	struct bpf_owner owner;
	const struct bpf_view_opts *view;
	u32 id;
};

/**
 * struct bpf_owner_kind - the policy for one family of owners
 * @name: for listings
 * @fs: the file systems that belong to it
 * @nr_fs: how many
 * @init: sets up what all its watches need; may be NULL; may sleep
 * @exit: undoes @init; no watch is left
 * @what: the owner that an inode stands for, held by the caller's hold on the
 *	inode; NULL for a kind whose owners are the inodes
 * @files: the kind of what is no directory; NULL if the same
 * @watch: begin to learn of the end of @watch->owner, which the caller holds and
 *	which may be just ending; calls bpf_watch_begin() when it is sure that it
 *	will learn; -ENOENT if it never will; after a failure the watch's memory
 *	is given back with bpf_watch_put(); may sleep
 * @unwatch: the end of the watch's owner does not matter any more: @watch is out
 *	of the table; gives back what @watch took, the watch's memory in the end;
 *	may sleep, and not wait for who waits for an end
 * @permission: may the caller attach something to the owner? 0 or a negative
 *	errno; @file is how it was opened, or NULL; may sleep
 * @gone: what to say of the file of a pin that has ended, if the file always goes
 *	with the pin: a negative errno; else 0
 * @where: fills in where the owner is; @buf has PATH_MAX bytes; the caller
 *	keeps the owner from ending by a spinlock
 * @refuse_name: why a file pin cannot have this name, for a human, without a full
 *	stop, or NULL; a kind where it can have any has none of this; any context
 * @create: makes a file and pins an object at it: 0, or a negative errno, and
 *	then there is neither; for file systems with BPF_OWNER_PIN; may sleep
 * @find: the file pin at an inode, which the caller holds; NULL if there is none,
 *	and -ENOENT if the file was a pin's and is on its way out; under RCU
 */
struct bpf_owner_kind {
	const char *name;
	const struct bpf_owner_fs *fs;
	unsigned int nr_fs;
	int (*init)(void);
	void (*exit)(void);
	void *(*what)(struct inode *inode);
	const struct bpf_owner_kind *files;
	int (*watch)(struct bpf_watch *watch);
	void (*unwatch)(struct bpf_watch *watch);
	int (*permission)(const struct bpf_owner *owner,
			  const struct path *path, const struct file *file);
	int gone;
	void (*where)(const struct bpf_watch *watch,
		      struct bpf_owner_where *where, char *buf);
	const char *(*refuse_name)(const struct qstr *name);
	int (*create)(struct bpf_new_pin *new_pin);
	struct bpf_pin *(*find)(const struct inode *inode);
};

/* One file each. */
extern const struct bpf_owner_kind bpf_owner_file;
extern const struct bpf_owner_kind bpf_owner_bpffs;
extern const struct bpf_owner_kind bpf_owner_transient;
extern const struct bpf_owner_kind bpf_owner_cgroup;
extern const struct bpf_owner_kind bpf_owner_kernfs;
extern const struct bpf_owner_kind bpf_owner_netns;
extern const struct bpf_owner_kind bpf_owner_netdev;
extern const struct bpf_owner_kind bpf_owner_unsupported;

/* For what may wait long: a directory's lock can be held by its reader. */
extern struct workqueue_struct *bpf_owner_queue;

int bpf_owner_init(void);
void bpf_owner_exit(void);

struct bpf_owner bpf_owner_of(const struct super_block *sb);
struct bpf_owner bpf_owner_of_inode(struct inode *inode);
struct bpf_owner bpf_owner_of_netdev(struct net_device *dev);
int bpf_owner_row(unsigned int index, struct bpf_owner *owner);
const char *bpf_owner_refusal(struct inode *inode, unsigned int what);
const char *bpf_owner_name_refusal(const struct dentry *dentry);
int bpf_owner_can_watch(const struct bpf_owner *owner);
int bpf_owner_can_pin(const struct bpf_owner *owner, struct inode *dir);

/* What the kinds share whose owners are inodes. */
int bpf_owner_inode_permission(const struct bpf_owner *owner,
			       const struct path *path, const struct file *file);
void bpf_owner_inode_where(const struct bpf_watch *watch,
			   struct bpf_owner_where *where, char *buf);

#endif /* _BPF_CORE_OWNER_H */
