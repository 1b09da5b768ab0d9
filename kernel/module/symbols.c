// SPDX-License-Identifier: GPL-2.0-only
/*
 * Symbols that the kernel does not export: found when the module is loaded,
 * all or nothing.
 *
 * The kernel's own look-up is not exported either; a kprobe on it tells its
 * address.  Where kprobes are locked down there is no other way, and the
 * module is not loaded.
 */

#include <linux/fs.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/printk.h>

#include "../core/object.h"
#include "symbols.h"

#define BPFPIN_DEFINE(name) DEFINE_STATIC_CALL_NULL(bpfpin_##name, name);
BPFPIN_FUNCTIONS(BPFPIN_DEFINE)
#undef BPFPIN_DEFINE

DEFINE_STATIC_CALL_NULL(bpfpin_kallsyms_lookup_name, kallsyms_lookup_name);

const struct file_operations *bpfpin_iter_fops;
const struct file_operations *bpfpin_map_fops;
const struct inode_operations *bpfpin_kernfs_dir_iops;

/* What tells the inodes of bpffs from each other. */
static const struct inode_operations *prog_iops, *map_iops, *link_iops;

int bpf_inode_type(const struct inode *inode, enum bpf_type *type)
{
	*type = BPF_TYPE_UNSPEC;
	if (inode->i_op == prog_iops)
		*type = BPF_TYPE_PROG;
	else if (inode->i_op == map_iops)
		*type = BPF_TYPE_MAP;
	else if (inode->i_op == link_iops)
		*type = BPF_TYPE_LINK;
	else
		return -EACCES;
	return 0;
}

static int find_lookup(void)
{
	/*
	 * Never armed: only its address is asked for, and to disarm a probe takes
	 * memory that may not be there.
	 */
	struct kprobe probe = {
		.symbol_name	= "kallsyms_lookup_name",
		.flags		= KPROBE_FLAG_DISABLED,
	};
	int ret;

	ret = register_kprobe(&probe);
	if (ret) {
		if (ret == -ENOMEM)
			pr_err("cannot look up kernel symbols (%d)\n", ret);
		else
			pr_err("cannot look up kernel symbols (%d): kprobes are missing or locked down\n",
			       ret);
		return ret;
	}
	static_call_update(bpfpin_kallsyms_lookup_name,
			   (typeof(&kallsyms_lookup_name))probe.addr);
	unregister_kprobe(&probe);
	return 0;
}

/**
 * bpfpin_symbol() - address of a kernel symbol
 * @name: of the symbol
 *
 * Return: the address, or 0 and the log names the symbol.
 */
unsigned long bpfpin_symbol(const char *name)
{
	unsigned long address;

	address = static_call(bpfpin_kallsyms_lookup_name)(name);
	if (!address)
		pr_err("this kernel has no symbol %s\n", name);
	return address;
}

static bool find_data(const char *name, const void **pointer)
{
	*pointer = (const void *)bpfpin_symbol(name);
	return *pointer;
}

int bpfpin_symbols_init(void)
{
	unsigned long address;
	bool complete = true;
	int ret;

	ret = find_lookup();
	if (ret)
		return ret;

#define BPFPIN_FIND(name)						\
	address = bpfpin_symbol(#name);					\
	if (address)							\
		static_call_update(bpfpin_##name, (typeof(&name))address); \
	else								\
		complete = false;
	BPFPIN_FUNCTIONS(BPFPIN_FIND)
#undef BPFPIN_FIND

	complete &= find_data("bpf_iter_fops", (const void **)&bpfpin_iter_fops);
	complete &= find_data("bpf_map_fops", (const void **)&bpfpin_map_fops);
	complete &= find_data("kernfs_dir_iops",
			      (const void **)&bpfpin_kernfs_dir_iops);
	complete &= find_data("bpf_prog_iops", (const void **)&prog_iops);
	complete &= find_data("bpf_map_iops", (const void **)&map_iops);
	complete &= find_data("bpf_link_iops", (const void **)&link_iops);
	return complete ? 0 : -ENOENT;
}
