// SPDX-License-Identifier: GPL-2.0-only
/*
 * Owner kind "netns": network namespaces.
 *
 * A namespace is known by the inodes of nsfs, but does not end with them: these
 * come and go with open files and bind mounts.  Its end is told to the pernet
 * operations, in a worker, when its last process, descriptor, name and device
 * that keeps it are gone.
 *
 * References.  A watch holds nothing.  Who adds one holds the namespace, by an
 * inode that stands for it, so it cannot end meanwhile.
 *
 * Other namespaces tell nobody of their end.
 */

#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/magic.h>
#include <linux/proc_ns.h>
#include <linux/sched.h>

#include <net/net_namespace.h>

#include "owner.h"
#include "watch.h"

static const struct ns_common *namespace_of(const struct inode *inode)
{
	return inode->i_private;
}

static void *netns_what(struct inode *inode)
{
	return container_of(namespace_of(inode), struct net, ns);
}

static const char *netns_refuse(struct inode *inode)
{
	const struct ns_common *ns = namespace_of(inode);

	if (ns->ops->type != CLONE_NEWNET)
		return "the kernel tells the end of network namespaces only";
	if (container_of(ns, struct net, ns) == &init_net)
		return "the initial network namespace never ends";
	return NULL;
}

static int netns_watch(struct bpf_watch *watch)
{
	int ret = bpf_watch_begin(watch);

	if (ret)
		bpf_watch_put(watch);
	return ret;
}

static void netns_unwatch(struct bpf_watch *watch)
{
	bpf_watch_put(watch);
}

static int netns_permission(const struct bpf_owner *owner,
			    const struct path *path, const struct file *file)
{
	struct net *net = owner->what;

	return ns_capable(net->user_ns, CAP_NET_ADMIN) ? 0 : -EPERM;
}

static void netns_where(const struct bpf_watch *watch,
			struct bpf_owner_where *where, char *buf)
{
	struct net *net = watch->owner.what;

	where->netns = net->ns.inum;
}

/* Nobody holds the namespace any more, so nobody begins a watch on it. */
static void netns_ended(struct net *net)
{
	bpf_watch_fire_all(net, BPF_END_NETNS);
}

static struct pernet_operations netns_ops = {
	.exit = netns_ended,
};

static int netns_init(void)
{
	return register_pernet_subsys(&netns_ops);
}

/* The kernel says of each namespace that it ends, but there is no watch left. */
static void netns_exit(void)
{
	unregister_pernet_subsys(&netns_ops);
}

static const struct bpf_owner_fs netns_fs[] = {
	{
		.magic	= NSFS_MAGIC,
		.type	= "nsfs",
		.can	= BPF_OWNER_WATCH,
		.reason	= "it has no directories where a file could be made: attach to it",
		.refuse	= netns_refuse,
	},
};

const struct bpf_owner_kind bpf_owner_netns = {
	.name	= "netns",
	.fs	= netns_fs,
	.nr_fs	= ARRAY_SIZE(netns_fs),
	.init	= netns_init,
	.exit	= netns_exit,
	.what	= netns_what,
	.watch	= netns_watch,
	.unwatch = netns_unwatch,
	.permission = netns_permission,
	.where	= netns_where,
};
