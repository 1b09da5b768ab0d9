// SPDX-License-Identifier: GPL-2.0-only
/*
 * Holds a lock of the kernel's for as long as a test likes, as others may do for
 * seconds.  /sys/kernel/debug/hold_lock/ has a file for each, rtnl, cgroup and
 * directory (the one that the parameter "directory" leads to): what is written there,
 * 1 or 0, has happened when write(2) returns.
 */

#include <linux/completion.h>
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/namei.h>
#include <linux/rtnetlink.h>
#include <linux/static_call.h>

static char *directory = "/";
module_param(directory, charp, 0600);
MODULE_PARM_DESC(directory, "path, for whoever has it locked");

/**
 * struct lock - a lock
 * @name: of its file
 * @change: takes it, or gives it back
 * @holder: who has it; NULL if we do not
 * @held: that he has it by now
 */
struct lock {
	const char *name;
	void (*change)(bool take);
	struct task_struct *holder;
	struct completion held;
};

static struct mutex *cgroup_lock_of_kernel;
static struct path locked_directory;
static struct dentry *folder;

/* A direct call: the function need not be one that is called by its address. */
DEFINE_STATIC_CALL_NULL(lookup_name, kallsyms_lookup_name);

static void rtnl_change(bool take)
{
	if (take)
		rtnl_lock();
	else
		rtnl_unlock();
}

static void cgroup_change(bool take)
{
	if (take)
		mutex_lock(cgroup_lock_of_kernel);
	else
		mutex_unlock(cgroup_lock_of_kernel);
}

static void directory_change(bool take)
{
	if (take) {
		inode_lock(d_inode(locked_directory.dentry));
	} else {
		inode_unlock(d_inode(locked_directory.dentry));
		path_put(&locked_directory);
	}
}

static struct lock locks[] = {
	{ "rtnl", rtnl_change },
	{ "cgroup", cgroup_change },
	{ "directory", directory_change },
};

static int hold(void *data)
{
	struct lock *lock = data;

	lock->change(true);
	complete(&lock->held);
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	lock->change(false);
	return 0;
}

static int lock_set(void *data, u64 value)
{
	struct lock *lock = data;
	struct task_struct *holder;
	int ret;

	if (!value == !lock->holder)
		return -EINVAL;
	if (!value) {
		kthread_stop(lock->holder);
		lock->holder = NULL;
		return 0;
	}
	/* Here, as it is the caller's path. */
	if (lock->change == directory_change) {
		ret = kern_path(directory, LOOKUP_DIRECTORY, &locked_directory);
		if (ret)
			return ret;
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
MODULE_DESCRIPTION("Test: holds rtnl, cgroup_mutex or the lock of a directory");
