/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Giving an inode that can be reached other file operations.
 *
 * open(2) takes a reference to the module of i_fop, by fops_get().  In 6.1 that
 * looks at i_fop three times: is there one, whose module is it, and which does
 * the file get?  When it changes in between, the reference is one to a module,
 * and what the close gives back is another's.  Between the looks nobody sleeps, so
 * while all processors are stopped at a place where they could have slept nobody is
 * there (unless the kernel can be preempted everywhere, by preempt=full or as a
 * real-time one).
 *
 * Processors that are just being plugged in or out are not waited for: that can wait
 * for a directory of devtmpfs, whose lock somebody can hold who waits for us.
 */
#ifndef _BPFPIN_INODE_FOPS_H
#define _BPFPIN_INODE_FOPS_H

#include <linux/fs.h>

#ifdef BPFPIN_HAVE_FOPS_GET_ONCE

static inline bool inode_set_fops(struct inode *inode,
				  const struct file_operations *fops)
{
	WRITE_ONCE(inode->i_fop, fops);
	return true;
}

#else

#include <linux/cpu.h>

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

/* May sleep.  Returns false if it could not be done: processors come or go. */
static inline bool inode_set_fops(struct inode *inode,
				  const struct file_operations *fops)
{
	struct inode_fops set = { inode, fops };

	if (!cpus_read_trylock())
		return false;
	stop_machine_cpuslocked(inode_set_fops_stopped, &set, NULL);
	cpus_read_unlock();
	return true;
}

#endif

#endif /* _BPFPIN_INODE_FOPS_H */
