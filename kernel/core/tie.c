// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ties: what the kernel removes at an owner's end.
 *
 * A tie is two watches: one on the owner and one on the inode of what is tied,
 * the target.
 *
 * References.  The target's mark holds its inode, and with it the memory of the
 * superblock; it makes no mount busy and goes at the last unlink and at umount.
 * Nothing holds the target's name: its dentry is only compared.  The memory of a
 * tie has a count: one for each of its watches, given back when that one's memory
 * would be freed, so a grace period of RCU after its end, and one for the work.
 * The watches and the queued work hold this module.
 *
 * Locks.  tie->lock is innermost but for what an owner kind takes to say where
 * its owner is.
 *
 * How a tie ends.  Its state leaves TIE_LIVE once, under the lock, and who does
 * that ends it:
 *
 * - the owner's end, in the callback of its watch: queues the work and no more.
 *   It never removes anything, and never waits: callbacks run under rtnl, the
 *   locks of namespaces and directories, and the lock of a directory of bpffs can
 *   be held for as long as a user likes (who reads the directory into a buffer
 *   whose page only his own file server can fill in).
 * - the target's end, in the callback of its watch: ends the owner's watch;
 * - bpf_untie(): ends both.
 *
 * The loser does nothing.  Whoever ends the other watch, in a callback or not, may
 * wait for a callback of it that has begun (see bpf_watch_cancel()).  That cannot
 * go round in a circle: one of the two callbacks at most waits, the one that has
 * won, and it does so for the loser, which does nothing.  And the callback of the
 * owner's watch does not even wait when it has won.
 *
 * The work ends the target's watch itself, or finds it ended.  Until it has taken
 * that watch away the inode's end waits for it, perhaps with a directory's lock.
 * So it takes references to superblock and inode, gives up the watch, and only
 * then takes locks.
 *
 * While a tie is TIE_NEW its watch on the owner may not be there, so only the two
 * callbacks end it then, and who makes it cleans up.
 */

#include <linux/capability.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "pin_file.h"
#include "tie.h"
#include "tie_remove.h"

static struct bpf_ids tie_ids = BPF_IDS_INIT(tie_ids);
static atomic_t ties_live = ATOMIC_INIT(0);
/* No order between the works: one that is held up holds up no other. */
static struct workqueue_struct *tie_queue;

static void tie_free(struct kref *refs)
{
	struct bpf_tie *tie = container_of(refs, struct bpf_tie, refs);

	kfree(tie->path);
	kfree(tie);
}

static struct bpf_tie *tie_of_owner(struct bpf_watch *watch)
{
	return container_of(watch, struct bpf_tie, owner);
}

static struct bpf_tie *tie_of_target(struct bpf_watch *watch)
{
	return container_of(watch, struct bpf_tie, target);
}

/* Moves the tie from one state to the other, if it is in the one. */
static bool tie_move(struct bpf_tie *tie, enum tie_state from,
		     enum tie_state to)
{
	bool moved;

	spin_lock(&tie->lock);
	moved = tie->state == from;
	if (moved)
		WRITE_ONCE(tie->state, to);
	spin_unlock(&tie->lock);

	if (moved && to != TIE_LIVE) {
		bpf_ids_remove(&tie_ids, &tie->id);
		atomic_dec(&ties_live);
	}
	return moved;
}

static void watch_stop(struct bpf_watch *watch)
{
	if (bpf_watch_cancel(watch))
		bpf_watch_remove(watch);
}

static void tie_owner_ended(struct bpf_watch *watch)
{
	struct bpf_tie *tie = tie_of_owner(watch);

	if (!tie_move(tie, TIE_NEW, TIE_FIRED) &&
	    !tie_move(tie, TIE_LIVE, TIE_FIRED))
		return;
	kref_get(&tie->refs);
	__module_get(THIS_MODULE);
	queue_work(tie_queue, &tie->work);
}

static void tie_target_ended(struct bpf_watch *watch)
{
	struct bpf_tie *tie = tie_of_target(watch);

	/* Who makes it sees that, and ends the other watch. */
	if (tie_move(tie, TIE_NEW, TIE_DISSOLVED))
		return;
	if (tie_move(tie, TIE_LIVE, TIE_DISSOLVED))
		watch_stop(&tie->owner);
}

static void tie_owner_destroy(struct bpf_watch *watch)
{
	kref_put(&tie_of_owner(watch)->refs, tie_free);
}

static void tie_target_destroy(struct bpf_watch *watch)
{
	kref_put(&tie_of_target(watch)->refs, tie_free);
}

static const struct bpf_watch_ops tie_owner_ops = {
	.ended		= tie_owner_ended,
	.destroy	= tie_owner_destroy,
};

static const struct bpf_watch_ops tie_target_ops = {
	.ended		= tie_target_ended,
	.destroy	= tie_target_destroy,
};

/* The owner has ended: removes what is tied, unless that has gone meanwhile. */
static void tie_work(struct work_struct *work)
{
	struct bpf_tie *tie = container_of(work, struct bpf_tie, work);
	struct inode *inode = tie->target.owner.inode;
	struct super_block *sb;
	bool active;

	if (!bpf_watch_cancel(&tie->target))
		goto put_tie;
	/*
	 * The mark still holds the inode, so there is a superblock, but the last
	 * mount of it may be gone; then nothing is there to be removed.
	 */
	sb = inode->i_sb;
	active = atomic_inc_not_zero(&sb->s_active);
	if (active)
		ihold(inode);
	bpf_watch_remove(&tie->target);

	if (active) {
		bpf_tie_remove(tie->id.nr, inode, tie->name, tie->path);
		iput(inode);
		deactivate_super(sb);
	}
put_tie:
	kref_put(&tie->refs, tie_free);
	/* bpf_tie_exit() waits for what is still to run. */
	module_put(THIS_MODULE);
}

static bool pin_lives(const struct inode *inode)
{
	struct bpf_pin *pin = bpf_pin_file_find(inode);
	bool lives = false;

	if (pin) {
		lives = bpf_watch_is_live(&pin->watch);
		bpf_pin_put(pin);
	}
	return lives;
}

/* Both watches are there, or there is an error. */
static int tie_begin(struct bpf_tie *tie, const struct bpf_owner *target)
{
	if (!tie_move(tie, TIE_NEW, TIE_LIVE)) {
		/* If the owner has ended, the rest is the work's. */
		if (READ_ONCE(tie->state) == TIE_FIRED)
			return 0;
		watch_stop(&tie->owner);
		return -ENOENT;
	}
	/* Orders the state before the look at the pin; see bpf_untie_all(). */
	smp_mb();
	if (target->kind != &bpf_owner_bpffs && !pin_lives(target->inode) &&
	    bpf_untie(tie))
		return -ENOENT;
	return 0;
}

static int tie_watch(struct bpf_tie *tie, const struct bpf_owner *owner,
		     const struct bpf_owner *target)
{
	int ret;

	kref_get(&tie->refs);
	ret = bpf_watch_add(&tie->target, target, &tie_target_ops);
	if (ret) {
		tie_move(tie, TIE_NEW, TIE_DISSOLVED);
		goto put_target;
	}

	kref_get(&tie->refs);
	ret = bpf_watch_add(&tie->owner, owner, &tie_owner_ops);
	if (ret) {
		tie_move(tie, TIE_NEW, TIE_DISSOLVED);
		watch_stop(&tie->target);
	} else {
		ret = tie_begin(tie, target);
	}
	bpf_watch_put(&tie->owner);
put_target:
	bpf_watch_put(&tie->target);
	return ret;
}

/**
 * bpf_tie_may() - may the caller tie this to something?
 * @target: an entry or directory of bpffs, or the file of a pin
 *
 * Not to be called with an owner held: it waits for the lock of the target's
 * directory, which others can hold for as long as they like, and the end of a
 * network device waits for who holds that.
 *
 * Context: may sleep; a system call of the user whose rights count.
 * Return: 0; -EPERM without the right to use BPF; -EINVAL what cannot be tied;
 * -EOPNOTSUPP a pin's file whose end is not told to others; -EBUSY a mount point;
 * what unlink(2) would say of the caller's rights.
 */
int bpf_tie_may(const struct path *target)
{
	struct dentry *dentry = target->dentry;
	struct inode *inode = d_inode(dentry);
	const char *reason;
	bool bpffs;

	if (!bpf_capable())
		return -EPERM;
	bpffs = bpf_owner_of(dentry->d_sb).kind == &bpf_owner_bpffs;
	if (bpffs && IS_ROOT(dentry))
		return -EINVAL;
	/* What is mounted somewhere cannot be removed from there. */
	if (dentry == target->mnt->mnt_root)
		return -EBUSY;
	if (!bpffs && !pin_lives(inode))
		return -EINVAL;
	/* In sysfs nobody can follow a pin; what is inherited is none. */
	reason = bpf_owner_refusal(inode, BPF_OWNER_WATCH);
	if (reason) {
		pr_info_ratelimited("no tie of what is on %s: %s\n",
				    inode->i_sb->s_type->name, reason);
		return -EOPNOTSUPP;
	}
	return bpf_tie_may_remove(target);
}

/* Would it be the removal of the target that ends the owner? */
static bool owner_is_in(const struct bpf_owner_ref *owner,
			const struct path *target)
{
	struct dentry *dentry = target->dentry;

	return owner->owner.what == bpf_owner_of_inode(d_inode(dentry)).what ||
	       (owner->path.dentry && is_subdir(owner->path.dentry, dentry));
}

/*
 * Where something is, from the root of its file system, if that is one that
 * forgets names: not those that are gone with their mount.  NULL if not, or if there
 * is no path to it; or an error pointer.
 */
static char *path_to_remember(struct dentry *dentry)
{
	char *buf, *path, *copy = NULL;

	if (!(bpf_owner_of(dentry->d_sb).fs->can & BPF_OWNER_STAMP))
		return NULL;
	buf = __getname();
	if (!buf)
		return ERR_PTR(-ENOMEM);
	path = dentry_path_raw(dentry, buf, PATH_MAX);
	if (!IS_ERR(path))
		copy = kstrdup(path, GFP_KERNEL_ACCOUNT) ?: ERR_PTR(-ENOMEM);
	__putname(buf);
	return copy;
}

/**
 * bpf_tie() - have something removed at an owner's end
 * @owner: the owner
 * @target: the caller has asked bpf_tie_may()
 * @id: filled in: of the tie
 *
 * Context: may sleep.
 * Return: 0: the owner may have ended already.  -EINVAL if the owner is the target
 * or in it; others of bpf_watch_add().
 */
int bpf_tie(const struct bpf_owner_ref *owner, const struct path *target,
	    u32 *id)
{
	struct bpf_owner target_owner = bpf_owner_of_inode(d_inode(target->dentry));
	struct bpf_tie *tie;
	char *path;
	int ret;

	if (owner_is_in(owner, target))
		return -EINVAL;

	path = path_to_remember(target->dentry);
	if (IS_ERR(path))
		return PTR_ERR(path);
	tie = kzalloc(sizeof(*tie), GFP_KERNEL_ACCOUNT);
	if (!tie) {
		kfree(path);
		return -ENOMEM;
	}
	kref_init(&tie->refs);
	spin_lock_init(&tie->lock);
	INIT_WORK(&tie->work, tie_work);
	tie->is_dir = bpf_tie_is_dir(target->dentry);
	tie->name = target->dentry;
	tie->path = path;
	bpf_maker_init(&tie->maker);
	/* Nobody finds it before the target's watch has begun. */
	bpf_ids_add(&tie_ids, &tie->id);
	*id = tie->id.nr;

	atomic_inc(&ties_live);
	ret = tie_watch(tie, &owner->owner, &target_owner);
	kref_put(&tie->refs, tie_free);
	return ret;
}

/**
 * bpf_untie() - dissolve a tie
 * @tie: the caller has a reference
 *
 * Context: may sleep.
 * Return: true if this call dissolved it; false if it has ended.
 */
bool bpf_untie(struct bpf_tie *tie)
{
	if (!tie_move(tie, TIE_LIVE, TIE_DISSOLVED))
		return false;
	watch_stop(&tie->owner);
	watch_stop(&tie->target);
	return true;
}

static bool tie_is_live(struct bpf_watch *target)
{
	return READ_ONCE(tie_of_target(target)->state) == TIE_LIVE;
}

static bool tie_is_visible(struct bpf_watch *target)
{
	return tie_is_live(target) && bpf_tie_may_see(tie_of_target(target));
}

/* A tie of what a kind knows its owners by; that is only compared. */
static struct bpf_tie *tie_find(const void *target,
				bool (*match)(struct bpf_watch *target))
{
	struct bpf_watch *watch;

	rcu_read_lock();
	watch = bpf_watch_find_rcu(target, &tie_target_ops, match);
	if (watch && !bpf_watch_get(watch))
		watch = NULL;
	rcu_read_unlock();
	return watch ? tie_of_target(watch) : NULL;
}

/**
 * bpf_untie_all() - dissolve all ties of something, whoever made them
 * @target: held by the caller; if it is a pin's file the pin is just ending
 *
 * A tie that is being made either is found here or finds the pin ended.
 *
 * Context: may sleep.
 */
void bpf_untie_all(const struct inode *target)
{
	struct bpf_tie *tie;

	while ((tie = tie_find(target, tie_is_live))) {
		bpf_untie(tie);
		bpf_tie_put(tie);
	}
}

/*
 * A tie of this that the caller may see, with a reference that is his, to be given
 * back with bpf_tie_put(); NULL if there is none.  It may end at any time.
 */
struct bpf_tie *bpf_tie_find_visible(struct inode *target)
{
	return tie_find(bpf_owner_of_inode(target).what, tie_is_visible);
}

static struct bpf_tie *tie_of_id(struct bpf_id *id)
{
	return id ? container_of(id, struct bpf_tie, id) : NULL;
}

static bool tie_get(struct bpf_id *id)
{
	return bpf_watch_get(&tie_of_id(id)->target);
}

/* As bpf_pin_find_id(), for ties. */
struct bpf_tie *bpf_tie_find_id(u32 id)
{
	return tie_of_id(bpf_ids_find(&tie_ids, id, tie_get));
}

/* As bpf_tie_find_id(): the one with the lowest id that is at least @id. */
struct bpf_tie *bpf_tie_find_next(u32 id)
{
	return tie_of_id(bpf_ids_find_next(&tie_ids, id, tie_get));
}

/* Gives back the reference of a find. */
void bpf_tie_put(struct bpf_tie *tie)
{
	bpf_watch_put(&tie->target);
}

/**
 * bpf_tie_where() - where the two ends of a tie are
 * @tie: the caller has a reference
 * @target: filled in: of what is tied
 * @target_buf: PATH_MAX bytes for its path
 * @owner: filled in
 * @owner_buf: PATH_MAX bytes for its path
 *
 * Context: any.
 * Return: 0, or -ENOENT if the tie has ended.
 */
int bpf_tie_where(struct bpf_tie *tie, struct bpf_owner_where *target,
		  char *target_buf, struct bpf_owner_where *owner,
		  char *owner_buf)
{
	bool live;

	spin_lock(&tie->lock);
	live = tie->state == TIE_LIVE;
	if (live) {
		bpf_watch_where(&tie->target, target, target_buf);
		bpf_watch_where(&tie->owner, owner, owner_buf);
	}
	spin_unlock(&tie->lock);
	return live ? 0 : -ENOENT;
}

/* The number of ties that have not ended. */
unsigned int bpf_tie_count(void)
{
	return atomic_read(&ties_live);
}

int bpf_tie_init(void)
{
	tie_queue = alloc_workqueue("bpfpin_tie", WQ_UNBOUND,
				    WQ_MAX_ACTIVE);
	return tie_queue ? 0 : -ENOMEM;
}

/* No tie is left, but the last works may have their last steps to do. */
void bpf_tie_exit(void)
{
	destroy_workqueue(tie_queue);
	WARN_ON_ONCE(!bpf_ids_empty(&tie_ids));
}
