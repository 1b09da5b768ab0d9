// SPDX-License-Identifier: GPL-2.0-only
/*
 * Holds a lock of the kernel's for as long as a test likes, as others may do for
 * seconds.  /sys/kernel/debug/hold_lock/ has a file for each, rtnl and cgroup:
 * what is written there, 1 or 0, has happened when write(2) returns.
 */

#include <linux/completion.h>
#include <linux/debugfs.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rtnetlink.h>
#include <linux/static_call.h>

struct lock {
	const char *name;
	struct task_struct *holder;
	struct completion held;
};

static struct lock locks[] = { { "rtnl" }, { "cgroup" } };
static struct mutex *cgroup_lock_of_kernel;
static struct dentry *folder;

/* A direct call: the function need not be one that is called by its address. */
DEFINE_STATIC_CALL_NULL(lookup_name, kallsyms_lookup_name);

static int hold(void *data)
{
	struct lock *lock = data;

	if (lock == locks)
		rtnl_lock();
	else
		mutex_lock(cgroup_lock_of_kernel);
	complete(&lock->held);
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	if (lock == locks)
		rtnl_unlock();
	else
		mutex_unlock(cgroup_lock_of_kernel);
	return 0;
}

static int lock_set(void *data, u64 value)
{
	struct lock *lock = data;
	struct task_struct *holder;

	if (!value == !lock->holder)
		return -EINVAL;
	if (!value) {
		kthread_stop(lock->holder);
		lock->holder = NULL;
		return 0;
	}
	init_completion(&lock->held);
	holder = kthread_run(hold, lock, "hold_%s", lock->name);
	if (IS_ERR(holder))
		return PTR_ERR(holder);
	lock->holder = holder;
	wait_for_completion(&lock->held);
	return 0;
}

DEFINE_DEBUGFS_ATTRIBUTE(lock_fops, NULL, lock_set, "%llu\n");

static int __init hold_lock_init(void)
{
	struct kprobe probe = { .symbol_name = "kallsyms_lookup_name" };
	unsigned int i;
	int ret;

	ret = register_kprobe(&probe);
	if (ret)
		return ret;
	static_call_update(lookup_name,
			   (typeof(kallsyms_lookup_name) *)probe.addr);
	unregister_kprobe(&probe);
	cgroup_lock_of_kernel = (void *)static_call(lookup_name)("cgroup_mutex");
	if (!cgroup_lock_of_kernel)
		return -ENOENT;

	folder = debugfs_create_dir("hold_lock", NULL);
	for (i = 0; i < ARRAY_SIZE(locks); i++)
		debugfs_create_file_unsafe(locks[i].name, 0200, folder,
					   &locks[i], &lock_fops);
	return 0;
}

static void __exit hold_lock_exit(void)
{
	unsigned int i;

	debugfs_remove(folder);
	for (i = 0; i < ARRAY_SIZE(locks); i++)
		if (locks[i].holder)
			kthread_stop(locks[i].holder);
}

module_init(hold_lock_init);
module_exit(hold_lock_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Test: holds rtnl or cgroup_mutex");
