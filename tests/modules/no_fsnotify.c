// SPDX-License-Identifier: GPL-2.0-only
/*
 * The header as a kernel without CONFIG_FSNOTIFY sees it: watching is refused
 * with EPERM.  The module loads if that is so.
 */

#include <linux/module.h>

#undef CONFIG_FSNOTIFY
#include <linux/bpf_watch.h>

static int __init no_fsnotify_init(void)
{
	static const struct notify_ops ops;
	int ret = bpf_watch_inode(NULL, &ops, NULL);

	return ret == -EPERM ? 0 : -EINVAL;
}

static void __exit no_fsnotify_exit(void)
{
}

module_init(no_fsnotify_init);
module_exit(no_fsnotify_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Test: bpf_watch.h without CONFIG_FSNOTIFY");
