/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPF_CORE_VIEW_H
#define _BPF_CORE_VIEW_H

#include <linux/list.h>
#include <linux/types.h>
#include <linux/uidgid.h>

struct bpf_pin;
struct kernfs_node;
struct kernfs_open_file;
struct super_block;

/* Room for a text to begin with: a few lines.  Whoever allocates may clear it all. */
#define BPF_VIEW_ROOM_MIN	256

/**
 * struct bpf_view_opts - how the files of a view are made
 * @mode: permissions
 * @uid: owner
 * @gid: group
 * @inherit: all cgroups below have the file, too, those to come included
 */
struct bpf_view_opts {
	umode_t mode;
	kuid_t uid;
	kgid_t gid;
	bool inherit;
};

/**
 * struct bpf_view - a file in cgroups whose text a program writes
 * @pin: of the program; holds this
 * @opts: how its files are made
 * @dir: the directory that it was made in, kept by the pin
 * @name: of its files, kept by the pin
 * @room: what texts took at last, to begin with enough
 * @node: in the table of what is inherited, by @dir
 * @ended: its pin has ended; guarded by inherit_rwsem
 */
struct bpf_view {
	struct bpf_pin *pin;
	struct bpf_view_opts opts;
	const struct kernfs_node *dir;
	const char *name;
	size_t room;
	struct hlist_node node;
	bool ended;
};

int bpf_view_open(struct kernfs_open_file *of, struct bpf_view *view);
bool bpf_view_is_open(const struct kernfs_open_file *of);

/* Files in the cgroups below. */
void bpf_view_init(void);
void bpf_view_exit(void);
int bpf_view_inherit(struct bpf_view *view, struct super_block *sb);
void bpf_view_disinherit(struct bpf_view *view);
void bpf_view_restore(struct kernfs_node *dir, const char *name);
bool bpf_view_is_inherited(const struct kernfs_node *kn);
struct bpf_pin *bpf_view_pin_of_inherited(struct kernfs_node *kn);

#endif /* _BPF_CORE_VIEW_H */
