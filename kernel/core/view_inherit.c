// SPDX-License-Identifier: GPL-2.0-only
/*
 * Views that are inherited: all cgroups below the one where a view was made have a
 * file of its name, and get one when they are made.
 *
 * Nothing is kept of these files.  Which there should be follows from the views
 * that are inherited and from where they were made: in a directory a name belongs
 * to the view of the nearest directory above, unless somebody has made a file of
 * that name there himself.  view_sync() makes what there is what there should be.
 * The files of a cgroup that is removed are removed by the kernel.
 *
 * Want of memory.  Who makes a view is told that its files could not be made.  Who
 * makes a cgroup, or removes a view below another, cannot be: then a worker tries it
 * again until all is as it should be.
 *
 * New cgroups.  mkdir(2) tells fsnotify before it returns, at the superblock, so
 * no directory has to be in memory for us.
 *
 * References.  kn->priv of a file is the view; it is followed with an active
 * reference to the file only, and removing a file waits for those.  A view is freed
 * behind bpf_view_disinherit(), which removes what is left, and a grace period.
 * The mark at the superblock holds nothing: while a view is inherited, its pin
 * keeps the superblock.
 *
 * Locks.  i_rwsem of a directory > inherit_rwsem > kernfs's.  Who makes a cgroup
 * reads the table, who changes it goes through the cgroups there are; so one that
 * comes meanwhile is seen by one of the two, or by both.  A file is removed with
 * inherit_rwsem held, and that waits for whoever runs the program; programs end.
 */

#include <linux/cgroup.h>
#include <linux/fsnotify_backend.h>
#include <linux/hashtable.h>
#include <linux/kernfs.h>
#include <linux/printk.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "mark_group.h"
#include "pin.h"
#include "view.h"

/* How soon what is missing is tried again, and how seldom if that fails often. */
#define REPAIR_MS	100
#define REPAIR_MS_MAX	(10 * MSEC_PER_SEC)

static DECLARE_RWSEM(inherit_rwsem);
/* The views that are inherited, by directory; guarded by inherit_rwsem. */
static DEFINE_HASHTABLE(inherited, 6);
static unsigned int nr_inherited;

static struct bpf_mark_group mkdir_group;
/* At the superblock of cgroups while there is such a view; by inherit_rwsem. */
static struct fsnotify_mark *mkdir_mark;

static int inherited_open(struct kernfs_open_file *of)
{
	/* As every file of a pin. */
	if (of->file->f_mode & FMODE_WRITE)
		return -ETXTBSY;
	return bpf_view_open(of, of->kn->priv);
}

/* Never called; without it kernfs would think that there is nothing to read. */
static int inherited_show(struct seq_file *seq, void *v)
{
	return -EIO;
}

static const struct kernfs_ops inherited_fops = {
	.open		= inherited_open,
	.seq_show	= inherited_show,
};

/* Is this a file that a cgroup has from one above?  The caller holds the node. */
bool bpf_view_is_inherited(const struct kernfs_node *kn)
{
	return (READ_ONCE(kn->flags) & KERNFS_TYPE_MASK) == KERNFS_FILE &&
	       kn->attr.ops == &inherited_fops;
}

/**
 * bpf_view_pin_of_inherited() - the pin whose view it is
 * @kn: for which bpf_view_is_inherited()
 *
 * Context: under RCU.
 * Return: the pin, valid as long as the caller stays under RCU or takes a
 * reference with bpf_watch_get(); NULL if the file has just been removed.
 */
struct bpf_pin *bpf_view_pin_of_inherited(struct kernfs_node *kn)
{
	const struct bpf_view *view;
	struct bpf_pin *pin;

	if (!kernfs_get_active(kn))
		return NULL;
	view = kn->priv;
	pin = view->pin;
	kernfs_put_active(kn);
	return pin;
}

/* A file of the view; somebody may have one there himself, or remove the cgroup. */
static int make_file(struct kernfs_node *dir, struct bpf_view *view)
{
	const struct bpf_view_opts *opts = &view->opts;
	struct kernfs_node *kn;

	kn = __kernfs_create_file(dir, view->name, S_IFREG | opts->mode,
				  opts->uid, opts->gid, 0, &inherited_fops,
				  view, NULL, NULL);
	if (IS_ERR(kn))
		return PTR_ERR(kn) == -EEXIST || PTR_ERR(kn) == -ENOENT ?
		       0 : PTR_ERR(kn);

	/* With its directory it may be gone by now. */
	kn = kernfs_find_and_get(dir, view->name);
	if (kn && kn->priv == view)
		kernfs_activate(kn);
	kernfs_put(kn);
	return 0;
}

static struct bpf_view *view_in(const struct kernfs_node *dir, const char *name)
{
	struct bpf_view *view;

	hash_for_each_possible(inherited, view, node, (unsigned long)dir)
		if (view->dir == dir && !strcmp(view->name, name))
			return view;
	return NULL;
}

/* Whose a name is in a directory: the view of the nearest one above, or NULL. */
static struct bpf_view *view_above(const struct kernfs_node *dir,
				   const char *name)
{
	struct bpf_view *view = NULL;

	while (!view && (dir = dir->parent))
		view = view_in(dir, name);
	return view;
}

/* A directory gets the file of that name that it should have, or none. */
static int sync_file(struct kernfs_node *dir, const char *name)
{
	struct bpf_view *view = view_above(dir, name);
	struct kernfs_node *kn = kernfs_find_and_get(dir, name);
	bool keep = kn && (!bpf_view_is_inherited(kn) || kn->priv == view);

	if (kn && !keep)
		kernfs_remove(kn);
	kernfs_put(kn);
	return view && !keep ? make_file(dir, view) : 0;
}

/* The cgroup of a directory, with a reference, or NULL if it is gone. */
static struct cgroup *cgroup_of(const struct kernfs_node *dir)
{
	struct cgroup *cgroup;

	rcu_read_lock();
	cgroup = rcu_dereference(*(struct cgroup __rcu **)&dir->priv);
	/* Its flags are read inline; it has to be the kernel's to mark that. */
	if (cgroup && !data_race(css_tryget(&cgroup->self)))
		cgroup = NULL;
	rcu_read_unlock();
	return cgroup;
}

/* Goes through a cgroup and all below; 0, or the first error. */
static int sync_files(const struct kernfs_node *dir, const char *name)
{
	struct cgroup *top = cgroup_of(dir);
	struct cgroup_subsys_state *css;
	int ret = 0, err;

	if (!top)
		return 0;
	rcu_read_lock();
	css_for_each_descendant_pre(css, &top->self) {
		/* One that is being removed: its files are the kernel's. */
		if (!data_race(css_tryget(css)))
			continue;
		rcu_read_unlock();
		err = sync_file(css->cgroup->kn, name);
		ret = ret ?: err;
		cond_resched();
		rcu_read_lock();
		css_put(css);
	}
	rcu_read_unlock();
	css_put(&top->self);
	return ret;
}

static void repair_work(struct work_struct *work);
static DECLARE_DELAYED_WORK(repair, repair_work);
/* Of the worker alone. */
static unsigned int repair_ms = REPAIR_MS;

static void repair_after(unsigned int ms)
{
	queue_delayed_work(system_unbound_wq, &repair, msecs_to_jiffies(ms));
}

/* A name is missing somewhere; it is not known where. */
static void repair_work(struct work_struct *work)
{
	const struct bpf_view *view;
	unsigned int bucket;
	int ret = 0, err;

	down_read(&inherit_rwsem);
	hash_for_each(inherited, bucket, view, node) {
		err = sync_files(view->dir, view->name);
		ret = ret ?: err;
	}
	up_read(&inherit_rwsem);

	/* What else is wrong does not become right by itself. */
	if (ret == -ENOMEM) {
		repair_after(repair_ms);
		repair_ms = min_t(unsigned int, 2 * repair_ms, REPAIR_MS_MAX);
	} else {
		repair_ms = REPAIR_MS;
	}
}

/* Nobody can be told that there was no memory. */
static void note_missing(const char *name, int error)
{
	pr_warn_ratelimited("a cgroup does not have its %s yet (%d)\n", name, error);
	if (error == -ENOMEM)
		repair_after(REPAIR_MS);
}

/* There is a new directory: all it has from those above. */
static void fill_new(struct kernfs_node *dir)
{
	const struct kernfs_node *above = dir;
	struct bpf_view *view;
	int ret;

	/* The nearest first, and then the name is taken. */
	while ((above = above->parent)) {
		hash_for_each_possible(inherited, view, node, (unsigned long)above) {
			if (view->dir != above)
				continue;
			ret = make_file(dir, view);
			if (!ret)
				continue;
			/* What else is missing is found with it. */
			note_missing(view->name, ret);
			return;
		}
	}
}

/* Is there a view that what is made in a directory inherits? */
static bool gives_views(const struct kernfs_node *dir)
{
	const struct bpf_view *view;

	for (; dir; dir = dir->parent)
		hash_for_each_possible(inherited, view, node, (unsigned long)dir)
			if (view->dir == dir)
				return true;
	return false;
}

/* Somebody has made a directory, and holds the lock of the one above. */
static int mkdir_handle_event(struct fsnotify_group *group, u32 mask,
			      const void *data, int data_type,
			      struct inode *dir, const struct qstr *name,
			      u32 cookie, struct fsnotify_iter_info *iter_info)
{
	struct kernfs_node *kn = NULL;

	if (!(mask & FS_ISDIR))
		return 0;
	down_read(&inherit_rwsem);
	/* Looking the name up costs more than that. */
	if (gives_views(dir->i_private))
		kn = kernfs_find_and_get(dir->i_private, name->name);
	if (kn && (READ_ONCE(kn->flags) & KERNFS_TYPE_MASK) == KERNFS_DIR)
		fill_new(kn);
	kernfs_put(kn);
	up_read(&inherit_rwsem);
	return 0;
}

static void mkdir_free_mark(struct fsnotify_mark *mark)
{
	kfree(mark);
	bpf_mark_group_freed(&mkdir_group);
}

static const struct fsnotify_ops mkdir_ops = {
	.handle_event	= mkdir_handle_event,
	.free_mark	= mkdir_free_mark,
};

static int mark_sb(struct super_block *sb)
{
	struct fsnotify_mark *mark;
	int ret;

	if (IS_ERR(mkdir_group.fsn))
		return PTR_ERR(mkdir_group.fsn);
	mark = kzalloc(sizeof(*mark), GFP_KERNEL_ACCOUNT);
	if (!mark)
		return -ENOMEM;
	bpf_mark_group_begin(&mkdir_group, mark);
	mark->mask = FS_CREATE | FS_ISDIR;
	ret = fsnotify_add_mark(mark, sb, FSNOTIFY_OBJ_TYPE_SB, 0);
	if (ret)
		fsnotify_put_mark(mark);
	else
		mkdir_mark = mark;
	return ret;
}

static void unmark_sb(void)
{
	fsnotify_destroy_mark(mkdir_mark, mkdir_group.fsn);
	fsnotify_put_mark(mkdir_mark);
	mkdir_mark = NULL;
}

/**
 * bpf_view_inherit() - make the files of a view in all cgroups below
 * @view: its own file is there, and may be gone again
 * @sb: that it is in
 *
 * Context: may sleep; the i_rwsem of the directory may be held.
 * Return: 0; or a negative errno, then some are missing: end the pin.
 */
int bpf_view_inherit(struct bpf_view *view, struct super_block *sb)
{
	int ret = 0;

	down_write(&inherit_rwsem);
	if (view->ended)
		goto unlock;
	if (!nr_inherited)
		ret = mark_sb(sb);
	if (ret) {
		view->ended = true;
		goto unlock;
	}
	nr_inherited++;
	hash_add(inherited, &view->node, (unsigned long)view->dir);
	ret = sync_files(view->dir, view->name);
unlock:
	up_write(&inherit_rwsem);
	return ret;
}

/**
 * bpf_view_disinherit() - remove the files of a view in the cgroups below
 * @view: its own file is removed, and its pin about to be forgotten
 *
 * The cgroups may get one from farther above.
 *
 * Context: may sleep; no lock is held.
 */
void bpf_view_disinherit(struct bpf_view *view)
{
	int ret;

	down_write(&inherit_rwsem);
	view->ended = true;
	if (!hlist_unhashed(&view->node)) {
		hash_del(&view->node);
		ret = sync_files(view->dir, view->name);
		if (ret)
			note_missing(view->name, ret);
		if (!--nr_inherited)
			unmark_sb();
	}
	up_write(&inherit_rwsem);
}

/**
 * bpf_view_restore() - a name is free again: give it to a view above, if any
 * @dir: the directory
 * @name: the name
 *
 * Context: may sleep; no lock is held but perhaps the i_rwsem of the directory.
 */
void bpf_view_restore(struct kernfs_node *dir, const char *name)
{
	int ret = 0;

	down_read(&inherit_rwsem);
	if (nr_inherited)
		ret = sync_file(dir, name);
	if (ret)
		note_missing(name, ret);
	up_read(&inherit_rwsem);
}

/* If there is no group, views cannot be inherited; the rest works. */
void bpf_view_init(void)
{
	bpf_mark_group_init(&mkdir_group, &mkdir_ops);
}

/* No pin is left, but the mark may still be on its way. */
void bpf_view_exit(void)
{
	cancel_delayed_work_sync(&repair);
	bpf_mark_group_exit(&mkdir_group);
}
