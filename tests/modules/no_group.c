// SPDX-License-Identifier: GPL-2.0-only
/*
 * While this module is loaded, fsnotify_alloc_group() fails with ENOMEM: what
 * bpfpin does when its machinery cannot be set up.
 */

#include <linux/err.h>
#include <linux/kprobes.h>
#include <linux/module.h>

/* Instead of fsnotify_alloc_group(): returns to whoever called that. */
static noinline notrace void *no_memory(void)
{
	return ERR_PTR(-ENOMEM);
}

static int enomem_entry(struct kprobe *probe, struct pt_regs *regs)
{
	/* The stack stays: a probe by ftrace does not take that from here. */
	regs->ip = (unsigned long)no_memory;
	return 1;
}

static struct kprobe probe = {
	.symbol_name = "fsnotify_alloc_group",
	.pre_handler = enomem_entry,
};

static int __init no_group_init(void)
{
	return register_kprobe(&probe);
}

static void __exit no_group_exit(void)
{
	unregister_kprobe(&probe);
}

module_init(no_group_init);
module_exit(no_group_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Test: fsnotify_alloc_group() fails");
