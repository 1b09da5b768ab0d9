// SPDX-License-Identifier: GPL-2.0-only
/*
 * File pins in kernfs: the sort of pins whose owner is a file made for them in a
 * file system where only the kernel makes files.
 *
 * The order of the checks is that of any new file, and so are the errors.
 *
 * References.  kn->priv of the file is the pin.  The operations of a file are only
 * called while its node cannot be removed, @release apart, and the pin is freed
 * after that: see owner_kernfs.c.
 *
 * A file is there for others before it is a pin, as kernfs opens nothing that is
 * not active: by a handle, or in another view of sysfs; where it was made, the
 * directory is locked.  Opening it gives ENODEV until the pin has begun and when
 * it has ended, which is what kernfs says of a file that is not there.
 *
 * An iterator prints by an inner file, as it is an iterator's: what it runs may
 * take cgroup_mutex, which a removal holds while it waits for who is inside the
 * operations of a file.  So reading does not go through those.
 */

#include <linux/anon_inodes.h>
#include <linux/bpf.h>
#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/fsnotify.h>
#include <linux/kernfs.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/printk.h>
#include <linux/security.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kernfs_dir.h"
#include "object.h"
#include "owner.h"
#include "owner_kernfs.h"
#include "pin.h"
#include "pin_kernfs.h"
#include "pin_text.h"
#include "view.h"

/* The kernel will not want such a name for a file of its own. */
#define PREFIX	"bpf"

/**
 * struct kernfs_pin - a pin and what its file says
 * @pin: the pin
 * @view: the program writes the text; NULL if it is one line about the object
 */
struct kernfs_pin {
	struct bpf_pin pin;
	struct bpf_view *view;
};

/**
 * struct iter_reader - somebody who has the file of an iterator's pin open
 * @lock: guards @inner
 * @inner: which prints; NULL when the pin's file has ended
 */
struct iter_reader {
	spinlock_t lock;	/* guards inner */
	struct file *inner;
};

static struct kernfs_pin *kernfs_pin_of(struct bpf_pin *pin)
{
	return container_of(pin, struct kernfs_pin, pin);
}

static struct iter_reader *reader_of(const struct file *file)
{
	struct seq_file *seq = file->private_data;
	struct kernfs_open_file *of = seq->private;

	return of->priv;
}

static ssize_t iter_read(struct file *file, char __user *buf, size_t size,
			 loff_t *pos)
{
	struct iter_reader *reader = reader_of(file);
	struct file *inner;
	ssize_t ret;

	spin_lock(&reader->lock);
	inner = reader->inner;
	if (inner)
		get_file(inner);
	spin_unlock(&reader->lock);
	if (!inner)
		return -ENODEV;

	ret = bpf_iter_fops.read(inner, buf, size, pos);
	fput(inner);
	return ret;
}

static int iter_release(struct inode *inode, struct file *file)
{
	struct iter_reader *reader = reader_of(file);
	int ret;

	/* kernfs's. */
	ret = inode->i_fop->release(inode, file);
	kfree(reader);
	return ret;
}

static const struct file_operations iter_fops = {
	.owner		= THIS_MODULE,
	.read		= iter_read,
	.release	= iter_release,
};

/* A file that is like one of an iterator on bpffs. */
static struct file *open_inner(struct bpf_link *link)
{
	struct file *inner;
	int ret;

	inner = anon_inode_getfile("bpf_iter", &bpf_iter_fops, NULL, O_RDONLY);
	if (IS_ERR(inner))
		return inner;
	ret = bpf_pin_open_iter(inner, link);
	if (ret) {
		fput(inner);
		return ERR_PTR(ret);
	}
	return inner;
}

static int open_iter(struct kernfs_open_file *of, struct bpf_link *link)
{
	struct iter_reader *reader;
	struct file *inner;

	reader = kzalloc(sizeof(*reader), GFP_KERNEL);
	if (!reader)
		return -ENOMEM;
	inner = open_inner(link);
	if (IS_ERR(inner)) {
		kfree(reader);
		return PTR_ERR(inner);
	}
	/* As in bpf_view_open(). */
	if (!try_module_get(THIS_MODULE)) {
		fput(inner);
		kfree(reader);
		return -ENODEV;
	}
	spin_lock_init(&reader->lock);
	reader->inner = inner;
	of->priv = reader;
	replace_fops(of->file, &iter_fops);
	return 0;
}

static int kernfs_pin_open(struct kernfs_open_file *of)
{
	struct bpf_pin *pin = of->kn->priv;
	void *raw;
	int ret = 0;

	if (bpf_kernfs_is_opening(&pin->watch)) {
		of->priv = pin;
		return 0;
	}
	/* As on other file systems. */
	if (of->file->f_mode & FMODE_WRITE)
		return -ETXTBSY;

	raw = bpf_watch_is_live(&pin->watch) ? bpf_pin_object(pin) : NULL;
	if (!raw)
		return -ENODEV;
	if (kernfs_pin_of(pin)->view) {
		ret = bpf_view_open(of, kernfs_pin_of(pin)->view);
	} else if (bpf_object_is_iter(raw, pin->type)) {
		ret = open_iter(of, raw);
	} else {
		of->priv = bpf_pin_text(raw, pin->type);
		if (!of->priv)
			ret = -ENOMEM;
	}
	bpf_object_put(raw, pin->type);
	return ret;
}

static int kernfs_pin_show(struct seq_file *seq, void *v)
{
	struct kernfs_open_file *of = seq->private;

	seq_puts(seq, of->priv);
	return 0;
}

static void release_iter(struct iter_reader *reader)
{
	struct file *inner;

	spin_lock(&reader->lock);
	inner = reader->inner;
	reader->inner = NULL;
	spin_unlock(&reader->lock);
	fput(inner);
}

/* Once for each opening: when it is closed, or when the file is removed. */
static void kernfs_pin_release(struct kernfs_open_file *of)
{
	struct bpf_pin *pin = of->kn->priv;

	if (of->file->f_op == &iter_fops)
		release_iter(of->priv);
	/* The pin may be gone if this is not its own. */
	else if (of->priv == pin)
		bpf_kernfs_removed(&pin->watch, of->kn);
	else if (!bpf_view_is_open(of))
		kfree(of->priv);
}

static const struct kernfs_ops kernfs_pin_fops = {
	.open		= kernfs_pin_open,
	.release	= kernfs_pin_release,
	.seq_show	= kernfs_pin_show,
};

/* Is this the file of a pin, or was it?  The caller holds the node. */
bool bpf_kernfs_is_pin(const struct kernfs_node *kn)
{
	return (READ_ONCE(kn->flags) & KERNFS_TYPE_MASK) == KERNFS_FILE &&
	       kn->attr.ops == &kernfs_pin_fops;
}

/* The watch is told of the end, and removes the file after an unpin. */
static void kernfs_pin_let_go(struct bpf_pin *pin, bool lives)
{
}

static void kernfs_pin_free(struct bpf_pin *pin)
{
	kfree(kernfs_pin_of(pin)->view);
	kfree(kernfs_pin_of(pin));
}

static const struct bpf_pin_ops kernfs_pin_ops = {
	.watch = {
		.ended		= bpf_pin_ended,
		.destroy	= bpf_pin_destroy,
	},
	.let_go	= kernfs_pin_let_go,
	.free	= kernfs_pin_free,
};

/**
 * bpf_kernfs_pin_file() - the file of a pin that has not ended, as it keeps it open
 * @kn: the node of the file; held by the caller
 *
 * Context: any.
 * Return: the file with a reference that is the caller's, or NULL.
 */
struct file *bpf_kernfs_pin_file(const struct kernfs_node *kn)
{
	struct file *file = NULL;
	struct bpf_watch *watch;
	struct bpf_pin *pin;

	rcu_read_lock();
	watch = bpf_watch_find_rcu(kn, &kernfs_pin_ops.watch, NULL);
	if (watch) {
		pin = bpf_pin_of_watch(watch);
		spin_lock(&pin->lock);
		/* While it has its object its file is not closed. */
		if (pin->raw)
			file = get_file(watch->kernfs.file);
		spin_unlock(&pin->lock);
	}
	rcu_read_unlock();
	return file;
}

/* The view that a pin is, as long as the caller has a reference to it; or NULL. */
const struct bpf_view *bpf_kernfs_pin_view(struct bpf_pin *pin)
{
	if (pin->watch.ops != &kernfs_pin_ops.watch)
		return NULL;
	return kernfs_pin_of(pin)->view;
}

/* An owner kind's @find. */
struct bpf_pin *bpf_kernfs_find(const struct inode *inode)
{
	const struct kernfs_node *kn = inode->i_private;
	struct bpf_watch *watch;

	if (bpf_view_is_inherited(kn))
		return bpf_view_pin_of_inherited(inode->i_private);
	if (!bpf_kernfs_is_pin(kn))
		return NULL;
	watch = bpf_watch_find_rcu(kn, &kernfs_pin_ops.watch, NULL);
	return watch ? bpf_pin_of_watch(watch) : ERR_PTR(-ENOENT);
}

/* An owner kind's @refuse_name. */
const char *bpf_kernfs_refuse_name(const struct qstr *name)
{
	if (!strncmp(name->name, PREFIX, strlen(PREFIX)))
		return NULL;
	return "the name of a file there has to begin with \"" PREFIX
	       "\", others are the kernel's";
}

static int may_create(const struct path *dir, struct dentry *dentry,
		      umode_t mode)
{
	const char *reason;
	int ret;

	if (dentry->d_name.len > NAME_MAX)
		return -ENAMETOOLONG;
	reason = bpf_kernfs_refuse_name(&dentry->d_name);
	if (reason) {
		pr_info_ratelimited("no pin on %s: %s\n",
				    dentry->d_sb->s_type->name, reason);
		return -EPERM;
	}

	ret = bpf_watch_error();
	if (ret)
		return ret;
	ret = security_path_mknod(dir, dentry, mode, 0);
	if (ret)
		return ret;
	if (!fsuidgid_has_mapping(dentry->d_sb, mnt_idmap(dir->mnt)))
		return -EOVERFLOW;
	ret = path_permission(dir, MAY_WRITE | MAY_EXEC);
	if (ret)
		return ret;
	return security_inode_create(d_inode(dir->dentry), dentry, mode);
}

/* The node of a new file, with a reference that is the caller's. */
static struct kernfs_node *new_node(struct inode *dir, const char *name,
				    umode_t mode, const struct bpf_view *view,
				    struct bpf_pin *pin)
{
	kuid_t uid = view ? view->opts.uid : current_fsuid();
	kgid_t gid = view ? view->opts.gid : current_fsgid();
	struct kernfs_node *parent = dir->i_private;
	struct kernfs_node *kn;

	kn = __kernfs_create_file(parent, name, mode, uid, gid, 0,
				  &kernfs_pin_fops, pin, NULL, NULL);
	if (IS_ERR(kn))
		return kn;

	/* With its directory it may be gone by now, and something else there. */
	kn = kernfs_find_and_get(parent, name);
	if (kn && kn->priv == pin)
		return kn;
	kernfs_put(kn);
	return ERR_PTR(-ENOENT);
}

/* Finds the name of a new node, and opens it for the pin. */
static struct file *open_node(const struct path *dir, const struct qstr *name,
			      const struct kernfs_node *kn, struct bpf_pin *pin)
{
	struct file *file = ERR_PTR(-ENOENT);
	struct dentry *dentry;

	dentry = lookup_one(mnt_idmap(dir->mnt), name->name, dir->dentry,
			    name->len);
	if (IS_ERR(dentry))
		return ERR_CAST(dentry);
	if (d_really_is_positive(dentry) && d_inode(dentry)->i_private == kn)
		file = bpf_kernfs_open(dir, dentry, &pin->watch);
	dput(dentry);
	return file;
}

/* Pins at a file that is ours and open; the directory's lock keeps it so. */
static int hold_file(struct bpf_pin *pin, struct bpf_owner owner,
		     struct kernfs_node *kn, struct file *file)
{
	owner.kind = &bpf_owner_kernfs;
	owner.what = kn;
	pin->watch.kernfs.file = file;
	return bpf_pin_hold(pin, &owner, &kernfs_pin_ops);
}

/* A view for the new file, if its object and its directory make it one. */
static struct bpf_view *new_view(const struct bpf_new_pin *new_pin,
				 struct bpf_pin *pin, umode_t mode)
{
	struct bpf_view *view;

	if (!(new_pin->owner.fs->can & BPF_OWNER_VIEW) ||
	    !bpf_object_is_view(new_pin->raw, new_pin->type))
		return NULL;
	view = kzalloc(sizeof(*view), GFP_KERNEL_ACCOUNT);
	if (!view)
		return ERR_PTR(-ENOMEM);
	view->pin = pin;
	view->room = BPF_VIEW_ROOM_MIN;
	if (new_pin->view)
		view->opts = *new_pin->view;
	else
		view->opts = (struct bpf_view_opts){ .mode = mode,
			.uid = current_fsuid(), .gid = current_fsgid() };
	return view;
}

static struct kernfs_pin *new_kernfs_pin(const struct bpf_new_pin *new_pin,
					 umode_t mode)
{
	struct kernfs_pin *kernfs_pin;
	int ret;

	kernfs_pin = kzalloc(sizeof(*kernfs_pin), GFP_KERNEL_ACCOUNT);
	if (!kernfs_pin)
		return ERR_PTR(-ENOMEM);
	kernfs_pin->view = new_view(new_pin, &kernfs_pin->pin, mode);
	if (IS_ERR(kernfs_pin->view)) {
		ret = PTR_ERR(kernfs_pin->view);
		kfree(kernfs_pin);
		return ERR_PTR(ret);
	}
	bpf_pin_prepare(&kernfs_pin->pin, new_pin->raw, new_pin->type,
			new_pin->object_mode);
	return kernfs_pin;
}

/* The pin is made and its file there; the cgroups below get theirs. */
static int inherit_view(struct bpf_view *view, struct super_block *sb)
{
	int ret;

	if (!view || !view->opts.inherit)
		return 0;
	ret = bpf_view_inherit(view, sb);
	if (ret)
		bpf_pin_end(view->pin, BPF_END_UNPIN);
	return ret;
}

/* An owner kind's @create. */
int bpf_kernfs_create(struct bpf_new_pin *new_pin)
{
	const struct qstr *name = &new_pin->dentry->d_name;
	umode_t mode = S_IFREG | (0600 & ~current_umask());
	struct inode *dir = d_inode(new_pin->dir->dentry);
	struct kernfs_pin *kernfs_pin;
	struct kernfs_node *kn;
	struct bpf_view *view;
	struct bpf_pin *pin;
	struct file *file;
	int ret;

	if (new_pin->view)
		mode = S_IFREG | new_pin->view->mode;
	ret = may_create(new_pin->dir, new_pin->dentry, mode);
	if (ret)
		return ret;

	kernfs_pin = new_kernfs_pin(new_pin, mode & 07777);
	if (IS_ERR(kernfs_pin))
		return PTR_ERR(kernfs_pin);
	pin = &kernfs_pin->pin;
	view = kernfs_pin->view;
	ret = bpf_kernfs_dir_get(dir);
	if (ret)
		goto abandon;
	kn = new_node(dir, name->name, mode, view, pin);
	if (IS_ERR(kn)) {
		ret = PTR_ERR(kn);
		goto put_dir;
	}
	if (view) {
		view->dir = kn->parent;
		view->name = kn->name;
	}
	kernfs_activate(kn);
	file = open_node(new_pin->dir, name, kn, pin);
	if (IS_ERR(file)) {
		/* That it just went, and its directory with it, is ENODEV there. */
		ret = PTR_ERR(file) == -ENODEV ? -ENOENT : PTR_ERR(file);
		goto remove;
	}

	/* The caller's, if the pin has begun and there is to be none after all. */
	bpf_object_get(new_pin->raw, new_pin->type);
	ret = hold_file(pin, new_pin->owner, kn, file);
	if (!ret) {
		fsnotify_create(dir, file->f_path.dentry);
		new_pin->id = pin->id.nr;
		ret = inherit_view(view, dir->i_sb);
		if (!ret)
			bpf_object_put(new_pin->raw, new_pin->type);
	} else {
		bpf_object_put(new_pin->raw, new_pin->type);
		/* Waits for who is inside our operations, as below. */
		kernfs_remove(kn);
		bpf_kernfs_dir_put(dir);
		fput(file);
	}
	kernfs_put(kn);
	bpf_pin_put(pin);
	return ret;

remove:
	kernfs_remove(kn);
	kernfs_put(kn);
put_dir:
	bpf_kernfs_dir_put(dir);
abandon:
	bpf_pin_abandon(pin);
	kernfs_pin_free(pin);
	return ret;
}

/**
 * bpf_kernfs_pin_removed() - the file of a pin is removed, and its watch over
 * @watch: of the pin
 *
 * Context: may sleep; no lock is held.
 */
void bpf_kernfs_pin_removed(struct bpf_watch *watch)
{
	struct kernfs_pin *kernfs_pin = kernfs_pin_of(bpf_pin_of_watch(watch));
	const struct kernfs_node *kn = watch->owner.what;

	if (kernfs_pin->view)
		bpf_view_disinherit(kernfs_pin->view);
	bpf_view_restore(kn->parent, kn->name);
}
