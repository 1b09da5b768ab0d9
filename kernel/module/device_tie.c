// SPDX-License-Identifier: GPL-2.0-only
/*
 * The requests on ties.
 */

#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/limits.h>
#include <linux/namei.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../core/owner_ref.h"
#include "../core/tie.h"
#include "device.h"

int bpfpin_device_tie(struct file *device, union bpfpin_request *request)
{
	struct bpfpin_ioc_tie *tie = &request->tie;
	struct bpf_owner_ref owner;
	struct path target;
	int ret;

	if (tie->flags)
		return -EINVAL;

	/*
	 * Both can take as long as others like, who serve files or hold the lock of
	 * the target's directory.  The owner is held behind that, as it may be one
	 * whose end waits for us.
	 */
	ret = user_path_at(tie->path_fd, u64_to_user_ptr(tie->path), 0, &target);
	if (ret)
		return ret;
	ret = bpf_tie_may(&target);
	if (ret)
		goto put_target;

	ret = bpfpin_get_owner(&owner, &tie->owner);
	if (ret)
		goto put_target;
	ret = bpf_owner_ref_permission(&owner);
	/*
	 * Any other owner is found by a path, which can have taken as long as whoever
	 * serves it liked: he may be allowed less by now.
	 */
	if (!ret && !owner.dev)
		ret = bpf_tie_may(&target);
	if (!ret)
		ret = bpf_tie(&owner, &target, &tie->id);
	bpf_owner_ref_put(&owner);
put_target:
	path_put(&target);
	return ret;
}

/* A tie that the caller may see, with a reference that is his; or NULL. */
static struct bpf_tie *find_visible(u32 id, bool next)
{
	struct bpf_tie *tie;

	for (;;) {
		tie = next ? bpf_tie_find_next(id) : bpf_tie_find_id(id);
		if (!tie || bpf_tie_may_see(tie))
			return tie;

		id = tie->id.nr;
		bpf_tie_put(tie);
		if (!next || id++ == U32_MAX)
			return NULL;
		cond_resched();
	}
}

/* Dissolves all ties at a path that the caller may see. */
static int untie_path(int path_fd, const char __user *pathname, u32 *count)
{
	struct bpf_tie *tie;
	struct path path;
	int ret;

	ret = user_path_at(path_fd, pathname, 0, &path);
	if (ret)
		return ret;
	*count = 0;
	while ((tie = bpf_tie_find_visible(d_inode(path.dentry)))) {
		*count += bpf_untie(tie);
		bpf_tie_put(tie);
		cond_resched();
	}
	path_put(&path);
	return *count ? 0 : -ENOENT;
}

int bpfpin_device_untie(struct file *device, union bpfpin_request *request)
{
	struct bpfpin_ioc_untie *untie = &request->untie;
	struct bpf_tie *tie;

	if (untie->flags || untie->reserved || (untie->id && untie->path))
		return -EINVAL;
	if (untie->path)
		return untie_path(untie->path_fd, u64_to_user_ptr(untie->path),
				  &untie->count);

	tie = find_visible(untie->id, false);
	if (!tie)
		return -ENOENT;
	untie->count = bpf_untie(tie);
	bpf_tie_put(tie);
	return untie->count ? 0 : -ENOENT;
}

static int describe(struct bpf_tie *tie, struct bpfpin_ioc_tie_info *info,
		    char *target_buf, char *owner_buf)
{
	struct bpf_owner_where target, owner;
	int ret;

	ret = bpf_tie_where(tie, &target, target_buf, &owner, owner_buf);
	if (ret)
		return ret;

	info->id = tie->id.nr;
	info->uid = from_kuid_munged(current_user_ns(), tie->maker.uid);
	info->pid = tie->maker.pid;
	info->is_dir = tie->is_dir;
	info->created = tie->maker.created;
	info->path_flags = bpfpin_path_flags(&target);
	info->owner_path_flags = bpfpin_path_flags(&owner);
	info->ino = target.ino;
	info->owner_ino = owner.ino;
	info->dev_major = MAJOR(target.dev);
	info->dev_minor = MINOR(target.dev);
	info->owner_dev_major = MAJOR(owner.dev);
	info->owner_dev_minor = MINOR(owner.dev);
	info->ifindex = owner.ifindex;
	info->netns_ino = owner.netns;
	strscpy_pad(info->comm, tie->maker.comm, sizeof(info->comm));
	strscpy_pad(info->fs_type, tie->target.owner.fs->type,
		    sizeof(info->fs_type));
	strscpy_pad(info->owner_kind, tie->owner.owner.kind->name,
		    sizeof(info->owner_kind));
	strscpy_pad(info->owner_fs_type, tie->owner.owner.fs->type,
		    sizeof(info->owner_fs_type));
	return bpfpin_copy_path(info->path, &info->path_size, target.path) ?:
	       bpfpin_copy_path(info->owner_path, &info->owner_path_size,
				owner.path);
}

int bpfpin_device_tie_info(struct file *device, union bpfpin_request *request)
{
	struct bpfpin_ioc_tie_info *info = &request->tie_info;
	bool next = info->flags & BPFPIN_INFO_NEXT;
	struct bpf_tie *tie;
	u32 id = info->id;
	char *bufs;
	int ret;

	if (info->flags & ~BPFPIN_INFO_NEXT)
		return -EINVAL;

	bufs = kmalloc(2 * PATH_MAX, GFP_KERNEL);
	if (!bufs)
		return -ENOMEM;

	do {
		ret = -ENOENT;
		tie = find_visible(id, next);
		if (!tie)
			break;
		ret = describe(tie, info, bufs, bufs + PATH_MAX);
		id = tie->id.nr;
		bpf_tie_put(tie);
		/* Ended under our eyes: the one behind it. */
	} while (ret == -ENOENT && next && id++ < U32_MAX);

	kfree(bufs);
	return ret;
}
