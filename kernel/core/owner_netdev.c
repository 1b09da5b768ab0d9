// SPDX-License-Identifier: GPL-2.0-only
/*
 * Owner kind "netdev": network devices.
 *
 * The end is told by the notifier of devices, under rtnl, before the device's
 * memory goes.  The same message is sent when a device moves to another
 * namespace; only the device's state tells the two apart.
 *
 * References.  A watch holds nothing: a reference would make the unregistering
 * wait.  Who adds one holds the device.
 *
 * Locks.  rtnl > bucket lock of the table.  A watch begins under rtnl, so the
 * device cannot end meanwhile.
 */

#include <linux/capability.h>
#include <linux/kernel.h>
#include <linux/netdevice.h>
#include <linux/notifier.h>
#include <linux/rtnetlink.h>
#include <linux/string.h>

#include <net/net_namespace.h>

#include "owner.h"
#include "watch.h"

static int netdev_watch(struct bpf_watch *watch)
{
	const struct net_device *dev = watch->owner.what;
	int ret;

	ret = rtnl_lock_killable();
	if (ret)
		goto put_watch;
	ret = READ_ONCE(dev->reg_state) == NETREG_REGISTERED ?
	      bpf_watch_begin(watch) : -ENOENT;
	rtnl_unlock();
put_watch:
	if (ret)
		bpf_watch_put(watch);
	return ret;
}

static void netdev_unwatch(struct bpf_watch *watch)
{
	bpf_watch_put(watch);
}

static int netdev_permission(const struct bpf_owner *owner,
			     const struct path *path, const struct file *file)
{
	const struct net_device *dev = owner->what;
	int ret;

	/* Keeps the device in its namespace. */
	ret = rtnl_lock_killable();
	if (ret)
		return ret;
	ret = ns_capable(dev_net(dev)->user_ns, CAP_NET_ADMIN) ? 0 : -EPERM;
	rtnl_unlock();
	return ret;
}

static void netdev_where(const struct bpf_watch *watch,
			 struct bpf_owner_where *where, char *buf)
{
	const struct net_device *dev = watch->owner.what;

	/* May be a mix of two names while it is renamed, but ends in a zero. */
	strscpy(buf, dev->name, IFNAMSIZ);
	where->path = buf;
	where->ifindex = READ_ONCE(dev->ifindex);
	rcu_read_lock();
	where->netns = read_pnet_rcu(&dev->nd_net)->ns.inum;
	rcu_read_unlock();
}

static int netdev_event(struct notifier_block *block, unsigned long event,
			void *info)
{
	struct net_device *dev = netdev_notifier_info_to_dev(info);

	if (event == NETDEV_UNREGISTER && dev->reg_state == NETREG_UNREGISTERING)
		bpf_watch_fire_all(dev, BPF_END_NETDEV);
	return NOTIFY_DONE;
}

static struct notifier_block netdev_notifier = {
	.notifier_call = netdev_event,
};

static int netdev_init(void)
{
	return register_netdevice_notifier(&netdev_notifier);
}

static void netdev_exit(void)
{
	unregister_netdevice_notifier(&netdev_notifier);
}

static const struct bpf_owner_fs netdev_fs[] = {
	{
		.type	= "",
		.can	= BPF_OWNER_WATCH,
		.reason	= "a device has no directories where a file could be made: attach to it",
	},
};

const struct bpf_owner_kind bpf_owner_netdev = {
	.name	= "netdev",
	.fs	= netdev_fs,
	.nr_fs	= ARRAY_SIZE(netdev_fs),
	.init	= netdev_init,
	.exit	= netdev_exit,
	.watch	= netdev_watch,
	.unwatch = netdev_unwatch,
	.permission = netdev_permission,
	.where	= netdev_where,
};
