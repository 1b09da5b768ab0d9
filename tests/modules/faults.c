// SPDX-License-Identifier: GPL-2.0-only
/*
 * Has the fault that the parameter names, which a debug kernel must notice: a
 * test of the tests.
 */

#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/slab.h>

static char *fault;
module_param(fault, charp, 0);
MODULE_PARM_DESC(fault, "use-after-free, leak, lock-order or atomic-sleep");

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

static int __init faults_init(void)
{
	static const struct {
		const char *name;
		int (*commit)(void);
	} faults[] = {
		{ "use-after-free", use_after_free },
		{ "leak", leak },
		{ "lock-order", lock_order },
		{ "atomic-sleep", atomic_sleep },
	};
	unsigned int i;

	for (i = 0; fault && i < ARRAY_SIZE(faults); i++)
		if (!strcmp(fault, faults[i].name))
			return faults[i].commit();
	return -EINVAL;
}

static void __exit faults_exit(void)
{
}

module_init(faults_init);
module_exit(faults_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Test: faults that a debug kernel must notice");
