/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Giving an inode that can be reached other file operations.
 *
 * open(2) takes a reference to the module of i_fop, by fops_get().  In 6.1 that
 * looks at i_fop three times: is there one, whose module is it, and which does
 * the file get?  When it changes in between, the reference is one to this
 * module, and what the close gives back is another's: this could never be
 * unloaded again.  Between the looks nobody sleeps, so while all processors are
 * stopped at a place where they could have slept nobody is there (unless the
 * kernel can be preempted everywhere, by preempt=full or as a real-time one).
 *
 * Not to be called with locks held: it waits for processors that are just being
 * plugged in or out, and that can wait for a directory of devtmpfs.
 */
#ifndef _BPFPIN_INODE_FOPS_H
#define _BPFPIN_INODE_FOPS_H

#include <linux/fs.h>

#ifdef BPFPIN_HAVE_FOPS_GET_ONCE

static inline void inode_set_fops(struct inode *inode,
				  const struct file_operations *fops)
{
	WRITE_ONCE(inode->i_fop, fops);
}

#else

#include <linux/stop_machine.h>

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

/* May sleep. */
static inline void inode_set_fops(struct inode *inode,
				  const struct file_operations *fops)
{
	struct inode_fops set = { inode, fops };

	stop_machine(inode_set_fops_stopped, &set, NULL);
}

#endif

#endif /* _BPFPIN_INODE_FOPS_H */
