// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes a function of the kernel's fail where bpfpin calls it, whatever function:
 * the kernel's own fault injection has few.  Driven through
 * /sys/kernel/debug/fail_call/:
 *
 * function (write)
 *	NAME VALUE: this one, which then returns VALUE and has done nothing
 * nth (write, read)
 *	N: the N-th call that comes, in the task that wrote this, fails; 0: none.
 *	Reading gives how many it still takes, so 0 when it has failed.
 */

#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

static char name[KSYM_NAME_LEN];
static long value;
static struct kprobe *probe;
static struct dentry *folder;

/* Only the task itself writes and reads its number. */
static struct task_struct *victim;
static unsigned int left;

/* Instead of the function: returns to whoever called that. */
static noinline notrace long fail(void)
{
	return value;
}

/* Even while that is being loaded. */
static bool is_ours(unsigned long address)
{
	char text[KSYM_SYMBOL_LEN];

	sprint_symbol(text, address);
	return strstr(text, "[bpfpin]");
}

static int entered(struct kprobe *entry, struct pt_regs *regs)
{
	unsigned long caller = *(unsigned long *)kernel_stack_pointer(regs);

	if (READ_ONCE(victim) != current || !left || !is_ours(caller) || --left)
		return 0;
	/* The stack stays: a probe by ftrace does not take that from here. */
	regs->ip = (unsigned long)fail;
	return 1;
}

/* A probe without this one may become a jump, which cannot lead elsewhere. */
static void passed(struct kprobe *entry, struct pt_regs *regs, unsigned long flags)
{
}

static void forget(void)
{
	WRITE_ONCE(victim, NULL);
	if (probe)
		unregister_kprobe(probe);
	kfree(probe);
	probe = NULL;
}

static ssize_t function_write(struct file *file, const char __user *user,
			      size_t count, loff_t *pos)
{
	char text[KSYM_NAME_LEN + 32] = "";
	char *number = text;
	int ret;

	if (count >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, user, count))
		return -EFAULT;
	forget();
	strscpy(name, strsep(&number, " "), sizeof(name));
	if (!number || kstrtol(strim(number), 10, &value))
		return -EINVAL;
	probe = kzalloc(sizeof(*probe), GFP_KERNEL);
	if (!probe)
		return -ENOMEM;
	probe->symbol_name = name;
	probe->pre_handler = entered;
	probe->post_handler = passed;
	ret = register_kprobe(probe);
	if (!ret)
		return count;
	kfree(probe);
	probe = NULL;
	return ret;
}

static const struct file_operations function_fops = {
	.owner = THIS_MODULE,
	.write = function_write,
};

static ssize_t nth_read(struct file *file, char __user *user, size_t count,
			loff_t *pos)
{
	char text[16];
	int len = scnprintf(text, sizeof(text), "%u\n", left);

	return simple_read_from_buffer(user, count, pos, text, len);
}

static ssize_t nth_write(struct file *file, const char __user *user,
			 size_t count, loff_t *pos)
{
	int ret = kstrtouint_from_user(user, count, 10, &left);

	if (ret)
		return ret;
	WRITE_ONCE(victim, current);
	return count;
}

static const struct file_operations nth_fops = {
	.owner = THIS_MODULE,
	.read = nth_read,
	.write = nth_write,
};

static int __init fail_call_init(void)
{
	folder = debugfs_create_dir("fail_call", NULL);
	debugfs_create_file("function", 0200, folder, NULL, &function_fops);
	debugfs_create_file("nth", 0600, folder, NULL, &nth_fops);
	return 0;
}

static void __exit fail_call_exit(void)
{
	debugfs_remove(folder);
	forget();
}

module_init(fail_call_init);
module_exit(fail_call_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Test: functions of the kernel's fail");
