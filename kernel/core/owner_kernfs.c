// SPDX-License-Identifier: GPL-2.0-only
/*
 * Owner kind "kernfs": files of ours in file systems that are made of kernfs:
 * cgroups, and sysfs if the administrator allows it.
 *
 * Such a file is known by its kernfs node.  It ends when the node is removed: by
 * unlink(2) of it, with the directory (a cgroup at rmdir(2), a device that goes
 * away), or by us after an unpin.  kernfs tells an open file of that: whoever
 * removes a node calls @release of each opening before he goes on.  So every
 * watch keeps its file open.
 *
 * References.  The open file holds the inode and with it the node, and by a mount
 * of its own the directory's inode and the superblock; so no mount of the user's
 * is busy, and cgroups live on without any anyway.  The watch has a share in the
 * directory (kernfs_dir.c).  All that is given back by kernfs_close(), and the
 * kind's reference to the watch behind it.
 *
 * Locks.  @release is called inside kernfs's lock of open files and whatever the
 * remover holds: the directory's i_rwsem, cgroup_mutex, rtnl.  Nothing of that can
 * be waited for there, so the file is closed later: when the system call at hand
 * goes back to user space, or by a worker if there is none.
 *
 * What else is attached to such a file, or tied to it, follows the pin: a watch with
 * a reference to the pin's opening, that is told of the end together with the pin.
 *
 * How a watch ends.  Removed: bpf_kernfs_removed() fires it, and waits there for
 * who has cancelled it; if it has not begun, kernfs_watch() sees that.  Cancelled:
 * kernfs_close()
 * removes the node, which comes to bpf_kernfs_removed() as well; the watch is
 * over by then.
 *
 * Unloading.  kernfs_remove() returns when every @release has returned, whoever
 * removed the node.  The exit waits for every watch to be freed, so for that.
 */

#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init_task.h>
#include <linux/kernel.h>
#include <linux/kernfs.h>
#include <linux/magic.h>
#include <linux/moduleparam.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/rcupdate.h>
#include <linux/task_work.h>
#include <linux/workqueue.h>

#include "kernfs_dir.h"
#include "owner.h"
#include "owner_kernfs.h"
#include "pin_kernfs.h"
#include "watch.h"

static bool allow_sysfs;
module_param_named(sysfs, allow_sysfs, bool, 0444);
MODULE_PARM_DESC(sysfs, "files of pins can be made in sysfs (default: no)");

/* Who keeps the files open, whoever made them. */
static const struct cred *opener_cred;

/**
 * bpf_kernfs_open() - keep a file open, to be told of its end
 * @dir: its directory, whose inode the caller has locked
 * @dentry: the file
 * @watch: on the file
 *
 * From here on bpf_kernfs_removed() may be called, at any time.
 *
 * Context: may sleep.
 * Return: the open file, or an error pointer; -ENODEV if it has just ended.
 */
struct file *bpf_kernfs_open(const struct path *dir, struct dentry *dentry,
			     struct bpf_watch *watch)
{
	struct path path = { .dentry = dentry };
	struct file *file;

	/* As for process accounting: with no mount of the user's busy. */
	path.mnt = mnt_clone_internal(dir);
	if (IS_ERR(path.mnt))
		return ERR_CAST(path.mnt);

	/* Neither for reading nor for writing, and nobody is told. */
	WRITE_ONCE(watch->kernfs.opener, current);
	file = dentry_open(&path, O_ACCMODE | __FMODE_NONOTIFY, opener_cred);
	WRITE_ONCE(watch->kernfs.opener, NULL);
	mntput(path.mnt);
	return file;
}

/* Is this the opening that bpf_kernfs_open() is just making? */
bool bpf_kernfs_is_opening(const struct bpf_watch *watch)
{
	return READ_ONCE(watch->kernfs.opener) == current;
}

/* The watch is over; nobody holds a lock. */
static void kernfs_close(struct bpf_watch *watch)
{
	struct file *file = watch->kernfs.file;
	struct inode *dir = d_inode(file->f_path.mnt->mnt_root);

	/* If somebody else does that, it waits for him. */
	kernfs_remove(watch->owner.what);
	bpf_kernfs_pin_removed(watch);

	inode_lock(dir);
	bpf_kernfs_dir_put(dir);
	inode_unlock(dir);
	fput(file);
	bpf_watch_put(watch);
}

static void kernfs_close_task(struct callback_head *task)
{
	kernfs_close(container_of(task, struct bpf_watch, kernfs.task));
}

static void kernfs_close_work(struct work_struct *work)
{
	kernfs_close(container_of(work, struct bpf_watch, kernfs.work));
}

static void kernfs_unwatch(struct bpf_watch *watch)
{
	if (watch->kernfs.follows) {
		fput(watch->kernfs.file);
		bpf_watch_put(watch);
		return;
	}
	if (!(current->flags & PF_KTHREAD)) {
		init_task_work(&watch->kernfs.task, kernfs_close_task);
		if (!task_work_add(current, &watch->kernfs.task, TWA_RESUME))
			return;
	}
	/* A thread of the kernel's, or a task that is nearly gone. */
	INIT_WORK(&watch->kernfs.work, kernfs_close_work);
	queue_work(bpf_owner_queue, &watch->kernfs.work);
}

static void *kernfs_what(struct inode *inode)
{
	return inode->i_private;
}

static enum bpf_end kernfs_end(const struct kernfs_node *kn)
{
	return READ_ONCE(kn->parent->flags) & KERNFS_REMOVING ? BPF_END_RMDIR :
								BPF_END_UNLINK;
}

/*
 * The file that a watch keeps open is removed: @release of its opening.  The
 * watch may not have begun yet.
 */
void bpf_kernfs_removed(struct bpf_watch *watch, const struct kernfs_node *kn)
{
	WRITE_ONCE(watch->kernfs.removed, true);
	/* Orders that before the look for the watch; see kernfs_watch(). */
	smp_mb();
	bpf_watch_fire_all(kn, kernfs_end(kn));
}

/* Goes with the pin whose file it is. */
static int kernfs_follow(struct bpf_watch *watch)
{
	const struct kernfs_node *kn = watch->owner.what;
	struct file *file;
	int ret = -ENOENT;

	watch->kernfs.follows = true;
	watch->kernfs.file = bpf_kernfs_pin_file(kn);
	if (!watch->kernfs.file)
		goto put_watch;
	ret = bpf_watch_begin(watch);
	if (ret)
		goto put_file;

	/* Either the removal sees the watch, or we see that the pin has ended. */
	smp_mb();
	file = bpf_kernfs_pin_file(kn);
	if (file) {
		fput(file);
		return 0;
	}
	/* If it was seen, all is given back by that. */
	if (!bpf_watch_cancel(watch))
		return 0;
	bpf_watch_void(watch);
	ret = -ENOENT;
put_file:
	fput(watch->kernfs.file);
put_watch:
	bpf_watch_put(watch);
	return ret;
}

/* For the watch of a pin its maker has prepared everything: the file is open. */
static int kernfs_watch(struct bpf_watch *watch)
{
	int ret;

	if (!watch->kernfs.file)
		return kernfs_follow(watch);
	ret = bpf_watch_begin(watch);

	/*
	 * The kernel may remove it just now, if it is a device's; of a cgroup the
	 * directory is locked.  Either the removal sees the watch, or we see that.
	 * What follows it or replaces its object would not: in sysfs nothing can.
	 */
	smp_mb();
	if (!ret && READ_ONCE(watch->kernfs.removed) &&
	    bpf_watch_cancel(watch)) {
		bpf_watch_void(watch);
		ret = -ENOENT;
	}
	if (ret)
		bpf_watch_put(watch);
	return ret;
}

static void kernfs_where(const struct bpf_watch *watch,
			 struct bpf_owner_where *where, char *buf)
{
	struct kernfs_node *kn = watch->owner.what;
	int len;

	where->dev = file_inode(watch->kernfs.file)->i_sb->s_dev;
	where->ino = kernfs_ino(kn);
	/* If it is too long 6.1 tells the length, newer kernels an error. */
	len = kernfs_path(kn, buf, PATH_MAX);
	if (len >= 0 && len < PATH_MAX) {
		where->path = buf;
		where->in_fs = true;
	}
}

static const char *sysfs_refuse(struct inode *inode, unsigned int what)
{
	if (!S_ISDIR(inode->i_mode))
		return "it is no directory";
	if (kernfs_ns_enabled(inode->i_private))
		return "what is in this directory belongs to network namespaces";
	return NULL;
}

static struct bpf_owner_fs kernfs_fs[] __ro_after_init = {
	{ SYSFS_MAGIC,		"sysfs",	0,
	  "drivers do not expect files there; the module parameter sysfs=1 allows it" },
	{ RDTGROUP_SUPER_MAGIC,	"resctrl",	0,
	  "it ends at umount, which a pin would prevent" },
};

static const struct bpf_owner_fs sysfs_allowed = {
	SYSFS_MAGIC,		"sysfs",	BPF_OWNER_PIN,	NULL, sysfs_refuse
};

static int kernfs_kind_init(void)
{
	opener_cred = prepare_kernel_cred(&init_task);
	if (!opener_cred)
		return -ENOMEM;
	bpf_kernfs_dir_init();
	if (allow_sysfs)
		kernfs_fs[0] = sysfs_allowed;
	return 0;
}

/* Every file is closed or about to be, without us. */
static void kernfs_kind_exit(void)
{
	put_cred(opener_cred);
	/*
	 * The last steps in @release and kernfs_close(), and of who has just
	 * looked up a directory's operations.
	 */
	synchronize_rcu_tasks();
}

const struct bpf_owner_kind bpf_owner_kernfs = {
	.name	= "kernfs",
	.fs	= kernfs_fs,
	.nr_fs	= ARRAY_SIZE(kernfs_fs),
	.init	= kernfs_kind_init,
	.exit	= kernfs_kind_exit,
	.what	= kernfs_what,
	.watch	= kernfs_watch,
	.unwatch = kernfs_unwatch,
	.permission = bpf_owner_inode_permission,
	.gone	= -ENOENT,
	.where	= kernfs_where,
	.refuse_name = bpf_kernfs_refuse_name,
	.create	= bpf_kernfs_create,
	.find	= bpf_kernfs_find,
};
