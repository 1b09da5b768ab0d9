// SPDX-License-Identifier: GPL-2.0-only
/*
 * A module as a stranger would write it on bpf_watch_inode(): it counts
 * callbacks.  Driven by the tests through /sys/kernel/debug/watch_consumer/:
 *
 * control (write)
 *	watch SLOT PATH		watch the inode at PATH in SLOT (0 to 63); a last
 *				symlink is not followed
 *	follow SLOT PATH	the same, but it is
 *	unwatch SLOT		stop it
 *	delay SLOT MS		the callback of SLOT sleeps that long
 *	self SLOT		the callback of SLOT tries to unwatch itself
 *	other SLOT NR		the callback of SLOT unwatches slot NR
 *	A write fails with the errno of the request.
 * slots (read)
 *	a line for each slot that was ever used:
 *	SLOT CALLS TYPE OBJECT RUNNING UNWATCH-IN-CALLBACK PID CONTEXT
 *	with TYPE the number of enum bpf_type, OBJECT the id of the object that was
 *	given or 0 for NULL, PID the process the last callback ran in, and CONTEXT 1
 *	if that could sleep.
 */

#include <linux/bpf.h>
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/namei.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include <linux/bpf_watch.h>

#define SLOTS 64

struct slot {
	struct inode *inode;
	bool used;
	unsigned int delay;
	struct slot *unwatch;	/* what the callback is to unwatch, if anything */
	atomic_t calls;
	atomic_t running;
	int unwatch_result;
	enum bpf_type type;
	u32 object;
	pid_t pid;
	bool can_sleep;
};

static struct slot slots[SLOTS];
static struct dentry *folder;
static const struct notify_ops consumer_ops;

/* The id shows that it is the right object, and that it still is alive. */
static u32 object_id(void *object, enum bpf_type type)
{
	if (!object)
		return 0;
	switch (type) {
	case BPF_TYPE_PROG:
		return ((struct bpf_prog *)object)->aux->id;
	case BPF_TYPE_MAP:
		return ((struct bpf_map *)object)->id;
	case BPF_TYPE_LINK:
		return ((struct bpf_link *)object)->id;
	default:
		return U32_MAX;
	}
}

static void consumer_free_inode(void *object, enum bpf_type type, void *priv)
{
	struct slot *slot = priv;

	might_sleep();
	atomic_inc(&slot->running);
	slot->object = object_id(object, type);
	slot->type = type;
	slot->pid = task_tgid_nr(current);
	slot->can_sleep = in_task() && preemptible();
	if (slot->unwatch)
		slot->unwatch_result = bpf_unwatch_inode(slot->unwatch->inode,
							 &consumer_ops,
							 slot->unwatch);
	if (slot->delay)
		msleep(slot->delay);
	atomic_inc(&slot->calls);
	atomic_dec(&slot->running);
}

static const struct notify_ops consumer_ops = {
	.free_inode = consumer_free_inode,
};

static int consumer_watch(struct slot *slot, const char *name,
			  unsigned int flags)
{
	struct path path;
	int ret;

	ret = kern_path(name, flags, &path);
	if (ret)
		return ret;
	slot->used = true;
	slot->inode = d_inode(path.dentry);
	ret = bpf_watch_inode(slot->inode, &consumer_ops, slot);
	path_put(&path);
	return ret;
}

static int consumer_do(char *line)
{
	char *verb = strsep(&line, " ");
	char *number = strsep(&line, " ");
	char *rest = line;
	struct slot *slot;
	unsigned int nr, other;

	if (!number || kstrtouint(number, 10, &nr) || nr >= SLOTS)
		return -EINVAL;
	slot = &slots[nr];

	if (!strcmp(verb, "watch") && rest)
		return consumer_watch(slot, rest, 0);
	if (!strcmp(verb, "follow") && rest)
		return consumer_watch(slot, rest, LOOKUP_FOLLOW);
	if (!strcmp(verb, "unwatch"))
		return bpf_unwatch_inode(slot->inode, &consumer_ops, slot);
	if (!strcmp(verb, "delay") && rest)
		return kstrtouint(rest, 10, &slot->delay);
	if (!strcmp(verb, "self")) {
		slot->unwatch = slot;
		return 0;
	}
	if (!strcmp(verb, "other") && rest && !kstrtouint(rest, 10, &other) &&
	    other < SLOTS) {
		slot->unwatch = &slots[other];
		return 0;
	}
	return -EINVAL;
}

static ssize_t consumer_write(struct file *file, const char __user *user,
			      size_t count, loff_t *pos)
{
	char *line;
	int ret;

	line = memdup_user_nul(user, count);
	if (IS_ERR(line))
		return PTR_ERR(line);
	ret = consumer_do(strim(line));
	kfree(line);
	return ret ?: count;
}

static const struct file_operations control_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = consumer_write,
};

static int slots_show(struct seq_file *seq, void *v)
{
	unsigned int i;

	for (i = 0; i < SLOTS; i++)
		if (slots[i].used)
			seq_printf(seq, "%u %d %d %u %d %d %d %d\n", i,
				   atomic_read(&slots[i].calls), slots[i].type,
				   slots[i].object,
				   atomic_read(&slots[i].running),
				   slots[i].unwatch_result, slots[i].pid,
				   slots[i].can_sleep);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(slots);

static int __init consumer_init(void)
{
	folder = debugfs_create_dir("watch_consumer", NULL);
	debugfs_create_file("control", 0600, folder, NULL, &control_fops);
	debugfs_create_file("slots", 0400, folder, NULL, &slots_fops);
	return 0;
}

static void __exit consumer_exit(void)
{
	unsigned int i;

	debugfs_remove(folder);
	for (i = 0; i < SLOTS; i++)
		while (slots[i].used &&
		       !bpf_unwatch_inode(slots[i].inode, &consumer_ops, &slots[i]))
			;
	bpf_watch_barrier();
}

module_init(consumer_init);
module_exit(consumer_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Test: counts the callbacks of bpf_watch_inode()");
