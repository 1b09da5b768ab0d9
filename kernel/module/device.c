// SPDX-License-Identifier: GPL-2.0-only
/*
 * The control device.  include/uapi/linux/bpfpin.h is its manual.
 *
 * Everybody may open it; each request decides who may what.
 */

#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/nospec.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include <uapi/linux/bpfpin.h>

#include "../core/file_remove.h"
#include "../core/owner.h"
#include "../core/pin_file.h"
#include "../core/pin_kernfs.h"
#include "../core/stamp.h"
#include "../core/tie.h"
#include "../core/view.h"
#include "../core/watch.h"
#include "device.h"
#include "hook.h"

static int bpfpin_device_status(struct file *device, union bpfpin_request *request)
{
	struct bpfpin_ioc_status *status = &request->status;

	if (status->flags || status->ties)
		return -EINVAL;

	status->abi_version = BPFPIN_ABI_VERSION;
	status->watch_error = bpf_watch_error();
	status->pin_error = bpfpin_hook_pin_error();
	status->get_error = bpfpin_hook_get_error();
	status->features = 0;
	if (!status->watch_error)
		status->features |= BPFPIN_FEATURE_WATCH;
	if (!status->pin_error)
		status->features |= BPFPIN_FEATURE_PIN;
	if (!status->get_error)
		status->features |= BPFPIN_FEATURE_GET;
	status->pins = bpf_pin_count();
	status->watches = bpf_watch_count();
	status->ties = bpf_tie_count();
	export_uuid(status->instance, bpf_stamp_instance());
	strscpy_pad(status->version, THIS_MODULE->version,
		    sizeof(status->version));
	return 0;
}

static int bpfpin_device_kind(struct file *device, union bpfpin_request *request)
{
	struct bpfpin_ioc_kind *kind = &request->kind;
	struct bpf_owner owner;
	int ret;

	if (kind->flags)
		return -EINVAL;

	ret = bpf_owner_row(kind->index, &owner);
	if (ret)
		return ret;
	kind->can = owner.fs->can;
	strscpy_pad(kind->kind, owner.kind->name, sizeof(kind->kind));
	strscpy_pad(kind->fs_type, owner.fs->type, sizeof(kind->fs_type));
	strscpy_pad(kind->reason, owner.fs->reason ?: "", sizeof(kind->reason));
	return 0;
}

/* Is it of a view in a cgroup above? */
static bool is_inherited(const struct inode *inode)
{
	return bpf_owner_of(inode->i_sb).fs->can & BPF_OWNER_VIEW &&
	       bpf_view_is_inherited(inode->i_private);
}

/* What there is to say of a file, by the caller's rights to it. */
static void describe_file(const struct path *path, struct bpfpin_ioc_file *file)
{
	struct inode *inode = d_inode(path->dentry);
	enum bpf_stamp_state stamp_state;
	char stamp[BPF_STAMP_LEN];
	struct bpf_pin *pin;
	enum bpf_type type;
	u32 id;

	file->state = BPFPIN_FILE_NONE;
	file->pin_id = 0;
	memset(file->stamp, 0, sizeof(file->stamp));

	if (!bpf_inode_type(inode, &type)) {
		file->state = BPFPIN_FILE_BPFFS;
		return;
	}

	pin = bpf_pin_file_find(inode);
	if (pin) {
		if (bpf_pin_may_see(pin)) {
			file->state = is_inherited(inode) ? BPFPIN_FILE_INHERITED :
							    BPFPIN_FILE_PIN;
			file->pin_id = pin->id.nr;
		}
		bpf_pin_put(pin);
		return;
	}

	if (path_permission(path, MAY_READ))
		return;
	stamp_state = bpf_stamp_read(path->dentry, stamp, &id);
	if (stamp_state == BPF_STAMP_NONE)
		return;
	file->state = stamp_state == BPF_STAMP_STALE ? BPFPIN_FILE_STALE :
						       BPFPIN_FILE_ALIAS;
	file->pin_id = id;
	strscpy(file->stamp, stamp, sizeof(file->stamp));
}

/*
 * What there is to say of, with a reference; if it is the directory for a new file
 * @new is set, and @refusal to why that could not have its name, or NULL.
 */
static int find_file(const struct bpfpin_ioc_file *file, struct path *path,
		     bool *new, const char **refusal)
{
	const char __user *name = u64_to_user_ptr(file->path);
	struct dentry *dentry;
	int ret;

	*new = false;
	ret = user_path_at(file->path_fd, name,
			   file->flags & BPFPIN_FILE_NOFOLLOW ? 0 : LOOKUP_FOLLOW,
			   path);
	if (ret != -ENOENT || !(file->flags & BPFPIN_FILE_NEW))
		return ret;

	dentry = user_path_create(file->path_fd, name, path, 0);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	*new = true;
	*refusal = bpf_owner_name_refusal(dentry);
	path_get(path);
	done_path_create(path, dentry);
	return 0;
}

static int bpfpin_device_file(struct file *device, union bpfpin_request *request)
{
	struct bpfpin_ioc_file *file = &request->file;
	const char *reason, *refusal;
	struct bpf_owner owner;
	struct path path;
	bool new;
	int ret;

	if (file->flags & ~(BPFPIN_FILE_NOFOLLOW | BPFPIN_FILE_NEW))
		return -EINVAL;

	ret = find_file(file, &path, &new, &refusal);
	if (ret)
		return ret;

	owner = bpf_owner_of(path.dentry->d_sb);
	file->can = owner.fs->can;
	reason = bpf_owner_refusal(d_inode(path.dentry), BPF_OWNER_PIN);
	if (!reason && new)
		reason = refusal;
	if (reason)
		file->can &= ~(BPF_OWNER_PIN | BPF_OWNER_VIEW);
	refusal = bpf_owner_refusal(d_inode(path.dentry), BPF_OWNER_WATCH);
	if (refusal) {
		file->can &= ~BPF_OWNER_WATCH;
		/* What cannot own anything says that first. */
		if (!new)
			reason = refusal;
	}
	strscpy_pad(file->kind, owner.kind->name, sizeof(file->kind));
	strscpy_pad(file->fs_type, path.dentry->d_sb->s_type->name,
		    sizeof(file->fs_type));
	strscpy_pad(file->reason, reason ?: "", sizeof(file->reason));
	describe_file(&path, file);
	path_put(&path);
	return 0;
}

/* A pin that the caller may see, with a reference that is his; or NULL. */
struct bpf_pin *bpfpin_find_visible(u32 id, bool next)
{
	struct bpf_pin *pin;

	for (;;) {
		pin = next ? bpf_pin_find_next(id) : bpf_pin_find_id(id);
		if (!pin || bpf_pin_may_see(pin))
			return pin;

		id = pin->id.nr;
		bpf_pin_put(pin);
		if (!next || id++ == U32_MAX)
			return NULL;
		cond_resched();
	}
}

/* Writes a path, or none, to a buffer of *@size bytes; that says what it takes. */
int bpfpin_copy_path(u64 user, u32 *size, const char *path)
{
	u32 room = *size;

	*size = (path ? strlen(path) : 0) + 1;
	if (!user || room < *size)
		return 0;
	return copy_to_user(u64_to_user_ptr(user), path ?: "", *size) ?
	       -EFAULT : 0;
}

u32 bpfpin_path_flags(const struct bpf_owner_where *where)
{
	u32 flags = where->unlinked ? BPFPIN_PATH_UNLINKED : 0;

	if (where->in_fs)
		flags |= BPFPIN_PATH_IN_FS;
	if (where->ifindex)
		flags |= BPFPIN_PATH_DEVICE;
	return flags;
}

static u32 view_flags(struct bpf_pin *pin)
{
	const struct bpf_view *view = bpf_kernfs_pin_view(pin);

	if (!view)
		return 0;
	return BPFPIN_INFO_VIEW | (view->opts.inherit ? BPFPIN_INFO_INHERITED : 0);
}

static int describe_pin(struct bpf_pin *pin, struct bpfpin_ioc_info *info,
			char *buf)
{
	struct bpf_pin_where where;
	int ret;

	ret = bpf_pin_where(pin, &where, buf);
	if (ret)
		return ret;

	info->id = pin->id.nr;
	info->object_type = pin->type;
	info->object_id = where.object.id;
	info->object_subtype = where.object.subtype;
	info->uid = from_kuid_munged(current_user_ns(), pin->maker.uid);
	info->pid = pin->maker.pid;
	info->created = pin->maker.created;
	info->ino = where.owner.ino;
	info->dev_major = MAJOR(where.owner.dev);
	info->dev_minor = MINOR(where.owner.dev);
	info->path_flags = bpfpin_path_flags(&where.owner);
	if (where.at_pin)
		info->path_flags |= BPFPIN_PATH_AT_PIN;
	info->ifindex = where.owner.ifindex;
	info->netns_ino = where.owner.netns;
	strscpy_pad(info->pin_name, pin->name ?: "", sizeof(info->pin_name));
	info->view = view_flags(pin);
	info->reserved = 0;
	memcpy(info->object_tag, where.object.tag, sizeof(info->object_tag));
	strscpy_pad(info->object_name, where.object.name,
		    sizeof(info->object_name));
	strscpy_pad(info->comm, pin->maker.comm, sizeof(info->comm));
	strscpy_pad(info->kind, pin->watch.owner.kind->name, sizeof(info->kind));
	strscpy_pad(info->fs_type, pin->watch.owner.fs->type,
		    sizeof(info->fs_type));
	return bpfpin_copy_path(info->path, &info->path_size, where.owner.path);
}

static int bpfpin_device_info(struct file *device, union bpfpin_request *request)
{
	struct bpfpin_ioc_info *info = &request->info;
	bool next = info->flags & BPFPIN_INFO_NEXT;
	struct bpf_pin *pin;
	u32 id = info->id;
	char *buf;
	int ret;

	if (info->flags & ~BPFPIN_INFO_NEXT)
		return -EINVAL;

	buf = kmalloc(PATH_MAX, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;

	do {
		ret = -ENOENT;
		pin = bpfpin_find_visible(id, next);
		if (!pin)
			break;
		ret = describe_pin(pin, info, buf);
		id = pin->id.nr;
		bpf_pin_put(pin);
		/* Ended under our eyes: the one behind it. */
	} while (ret == -ENOENT && next && id++ < U32_MAX);

	kfree(buf);
	return ret;
}

static int bpfpin_device_unpin(struct file *device, union bpfpin_request *request)
{
	struct bpfpin_ioc_unpin *unpin = &request->unpin;
	struct bpf_pin *pin;
	bool ended;

	if (unpin->flags)
		return -EINVAL;
	if (unpin->path)
		return bpf_file_unpin(unpin->path_fd,
				      u64_to_user_ptr(unpin->path), &unpin->id);

	pin = bpfpin_find_visible(unpin->id, false);
	if (!pin)
		return -ENOENT;
	ended = bpf_pin_end(pin, BPF_END_UNPIN);
	bpf_pin_put(pin);
	return ended ? 0 : -ENOENT;
}

static int bpfpin_device_clean(struct file *device, union bpfpin_request *request)
{
	struct bpfpin_ioc_clean *clean = &request->clean;

	if (clean->flags || clean->reserved)
		return -EINVAL;
	return bpf_file_clean(clean->path_fd, u64_to_user_ptr(clean->path));
}

static const struct {
	int (*handle)(struct file *device, union bpfpin_request *request);
	u32 size;
	u32 size_ver0;
} requests[] = {
#define REQUEST(name, NAME)						\
	[_IOC_NR(BPFPIN_IOC_##NAME)] = {				\
		.handle = bpfpin_device_##name,				\
		.size = sizeof(struct bpfpin_ioc_##name),		\
		.size_ver0 = BPFPIN_##NAME##_SIZE_VER0,			\
	}
	REQUEST(status, STATUS),
	REQUEST(kind, KIND),
	REQUEST(file, FILE),
	REQUEST(info, INFO),
	REQUEST(unpin, UNPIN),
	REQUEST(clean, CLEAN),
	REQUEST(attach, ATTACH),
	REQUEST(open, OPEN),
	REQUEST(tie, TIE),
	REQUEST(untie, UNTIE),
	REQUEST(tie_info, TIE_INFO),
	REQUEST(monitor, MONITOR),
	REQUEST(view, VIEW),
#undef REQUEST
};

static_assert(sizeof(struct bpfpin_ioc_status) >= BPFPIN_STATUS_SIZE_VER0);
static_assert(sizeof(struct bpfpin_ioc_kind) >= BPFPIN_KIND_SIZE_VER0);
static_assert(sizeof(struct bpfpin_ioc_file) >= BPFPIN_FILE_SIZE_VER0);
static_assert(sizeof(struct bpfpin_ioc_info) >= BPFPIN_INFO_SIZE_VER0);
static_assert(sizeof(struct bpfpin_ioc_unpin) >= BPFPIN_UNPIN_SIZE_VER0);
static_assert(sizeof(struct bpfpin_ioc_clean) >= BPFPIN_CLEAN_SIZE_VER0);
static_assert(sizeof(struct bpfpin_ioc_attach) >= BPFPIN_ATTACH_SIZE_VER0);
static_assert(sizeof(struct bpfpin_ioc_open) >= BPFPIN_OPEN_SIZE_VER0);
static_assert(sizeof(struct bpfpin_ioc_tie) >= BPFPIN_TIE_SIZE_VER0);
static_assert(sizeof(struct bpfpin_ioc_untie) >= BPFPIN_UNTIE_SIZE_VER0);
static_assert(sizeof(struct bpfpin_ioc_tie_info) >= BPFPIN_TIE_INFO_SIZE_VER0);
static_assert(sizeof(struct bpfpin_ioc_monitor) >= BPFPIN_MONITOR_SIZE_VER0);
static_assert(sizeof(struct bpfpin_ioc_view) >= BPFPIN_VIEW_SIZE_VER0);

static long device_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	void __user *user = (void __user *)arg;
	unsigned int nr = _IOC_NR(cmd);
	union bpfpin_request *request;
	u32 size;
	int ret;

	if (nr >= ARRAY_SIZE(requests) || cmd != _IO(BPFPIN_IOC_MAGIC, nr))
		return -ENOTTY;
	nr = array_index_nospec(nr, ARRAY_SIZE(requests));
	if (!requests[nr].handle)
		return -ENOTTY;
	if (get_user(size, (u32 __user *)user))
		return -EFAULT;
	if (size < requests[nr].size_ver0)
		return -EINVAL;
	if (size > PAGE_SIZE)
		return -E2BIG;

	request = kzalloc(sizeof(*request), GFP_KERNEL);
	if (!request)
		return -ENOMEM;

	ret = copy_struct_from_user(request, requests[nr].size, user, size);
	/*
	 * Unchanged: an answer that cannot be written is found out before there
	 * is a pin or a descriptor that nobody would know of.
	 */
	if (!ret && copy_to_user(user, request, min(size, requests[nr].size)))
		ret = -EFAULT;
	if (!ret)
		ret = requests[nr].handle(file, request);
	/* The size stays what the caller said: he may have changed it since. */
	request->size = size;
	if (!ret && copy_to_user(user, request, min(size, requests[nr].size)))
		ret = -EFAULT;

	kfree(request);
	return ret;
}

/* What the file monitors; misc_open() has left the device there. */
static int device_open(struct inode *inode, struct file *file)
{
	file->private_data = NULL;
	return 0;
}

static const struct file_operations device_fops = {
	.owner		= THIS_MODULE,
	.open		= device_open,
	.release	= bpfpin_monitor_release,
	.read		= bpfpin_monitor_read,
	.poll		= bpfpin_monitor_poll,
	.unlocked_ioctl	= device_ioctl,
	.compat_ioctl	= compat_ptr_ioctl,
	.llseek		= noop_llseek,
};

static struct miscdevice device = {
	.minor	= MISC_DYNAMIC_MINOR,
	.name	= "bpfpin",
	.fops	= &device_fops,
	.mode	= 0666,
};

int bpfpin_device_init(void)
{
	return misc_register(&device);
}

void bpfpin_device_exit(void)
{
	misc_deregister(&device);
}
