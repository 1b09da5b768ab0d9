// SPDX-License-Identifier: GPL-2.0-only
/*
 * Views: the text of a file in a cgroup's directory is what a program writes that
 * iterates over cgroups: of the cgroup whose directory it is, and at each read.
 *
 * The program is run as the kernel's iterator over one cgroup runs it: once with
 * the cgroup and once at the end without; so it prints the same.  It is not run
 * through that iterator, which takes cgroup_mutex for each read: the active
 * reference to the file's node keeps the directory, and that the cgroup.
 *
 * A read at the beginning of the file runs the program; the others continue in the
 * text of that run, so that who reads in pieces, or jumps, reads one text.
 *
 * References.  An opening holds the node, not the view.  The view is followed with
 * an active reference only: when the node has been removed there is none.  The
 * program is held for each run, so it can be replaced between two.
 *
 * Locks.  The opening's seq->lock > active reference > what the program takes.
 * Memory is taken, and given to user space, without an active reference: a removal
 * of the cgroup waits for those, with cgroup_mutex held.  A sleepable program that
 * reads memory of its reader's (bpf_copy_from_user()) makes a removal wait for that,
 * too; the kernel's iterator runs it with cgroup_mutex held in the first place.
 */

#include <linux/bpf.h>
#include <linux/cgroup.h>
#include <linux/fs.h>
#include <linux/hash.h>
#include <linux/kernfs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/sizes.h>
#include <linux/splice.h>
#include <linux/uio.h>

#include "object.h"
#include "pin.h"
#include "view.h"

/* So much text, and one byte by which seq_file knows that it was enough. */
#define TEXT_MAX	(SZ_1M + 1)
/* If it was not, the program runs again with so many times as much. */
#define GROWTH		4
/* One opening in two to the power of that may find that much less would do. */
#define SHRINK_BITS	6

/* What a program that iterates over cgroups is given; the kernel's, unnamed. */
struct view_context {
	__bpf_md_ptr(struct bpf_iter_meta *, meta);
	__bpf_md_ptr(struct cgroup *, cgroup);
};

static atomic64_t last_session;

/*
 * The opening's seq_file is kernfs's, and used for its buffer and lock alone.  What
 * it has for iterating says here: @index which session this is, @from whether the
 * buffer has a text, which begins there and has @count bytes.
 */
static struct seq_file *seq_of(const struct file *file)
{
	return file->private_data;
}

/* Both calls of a program; the cgroup and its removal are kept off. */
static int run_prog(struct bpf_prog *prog, struct cgroup *cgroup,
		    struct seq_file *seq)
{
	struct bpf_iter_meta meta = {
		.seq = seq,
		.session_id = seq->index,
	};
	struct view_context context = { .meta = &meta, .cgroup = cgroup };

	if (bpf_iter_run_prog(prog, &context))
		return -EIO;
	context.cgroup = NULL;
	return bpf_iter_run_prog(prog, &context) ? -EIO : 0;
}

/*
 * What the next opening begins with: as much as was enough, but not forever.  The
 * cgroups of a view have texts of different lengths, so it shrinks seldom; by chance,
 * as who reads many views may do so in a fixed order.
 */
static void learn_room(struct bpf_view *view, const struct seq_file *seq)
{
	size_t room = READ_ONCE(view->room);

	if (seq->count >= room)
		WRITE_ONCE(view->room, seq->size);
	else if (room > BPF_VIEW_ROOM_MIN && seq->count < room / GROWTH &&
		 !hash_64(seq->index, SHRINK_BITS))
		WRITE_ONCE(view->room, room / GROWTH);
}

/* Runs the program of the view for the cgroup whose file is open. */
static int run_view(struct kernfs_open_file *of, struct seq_file *seq)
{
	struct bpf_prog *prog;
	struct bpf_view *view;
	struct cgroup *cgroup;
	int ret = -ENODEV;

	if (!kernfs_get_active(of->kn))
		return -ENODEV;
	view = of->priv;
	cgroup = of->kn->parent->priv;
	prog = bpf_pin_object(view->pin);
	if (prog && READ_ONCE(cgroup->self.flags) & CSS_ONLINE)
		ret = run_prog(prog, cgroup, seq);
	if (!ret && !seq_has_overflowed(seq))
		learn_room(view, seq);
	kernfs_put_active(of->kn);

	if (prog)
		bpf_object_put(prog, BPF_TYPE_PROG);
	return ret;
}

static int take_room(struct seq_file *seq, size_t size)
{
	kvfree(seq->buf);
	seq->buf = kvmalloc(size, GFP_KERNEL_ACCOUNT);
	if (!seq->buf)
		return -ENOMEM;
	seq->size = size;
	return 0;
}

/* Makes the text, in as much room as it needs. */
static int make_text(struct kernfs_open_file *of, struct seq_file *seq)
{
	int ret = seq->buf ? 0 : take_room(seq, seq->size);

	while (!ret) {
		seq->count = 0;
		ret = run_view(of, seq);
		/* A program that fails for want of room has not failed yet. */
		if (!seq_has_overflowed(seq))
			break;
		if (seq->size == TEXT_MAX)
			return -E2BIG;
		if (fatal_signal_pending(current))
			return -EINTR;
		cond_resched();
		ret = take_room(seq, min_t(size_t, seq->size * GROWTH, TEXT_MAX));
	}
	return ret;
}

static ssize_t view_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	struct seq_file *seq = seq_of(iocb->ki_filp);
	size_t left, copied = 0;
	int ret = 0;

	if (!iov_iter_count(to))
		return 0;

	mutex_lock(&seq->lock);
	if (!iocb->ki_pos || !seq->from) {
		ret = make_text(seq->private, seq);
		seq->from = !ret;
	}
	if (!ret && iocb->ki_pos < seq->count) {
		left = seq->count - iocb->ki_pos;
		copied = copy_to_iter(seq->buf + iocb->ki_pos, left, to);
		if (!copied)
			ret = -EFAULT;
		iocb->ki_pos += copied;
	}
	mutex_unlock(&seq->lock);
	return ret ?: copied;
}

static int view_release(struct inode *inode, struct file *file)
{
	/* kernfs's. */
	return inode->i_fop->release(inode, file);
}

static const struct file_operations view_fops = {
	.owner		= THIS_MODULE,
	.read_iter	= view_read_iter,
	.splice_read	= copy_splice_read,
	.llseek		= generic_file_llseek,
	.release	= view_release,
};

/**
 * bpf_view_open() - begin to read a view
 * @of: kernfs is just opening a file of it, for reading only
 * @view: the view
 *
 * Context: in @open of the file's kernfs_ops, so with an active reference.
 * Return: 0; -ENODEV if the module is just going.
 */
int bpf_view_open(struct kernfs_open_file *of, struct bpf_view *view)
{
	struct seq_file *seq = seq_of(of->file);

	/* The view's pin may have given back its reference to the module. */
	if (!try_module_get(THIS_MODULE))
		return -ENODEV;
	of->priv = view;
	seq->index = atomic64_inc_return(&last_session);
	seq->size = READ_ONCE(view->room);
	replace_fops(of->file, &view_fops);
	return 0;
}

/* Is it an opening of bpf_view_open()? */
bool bpf_view_is_open(const struct kernfs_open_file *of)
{
	return of->file->f_op == &view_fops;
}
