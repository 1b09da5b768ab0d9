/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Giving an inode that can be reached other file operations.
 *
 * open(2) takes a reference to the module of i_fop, by fops_get().  In 6.1 that
 * looks at i_fop three times: is there one, whose module is it, and which does
 * the file get?  When it changes in between, the reference is one to a module,
 * and what the close gives back is another's.
 *
 * Whoever opens a file holds a dentry of it.  So nobody does while there is none, or
 * only the caller's own, and none can be got.  Otherwise all processors are stopped:
 * between the looks nobody sleeps, so while they are stopped at a place where they
 * could have slept nobody is there (unless the kernel can be preempted everywhere, by
 * preempt=full or as a real-time one).
 *
 * Processors that are being plugged in or out are not waited for long: that can wait
 * for a directory of devtmpfs, whose lock somebody can hold who waits for us.
 */
#ifndef _BPFPIN_INODE_FOPS_H
#define _BPFPIN_INODE_FOPS_H

#include <linux/dcache.h>
#include <linux/fs.h>

#ifdef BPFPIN_HAVE_FOPS_GET_ONCE

static inline bool inode_set_fops(struct inode *inode, struct dentry *own,
				  const struct file_operations *fops)
{
	WRITE_ONCE(inode->i_fop, fops);
	return true;
}

#else

#include <linux/cpu.h>
#include <linux/delay.h>

/* So often processors that are being plugged are looked at again, with a pause. */
#define INODE_FOPS_TRIES	10
#define INODE_FOPS_PAUSE_MS	20

struct inode_fops {
	struct inode *inode;
	const struct file_operations *fops;
};

static inline int inode_set_fops_stopped(void *data)
{
	struct inode_fops *set = data;

	WRITE_ONCE(set->inode->i_fop, set->fops);
	return 0;
}

/* If nobody can be opening it.  The locks are those by which one gets a dentry. */
static inline bool inode_set_fops_unreached(struct inode *inode,
					    struct dentry *own,
					    const struct file_operations *fops)
{
	bool alone;

	spin_lock(&inode->i_lock);
	alone = hlist_empty(&inode->i_dentry);
	if (alone) {
		WRITE_ONCE(inode->i_fop, fops);
	} else if (own && hlist_is_singular_node(&own->d_u.d_alias,
						 &inode->i_dentry)) {
		spin_lock(&own->d_lock);
		alone = d_unhashed(own) && d_count(own) == 1;
		if (alone)
			WRITE_ONCE(inode->i_fop, fops);
		spin_unlock(&own->d_lock);
	}
	spin_unlock(&inode->i_lock);
	return alone;
}

/*
 * @own: a dentry of the inode that the caller has a reference of, or NULL.  May sleep.
 * Returns false if it could not be done: processors come or go.
 */
static inline bool inode_set_fops(struct inode *inode, struct dentry *own,
				  const struct file_operations *fops)
{
	struct inode_fops set = { inode, fops };
	int tries = INODE_FOPS_TRIES;

	if (inode_set_fops_unreached(inode, own, fops))
		return true;
	while (!cpus_read_trylock()) {
		if (!--tries)
			return false;
		msleep(INODE_FOPS_PAUSE_MS);
	}
	stop_machine_cpuslocked(inode_set_fops_stopped, &set, NULL);
	cpus_read_unlock();
	return true;
}

#endif

#endif /* _BPFPIN_INODE_FOPS_H */
