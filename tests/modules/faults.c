// SPDX-License-Identifier: GPL-2.0-only
/*
 * Has the fault whose name is written to its parameter, which a debug kernel must
 * notice: a test of the tests.  The module stays, so that reports of later have the
 * names of its functions.
 */

#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/string.h>

static int use_after_free(void)
{
	char *memory = kzalloc(64, GFP_KERNEL);

	if (!memory)
		return -ENOMEM;
	kfree(memory);
	return READ_ONCE(memory[8]) ? 0 : 0;
}

/* Several: a stale word somewhere may look like a pointer to one of them. */
static int leak(void)
{
	unsigned int i;

	for (i = 0; i < 8; i++)
		if (!kmalloc(100, GFP_KERNEL))
			return -ENOMEM;
	return 0;
}

static DEFINE_MUTEX(first);
static DEFINE_MUTEX(second);

/* No deadlock, but two tasks that did this at once could have one. */
static int lock_order(void)
{
	mutex_lock(&first);
	mutex_lock(&second);
	mutex_unlock(&second);
	mutex_unlock(&first);

	mutex_lock(&second);
	mutex_lock(&first);
	mutex_unlock(&first);
	mutex_unlock(&second);
	return 0;
}

static int atomic_sleep(void)
{
	preempt_disable();
	might_sleep();
	preempt_enable();
	return 0;
}

static unsigned long counter;

static int count(void *unused)
{
	while (!kthread_should_stop()) {
		counter++;
		cond_resched();
	}
	return 0;
}

/* Two that count together without a lock. */
static int unordered_count(void)
{
	struct task_struct *threads[2];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(threads); i++) {
		threads[i] = kthread_run_on_cpu(count, NULL, i, "fault-count/%u");
		if (IS_ERR(threads[i]))
			break;
	}
	msleep(2000);
	while (i)
		kthread_stop(threads[--i]);
	return 0;
}

static int set_fault(const char *name, const struct kernel_param *param)
{
	static const struct {
		const char *name;
		int (*commit)(void);
	} faults[] = {
		{ "use-after-free", use_after_free },
		{ "leak", leak },
		{ "lock-order", lock_order },
		{ "atomic-sleep", atomic_sleep },
		{ "data-race", unordered_count },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(faults); i++)
		if (sysfs_streq(name, faults[i].name))
			return faults[i].commit();
	return -EINVAL;
}

static const struct kernel_param_ops fault_ops = { .set = set_fault };

module_param_cb(fault, &fault_ops, NULL, 0200);
MODULE_PARM_DESC(fault, "use-after-free, leak, lock-order, atomic-sleep or data-race");

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Test: faults that a debug kernel must notice");
