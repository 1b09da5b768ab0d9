/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BPFPIN_DEVICE_H
#define _BPFPIN_DEVICE_H

#include <linux/types.h>

#include <uapi/linux/bpfpin.h>

struct bpf_owner_ref;
struct bpf_owner_where;
struct bpf_pin;
struct file;
struct inode;
struct poll_table_struct;

/* The structure of any request. */
union bpfpin_request {
	__u32 size;
	struct bpfpin_ioc_status status;
	struct bpfpin_ioc_kind kind;
	struct bpfpin_ioc_file file;
	struct bpfpin_ioc_info info;
	struct bpfpin_ioc_unpin unpin;
	struct bpfpin_ioc_clean clean;
	struct bpfpin_ioc_attach attach;
	struct bpfpin_ioc_open open;
	struct bpfpin_ioc_tie tie;
	struct bpfpin_ioc_untie untie;
	struct bpfpin_ioc_tie_info tie_info;
	struct bpfpin_ioc_monitor monitor;
	struct bpfpin_ioc_view view;
};

int bpfpin_device_init(void);
void bpfpin_device_exit(void);
struct bpf_pin *bpfpin_find_visible(u32 id, bool next);

/* What requests have in common. */
int bpfpin_get_owner(struct bpf_owner_ref *ref, const struct bpfpin_owner *owner);
u32 bpfpin_path_flags(const struct bpf_owner_where *where);
int bpfpin_copy_path(u64 user, u32 *size, const char *path);

/* Requests with a file of their own; @device is what was opened. */
int bpfpin_device_attach(struct file *device, union bpfpin_request *request);
int bpfpin_device_open(struct file *device, union bpfpin_request *request);
int bpfpin_device_tie(struct file *device, union bpfpin_request *request);
int bpfpin_device_untie(struct file *device, union bpfpin_request *request);
int bpfpin_device_tie_info(struct file *device, union bpfpin_request *request);
int bpfpin_device_view(struct file *device, union bpfpin_request *request);
int bpfpin_device_monitor(struct file *device, union bpfpin_request *request);

/* What else can be done with a device that monitors. */
ssize_t bpfpin_monitor_read(struct file *device, char __user *buf, size_t size,
			    loff_t *pos);
__poll_t bpfpin_monitor_poll(struct file *device, struct poll_table_struct *wait);
int bpfpin_monitor_release(struct inode *inode, struct file *device);

#endif /* _BPFPIN_DEVICE_H */
