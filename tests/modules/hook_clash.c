// SPDX-License-Identifier: GPL-2.0-only
/*
 * While this module is loaded, somebody else may move the calls of
 * bpf_obj_get_user(), as a live patch would: bpfpin cannot.
 */

#include <linux/ftrace.h>
#include <linux/module.h>

static void notrace pass(unsigned long ip, unsigned long parent_ip,
			 struct ftrace_ops *ops, struct ftrace_regs *fregs)
{
}

static struct ftrace_ops clash_ops = {
	.func = pass,
	.flags = FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_IPMODIFY,
};

static int __init hook_clash_init(void)
{
	char name[] = "bpf_obj_get_user";
	int ret;

	ret = ftrace_set_filter(&clash_ops, name, strlen(name), 1);
	if (!ret)
		ret = register_ftrace_function(&clash_ops);
	if (ret)
		ftrace_free_filter(&clash_ops);
	return ret;
}

static void __exit hook_clash_exit(void)
{
	unregister_ftrace_function(&clash_ops);
	ftrace_free_filter(&clash_ops);
}

module_init(hook_clash_init);
module_exit(hook_clash_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Test: somebody else moves the calls of bpf_obj_get_user()");
