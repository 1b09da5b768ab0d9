// SPDX-License-Identifier: GPL-2.0-only

#include <linux/module.h>
#include <linux/printk.h>

#include "../core/attach.h"
#include "../core/pin_file.h"
#include "../core/stamp.h"
#include "../core/tie.h"
#include "../core/view.h"
#include "../core/watch.h"
#include "../core/watch_inode.h"
#include "device.h"
#include "hook.h"
#include "symbols.h"

static int __init bpfpin_init(void)
{
	int ret;

	ret = bpfpin_symbols_init();
	if (ret)
		return ret;

	ret = bpf_pin_file_init();
	if (ret)
		return ret;
	ret = bpf_attach_init();
	if (ret)
		goto exit_pin_file;
	ret = bpf_watch_inode_init();
	if (ret)
		goto exit_attach;

	/* Without watches nothing can be pinned; that can still be asked for. */
	ret = bpf_watch_init();
	if (ret)
		pr_warn("cannot learn the end of anything (%d): nothing can be pinned outside bpffs\n",
			ret);

	bpf_stamp_init();

	bpf_view_init();
	ret = bpf_tie_init();
	if (ret)
		goto exit_view;
	ret = bpfpin_device_init();
	if (ret)
		goto exit_tie;

	bpfpin_hook_init();
	return 0;

exit_tie:
	bpf_tie_exit();
exit_view:
	bpf_watch_exit();
	bpf_view_exit();
	bpf_watch_inode_exit();
exit_attach:
	bpf_attach_exit();
exit_pin_file:
	bpf_pin_file_exit();
	return ret;
}

static void __exit bpfpin_exit(void)
{
	bpfpin_hook_exit();
	bpfpin_device_exit();
	bpf_tie_exit();
	bpf_watch_exit();
	bpf_view_exit();
	bpf_watch_inode_exit();
	bpf_attach_exit();
	bpf_pin_file_exit();
	bpf_pin_exit();
}

module_init(bpfpin_init);
module_exit(bpfpin_exit);

MODULE_LICENSE("GPL");
MODULE_VERSION(BPFPIN_VERSION);
MODULE_AUTHOR("The bpfpin developers");
MODULE_DESCRIPTION("Pin BPF objects to what can end, until it does");
