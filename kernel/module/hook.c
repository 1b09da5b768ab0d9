// SPDX-License-Identifier: GPL-2.0-only
/*
 * The extension of bpf(2): BPF_OBJ_PIN and BPF_OBJ_GET come to us.
 *
 * As a live patch does, a handler of ftrace at the entry of the kernel's two
 * functions turns the way of the call into ours.  Calls that come from this
 * module pass, which is how the original stays reachable.  What is bpffs's is
 * always done by the original.
 *
 * Unloading.  A redirected call holds a reference to the module from within
 * the handler until its last steps, so the exit cannot begin while one is
 * under way; for the steps before the one and behind the other it waits until
 * every task has gone through the scheduler by itself.  That wait also is for
 * whoever opens a file and has just read an i_fop of ours.
 */

#include <linux/bitmap.h>
#include <linux/ftrace.h>
#include <linux/hash.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>

#include "../core/file_pin.h"
#include "hook.h"
#include "symbols.h"

/*
 * Which of the two file systems a process used last.  To walk a path twice is
 * more than half of the cost of opening a pin, so we begin with the one that
 * is likely to be right.  It is a guess, and only costs if it was wrong: the
 * answer never depends on it.  Processes share a bit by chance.
 */
static DECLARE_BITMAP(uses_files, 256);

static unsigned int guess_slot(void)
{
	return hash_32(task_tgid_nr(current), 8);
}

static bool guess_files(void)
{
	return test_bit(guess_slot(), uses_files);
}

static void learn(bool guessed, bool files)
{
	if (guessed != files)
		assign_bit(guess_slot(), uses_files, files);
}

/*
 * In both: whoever of bpffs and us is asked second decides, unless the first
 * says that the path is his.  bpffs says EPERM or EACCES of any path that is
 * not, behind all its other checks, and then has done nothing.
 */
static noinline int obj_pin_user(BPF_OBJ_PIN_PARAMS)
{
	const bool files_first = guess_files();
	bool decided = false;
	int ret;

	if (files_first)
		ret = bpf_file_pin(ufd, BPF_OBJ_PATH_FD, pathname, &decided);
	if (!decided)
		ret = bpf_obj_pin_user(BPF_OBJ_PIN_ARGS);
	if (!files_first && ret == -EPERM)
		ret = bpf_file_pin(ufd, BPF_OBJ_PATH_FD, pathname, &decided);

	learn(files_first, decided);
	module_put(THIS_MODULE);
	return ret;
}

static noinline int obj_get_user(BPF_OBJ_GET_PARAMS)
{
	const bool files_first = guess_files();
	bool decided = false;
	int ret;

	if (files_first)
		ret = bpf_file_get(BPF_OBJ_PATH_FD, pathname, flags, &decided);
	if (!decided)
		ret = bpf_obj_get_user(BPF_OBJ_GET_ARGS);
	if (!files_first && ret == -EACCES)
		ret = bpf_file_get(BPF_OBJ_PATH_FD, pathname, flags, &decided);

	learn(files_first, decided);
	module_put(THIS_MODULE);
	return ret;
}

/* Sends a call that does not come from us to the function of the hook. */
static void notrace redirect(unsigned long ip, unsigned long parent_ip,
			     struct ftrace_ops *ops, struct ftrace_regs *fregs)
{
	if (within_module(parent_ip, THIS_MODULE))
		return;
	/* We are being unloaded: the kernel's own way. */
	if (!try_module_get(THIS_MODULE))
		return;
	ftrace_regs_set_instruction_pointer(fregs, (unsigned long)ops->private);
}

/*
 * As a live patch: of several that move the call only one can be, and
 * kernel.ftrace_enabled cannot be cleared under our feet.
 */
#define HOOK_FLAGS	(FTRACE_OPS_FL_IPMODIFY | FTRACE_OPS_FL_PERMANENT | \
			 HOOK_REGS)
#ifdef CONFIG_HAVE_DYNAMIC_FTRACE_WITH_ARGS
#define HOOK_REGS	0
#else
#define HOOK_REGS	FTRACE_OPS_FL_SAVE_REGS
#endif

struct hook {
	const char *name;
	struct ftrace_ops ops;
	int error;	/* 0 while the calls come to us, else why not */
};

static struct hook pin_hook = {
	.name	= "bpf_obj_pin_user",
	.ops	= {
		.func		= redirect,
		.flags		= HOOK_FLAGS,
		.private	= obj_pin_user,
	},
	.error	= -ENODEV,
};

static struct hook get_hook = {
	.name	= "bpf_obj_get_user",
	.ops	= {
		.func		= redirect,
		.flags		= HOOK_FLAGS,
		.private	= obj_get_user,
	},
	.error	= -ENODEV,
};

static int hook_register(struct hook *hook)
{
	unsigned long address = bpfpin_symbol(hook->name);
	int ret;

	if (!address)
		return -ENOENT;
	ret = ftrace_set_filter_ip(&hook->ops, address, 0, 0);
	if (ret)
		return ret;
	ret = register_ftrace_function(&hook->ops);
	if (ret)
		ftrace_free_filter(&hook->ops);
	return ret;
}

static void hook_init(struct hook *hook)
{
	int error = hook_register(hook);

	WRITE_ONCE(hook->error, error);
	if (error)
		pr_warn("cannot extend %s (%d)%s: bpf(2) stays as it is\n",
			hook->name, error, error == -EBUSY ?
			", a live patch has it or kernel.ftrace_enabled is 0" : "");
}

static void hook_exit(struct hook *hook)
{
	if (hook->error)
		return;
	unregister_ftrace_function(&hook->ops);
	ftrace_free_filter(&hook->ops);
	WRITE_ONCE(hook->error, -ENODEV);
}

/*
 * A function that cannot be had is no reason to give up: watches work, and
 * the pins there are can be listed and ended.
 */
void bpfpin_hook_init(void)
{
	hook_init(&pin_hook);
	hook_init(&get_hook);
}

void bpfpin_hook_exit(void)
{
	hook_exit(&get_hook);
	hook_exit(&pin_hook);
	synchronize_rcu_tasks();
}

/* Why BPF_OBJ_PIN is not extended: 0 if it is, or a negative errno. */
int bpfpin_hook_pin_error(void)
{
	return READ_ONCE(pin_hook.error);
}

/* As bpfpin_hook_pin_error(), for BPF_OBJ_GET. */
int bpfpin_hook_get_error(void)
{
	return READ_ONCE(get_hook.error);
}
