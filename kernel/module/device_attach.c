// SPDX-License-Identifier: GPL-2.0-only
/*
 * The requests on attached pins: making them, and getting at what they hold.
 */

#include <linux/bpf.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/limits.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "../core/attach.h"
#include "../core/object.h"
#include "../core/owner_ref.h"
#include "device.h"

/* The owner that a request names, as bpf_owner_ref_get(). */
int bpfpin_get_owner(struct bpf_owner_ref *ref, const struct bpfpin_owner *owner)
{
	return bpf_owner_ref_get(ref, owner->fd, owner->ifindex,
				 u64_to_user_ptr(owner->path));
}

/* The name of a pin, to be freed by the caller; or an error pointer. */
static char *get_name(u64 user)
{
	char *name;
	long len;

	name = kmalloc(NAME_MAX + 1, GFP_KERNEL);
	if (!name)
		return ERR_PTR(-ENOMEM);
	len = strncpy_from_user(name, u64_to_user_ptr(user), NAME_MAX + 1);
	if (len > NAME_MAX)
		len = -ENAMETOOLONG;
	else if (!len || (len > 0 && (strchr(name, '/') || !strcmp(name, ".") ||
				      !strcmp(name, ".."))))
		len = -EINVAL;
	if (len < 0) {
		kfree(name);
		return ERR_PTR(len);
	}
	return name;
}

int bpfpin_device_attach(struct file *device, union bpfpin_request *request)
{
	struct bpfpin_ioc_attach *attach = &request->attach;
	struct bpf_owner_ref ref;
	enum bpf_type type;
	fmode_t mode;
	char *name;
	void *raw;
	int ret;

	if (attach->flags)
		return -EINVAL;

	name = get_name(attach->name);
	if (IS_ERR(name))
		return PTR_ERR(name);
	raw = bpf_object_from_fd(attach->object_fd, &type, &mode);
	if (IS_ERR(raw)) {
		ret = PTR_ERR(raw);
		goto free_name;
	}

	ret = bpfpin_get_owner(&ref, &attach->owner);
	if (ret)
		goto put_object;
	ret = bpf_owner_ref_permission(&ref);
	if (!ret)
		ret = bpf_attach(&ref.owner, name, raw, type, mode, &attach->id);
	bpf_owner_ref_put(&ref);
put_object:
	if (ret)
		bpf_object_put(raw, type);
free_name:
	kfree(name);
	return ret;
}

/* The pin that the request names, with a reference; or an error pointer. */
static struct bpf_pin *find_pin(const struct bpfpin_ioc_open *open)
{
	struct bpf_owner_ref ref;
	struct bpf_pin *pin;
	char *name;
	int ret;

	if (open->id) {
		if (open->name || open->owner.path || open->owner.ifindex ||
		    open->owner.fd != -1)
			return ERR_PTR(-EINVAL);
		return bpfpin_find_visible(open->id, false) ?: ERR_PTR(-ENOENT);
	}

	name = get_name(open->name);
	if (IS_ERR(name))
		return ERR_CAST(name);
	ret = bpfpin_get_owner(&ref, &open->owner);
	if (ret) {
		kfree(name);
		return ERR_PTR(ret);
	}
	pin = bpf_attached_find(&ref.owner, name);
	if (pin && !bpf_pin_may_see(pin)) {
		bpf_pin_put(pin);
		pin = NULL;
	}
	bpf_owner_ref_put(&ref);
	kfree(name);
	return pin ?: ERR_PTR(-ENOENT);
}

int bpfpin_device_open(struct file *device, union bpfpin_request *request)
{
	struct bpfpin_ioc_open *open = &request->open;
	struct bpf_pin *pin;
	int f_flags, fd;
	void *raw;

	if (open->flags || open->file_flags & ~(BPF_F_RDONLY | BPF_F_WRONLY))
		return -EINVAL;
	f_flags = bpf_get_file_flag(open->file_flags);
	if (f_flags < 0)
		return f_flags;

	pin = find_pin(open);
	if (IS_ERR(pin))
		return PTR_ERR(pin);

	fd = -EACCES;
	if (OPEN_FMODE(f_flags) & ~pin->mode)
		goto put_pin;
	fd = -ENOENT;
	raw = bpf_pin_object(pin);
	if (!raw)
		goto put_pin;
	fd = bpf_object_new_fd(raw, pin->type, f_flags);
	if (fd < 0) {
		bpf_object_put(raw, pin->type);
		goto put_pin;
	}
	open->id = pin->id.nr;
	open->object_fd = fd;
	open->object_type = pin->type;
put_pin:
	bpf_pin_put(pin);
	return fd < 0 ? fd : 0;
}
