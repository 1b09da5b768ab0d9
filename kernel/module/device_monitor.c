// SPDX-License-Identifier: GPL-2.0-only
/*
 * Monitors: what happens, to be read from an open device.
 *
 * References.  A monitor belongs to the open file: made by a request, freed at
 * the last close, when nobody reads.  The file holds this module.
 *
 * Locks.  reading > lock.  Who tells an event has no more than @lock, and drops
 * the event rather than wait.  Nobody waits for an event with @reading held, so a
 * reader that must not wait does not wait for one that does.
 */

#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/kfifo.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#include <uapi/linux/bpfpin.h>

#include "../core/event.h"
#include "device.h"

/* A power of two. */
#define MONITOR_EVENTS	1024

/**
 * struct monitor - what an open file has still to read
 * @listener: among those that are told
 * @lock: guards @events and @lost
 * @events: that nobody has read
 * @lost: how many found no room since the last that did
 * @reading: held by who takes events out
 * @readers: who waits for one
 */
struct monitor {
	struct bpf_event_listener listener;
	spinlock_t lock;	/* guards events and lost */
	DECLARE_KFIFO(events, struct bpfpin_event, MONITOR_EVENTS);
	u32 lost;
	struct mutex reading;	/* held by who takes events out */
	wait_queue_head_t readers;
};

/* The core has its own names for the ABI's numbers. */
static_assert((int)BPF_EVENT_PINNED == BPFPIN_EVENT_PINNED);
static_assert((int)BPF_EVENT_RELEASED == BPFPIN_EVENT_RELEASED);
static_assert((int)BPF_END_NONE == BPFPIN_CAUSE_NONE);
static_assert((int)BPF_END_UNLINK == BPFPIN_CAUSE_UNLINK);
static_assert((int)BPF_END_CLOSE == BPFPIN_CAUSE_CLOSE);
static_assert((int)BPF_END_UMOUNT == BPFPIN_CAUSE_UMOUNT);
static_assert((int)BPF_END_RMDIR == BPFPIN_CAUSE_RMDIR);
static_assert((int)BPF_END_NETNS == BPFPIN_CAUSE_NETNS);
static_assert((int)BPF_END_NETDEV == BPFPIN_CAUSE_NETDEV);
static_assert((int)BPF_END_UNPIN == BPFPIN_CAUSE_UNPIN);
static_assert((int)BPF_END_TIE == BPFPIN_CAUSE_TIE);
static_assert((int)BPF_TYPE_PROG == BPFPIN_OBJECT_PROG);
static_assert((int)BPF_TYPE_MAP == BPFPIN_OBJECT_MAP);
static_assert((int)BPF_TYPE_LINK == BPFPIN_OBJECT_LINK);

/* The monitor of an open file, or NULL. */
static struct monitor *monitor_of(struct file *device)
{
	/* Pairs with the cmpxchg() that made it one. */
	return smp_load_acquire(&device->private_data);
}

static void monitor_tell(struct bpf_event_listener *listener,
			 const struct bpf_event *told)
{
	struct monitor *monitor = container_of(listener, struct monitor, listener);
	struct bpfpin_event event = {
		.size		= sizeof(event),
		.type		= told->type,
		.cause		= told->end,
		.pin_id		= told->pin_id,
		.object_type	= told->object_type,
		.object_id	= told->object.id,
		.object_subtype	= told->object.subtype,
		.time		= told->time,
	};

	strscpy(event.object_name, told->object.name, sizeof(event.object_name));
	strscpy(event.kind, told->kind, sizeof(event.kind));

	spin_lock(&monitor->lock);
	event.lost = monitor->lost;
	if (kfifo_put(&monitor->events, event))
		monitor->lost = 0;
	else if (monitor->lost < U32_MAX)
		monitor->lost++;
	spin_unlock(&monitor->lock);
	wake_up_interruptible_poll(&monitor->readers, EPOLLIN | EPOLLRDNORM);
}

int bpfpin_device_monitor(struct file *device, union bpfpin_request *request)
{
	struct monitor *monitor;

	if (request->monitor.flags)
		return -EINVAL;
	if (!bpf_capable())
		return -EPERM;

	monitor = kvzalloc(sizeof(*monitor), GFP_KERNEL_ACCOUNT);
	if (!monitor)
		return -ENOMEM;
	monitor->listener.tell = monitor_tell;
	spin_lock_init(&monitor->lock);
	INIT_KFIFO(monitor->events);
	mutex_init(&monitor->reading);
	init_waitqueue_head(&monitor->readers);

	if (cmpxchg(&device->private_data, NULL, monitor)) {
		kvfree(monitor);
		return -EBUSY;
	}
	bpf_event_listen(&monitor->listener);
	return 0;
}

static bool monitor_next(struct monitor *monitor, struct bpfpin_event *event)
{
	bool any;

	spin_lock(&monitor->lock);
	any = kfifo_peek(&monitor->events, event);
	spin_unlock(&monitor->lock);
	return any;
}

/* The next event was read. */
static void monitor_skip(struct monitor *monitor)
{
	spin_lock(&monitor->lock);
	kfifo_skip(&monitor->events);
	spin_unlock(&monitor->lock);
}

/* As many events as there are and fit; what cannot be written stays. */
static ssize_t monitor_copy(struct monitor *monitor, char __user *buf,
			    size_t size)
{
	struct bpfpin_event event;
	size_t done = 0;

	while (size - done >= sizeof(event) && monitor_next(monitor, &event)) {
		if (copy_to_user(buf + done, &event, sizeof(event)))
			return done ?: -EFAULT;
		monitor_skip(monitor);
		done += sizeof(event);
	}
	return done;
}

static bool monitor_has_any(struct monitor *monitor)
{
	bool any;

	spin_lock(&monitor->lock);
	any = !kfifo_is_empty(&monitor->events);
	spin_unlock(&monitor->lock);
	return any;
}

ssize_t bpfpin_monitor_read(struct file *device, char __user *buf, size_t size,
			    loff_t *pos)
{
	struct monitor *monitor = monitor_of(device);
	bool wait = !(device->f_flags & O_NONBLOCK);
	ssize_t ret;

	if (!monitor || size < sizeof(struct bpfpin_event))
		return -EINVAL;

	do {
		if (wait && wait_event_interruptible(monitor->readers,
						     monitor_has_any(monitor)))
			return -ERESTARTSYS;
		if (mutex_lock_interruptible(&monitor->reading))
			return -ERESTARTSYS;
		ret = monitor_copy(monitor, buf, size);
		mutex_unlock(&monitor->reading);
		/* Somebody else was faster. */
	} while (!ret && wait);
	return ret ?: -EAGAIN;
}

__poll_t bpfpin_monitor_poll(struct file *device, struct poll_table_struct *wait)
{
	struct monitor *monitor = monitor_of(device);

	/* It can be read at once, with an error. */
	if (!monitor)
		return DEFAULT_POLLMASK;
	poll_wait(device, &monitor->readers, wait);
	return monitor_has_any(monitor) ? EPOLLIN | EPOLLRDNORM : 0;
}

int bpfpin_monitor_release(struct inode *inode, struct file *device)
{
	struct monitor *monitor = device->private_data;

	if (monitor) {
		bpf_event_ignore(&monitor->listener);
		kvfree(monitor);
	}
	return 0;
}
