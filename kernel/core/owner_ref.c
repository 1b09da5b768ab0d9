// SPDX-License-Identifier: GPL-2.0-only
/*
 * Owners as a request names them: by path, by descriptor, or a network device by
 * index.  What is named is held for the time of the request, and no longer.
 */

#include <linux/capability.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/namei.h>
#include <linux/netdevice.h>
#include <linux/nsproxy.h>
#include <linux/printk.h>
#include <linux/sched.h>

#include <net/net_namespace.h>

#include "owner_ref.h"

static int get_netdev(struct bpf_owner_ref *ref, int fd, u32 ifindex)
{
	struct net *net;

	if (ifindex > INT_MAX)
		return -ENODEV;
	net = fd == -1 ? get_net(current->nsproxy->net_ns) :
			 get_net_ns_by_fd(fd);
	if (IS_ERR(net))
		return PTR_ERR(net);
	ref->dev = dev_get_by_index(net, ifindex);
	put_net(net);
	if (!ref->dev)
		return -ENODEV;
	ref->owner = bpf_owner_of_netdev(ref->dev);
	return 0;
}

static int get_inode(struct bpf_owner_ref *ref, int fd, const char __user *path)
{
	const char *reason;
	struct inode *inode;
	int ret;

	if (path) {
		ret = user_path_at(fd, path, LOOKUP_FOLLOW, &ref->path);
		if (ret)
			return ret;
	} else {
		ref->file = fget(fd);
		if (!ref->file)
			return -EBADF;
		ref->path = ref->file->f_path;
		path_get(&ref->path);
	}

	inode = d_inode(ref->path.dentry);
	reason = bpf_owner_refusal(inode, BPF_OWNER_WATCH);
	if (reason) {
		pr_info_ratelimited("no owner on %s: %s\n",
				    inode->i_sb->s_type->name, reason);
		bpf_owner_ref_put(ref);
		return -EOPNOTSUPP;
	}
	ref->owner = bpf_owner_of_inode(inode);
	return 0;
}

/**
 * bpf_owner_ref_get() - the owner that a request names
 * @ref: filled in
 * @fd: descriptor of it, or of the directory where @path starts, or of the
 *	network namespace that @ifindex is in, or -1 for the caller's
 * @ifindex: of a network device, or 0
 * @path: in user space, or NULL
 *
 * Context: may sleep; a system call of the user whose rights count.
 * Return: 0, and the caller has to call bpf_owner_ref_put(); or a negative errno:
 * -EBADF, -ENODEV, -EOPNOTSUPP if the end of such an owner is not told, -EINVAL
 * for both a path and an index, those of a path walk.
 */
int bpf_owner_ref_get(struct bpf_owner_ref *ref, int fd, u32 ifindex,
		      const char __user *path)
{
	memset(ref, 0, sizeof(*ref));
	if (ifindex && path)
		return -EINVAL;
	return ifindex ? get_netdev(ref, fd, ifindex) : get_inode(ref, fd, path);
}

/**
 * bpf_owner_ref_permission() - may the caller attach something to the owner?
 * @ref: the owner
 *
 * Context: may sleep.
 * Return: 0; -EPERM without the right to use BPF; what the owner's kind says.
 */
int bpf_owner_ref_permission(const struct bpf_owner_ref *ref)
{
	if (!bpf_capable())
		return -EPERM;
	return ref->owner.kind->permission(&ref->owner, &ref->path, ref->file);
}

/* Lets go of an owner that was named. */
void bpf_owner_ref_put(struct bpf_owner_ref *ref)
{
	if (ref->path.dentry)
		path_put(&ref->path);
	if (ref->file)
		fput(ref->file);
	dev_put(ref->dev);
}
