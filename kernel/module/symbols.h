/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions of the kernel that it does not export, under their own names.
 *
 * They are called through static calls, which the kernel patches into direct
 * ones: with indirect branch tracking a call through a pointer to a function
 * whose address the kernel never takes would fault.
 */
#ifndef _BPFPIN_SYMBOLS_H
#define _BPFPIN_SYMBOLS_H

#include <linux/bpf.h>
#include <linux/kernfs.h>
#include <linux/mount.h>
#include <linux/static_call.h>
#include <linux/stop_machine.h>

/* Of kernfs's own header. */
struct kernfs_node *kernfs_get_active(struct kernfs_node *kn);
void kernfs_put_active(struct kernfs_node *kn);

/* For inode_set_fops(). */
#ifdef BPFPIN_HAVE_FOPS_GET_ONCE
#define BPFPIN_FUNCTIONS_FOPS(X)
#else
#define BPFPIN_FUNCTIONS_FOPS(X)	\
	X(stop_machine_cpuslocked)
#endif

#define BPFPIN_FUNCTIONS(X)		\
	BPFPIN_FUNCTIONS_FOPS(X)	\
	X(__kernfs_create_file)		\
	X(bpf_get_file_flag)		\
	X(bpf_iter_run_prog)		\
	X(bpf_link_get_from_fd)		\
	X(bpf_link_inc)			\
	X(bpf_link_new_fd)		\
	X(bpf_map_new_fd)		\
	X(bpf_map_put_with_uref)	\
	X(bpf_obj_get_user)		\
	X(bpf_obj_pin_user)		\
	X(bpf_prog_get)			\
	X(bpf_prog_new_fd)		\
	X(kernfs_activate)		\
	X(kernfs_get_active)		\
	X(kernfs_put_active)		\
	X(kernfs_remove)		\
	X(mnt_clone_internal)

#define BPFPIN_DECLARE(name) DECLARE_STATIC_CALL(bpfpin_##name, name);
BPFPIN_FUNCTIONS(BPFPIN_DECLARE)
#undef BPFPIN_DECLARE

extern const struct file_operations *bpfpin_iter_fops;
extern const struct file_operations *bpfpin_map_fops;
extern const struct inode_operations *bpfpin_kernfs_dir_iops;

int bpfpin_symbols_init(void);
unsigned long bpfpin_symbol(const char *name);

/* The plain names stay what they are: only calls become static ones. */
#define __kernfs_create_file(...) \
	static_call(bpfpin___kernfs_create_file)(__VA_ARGS__)
#define bpf_get_file_flag(...) \
	static_call(bpfpin_bpf_get_file_flag)(__VA_ARGS__)
#define bpf_iter_run_prog(...) \
	static_call(bpfpin_bpf_iter_run_prog)(__VA_ARGS__)
#define bpf_link_get_from_fd(...) \
	static_call(bpfpin_bpf_link_get_from_fd)(__VA_ARGS__)
#define bpf_link_inc(...) \
	static_call(bpfpin_bpf_link_inc)(__VA_ARGS__)
#define bpf_link_new_fd(...) \
	static_call(bpfpin_bpf_link_new_fd)(__VA_ARGS__)
#define bpf_map_new_fd(...) \
	static_call(bpfpin_bpf_map_new_fd)(__VA_ARGS__)
#define bpf_map_put_with_uref(...) \
	static_call(bpfpin_bpf_map_put_with_uref)(__VA_ARGS__)
#define bpf_obj_get_user(...) \
	static_call(bpfpin_bpf_obj_get_user)(__VA_ARGS__)
#define bpf_obj_pin_user(...) \
	static_call(bpfpin_bpf_obj_pin_user)(__VA_ARGS__)
#define bpf_prog_get(...) \
	static_call(bpfpin_bpf_prog_get)(__VA_ARGS__)
#define bpf_prog_new_fd(...) \
	static_call(bpfpin_bpf_prog_new_fd)(__VA_ARGS__)
#define kernfs_activate(...) \
	static_call(bpfpin_kernfs_activate)(__VA_ARGS__)
#define kernfs_get_active(...) \
	static_call(bpfpin_kernfs_get_active)(__VA_ARGS__)
#define kernfs_put_active(...) \
	static_call(bpfpin_kernfs_put_active)(__VA_ARGS__)
#define kernfs_remove(...) \
	static_call(bpfpin_kernfs_remove)(__VA_ARGS__)
#define mnt_clone_internal(...) \
	static_call(bpfpin_mnt_clone_internal)(__VA_ARGS__)
#define stop_machine_cpuslocked(...) \
	static_call(bpfpin_stop_machine_cpuslocked)(__VA_ARGS__)
#define bpf_iter_fops (*bpfpin_iter_fops)
#define bpf_map_fops (*bpfpin_map_fops)
#define kernfs_dir_iops (*bpfpin_kernfs_dir_iops)

#endif /* _BPFPIN_SYMBOLS_H */
