// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/*
 * The walk over the pins, and the paths of their files.
 *
 * The kernel knows a file's place inside its file system, not where the caller
 * has that mounted, nor whether something else is mounted over it.  So every
 * mount of the device makes a candidate, and the module is asked whether the
 * pin is really there before the path is called found.
 */
#include <fcntl.h>
#include <stdlib.h>
#include "internal.h"
#include "mounts.h"

struct bpfpin_pins {
	struct bpfpin *bpfpin;	/* the caller's */
	struct mounts mounts;
	bool no_paths;
	bool done;
	__u32 next_id;
	char *kernel_path;	/* as the kernel gave it */
	size_t kernel_path_size;
	char *candidate;
	size_t candidate_size;
};

struct bpfpin_pins *bpfpin__pins(struct bpfpin *bpfpin, const struct bpfpin_pins_opts *opts)
{
	struct bpfpin_pins *pins;
	int err = -ENOMEM;

	if (!bpfpin || !OPTS_VALID(opts, bpfpin_pins_opts))
		return ret_null(-EINVAL);
	pins = calloc(1, sizeof(*pins));
	if (!pins)
		return ret_null(-ENOMEM);
	pins->bpfpin = bpfpin;
	pins->next_id = OPTS_GET(opts, start_id, 0);
	pins->no_paths = OPTS_GET(opts, no_paths, false);
	if (pins->no_paths)
		return pins;

	pins->kernel_path_size = 4096;
	pins->kernel_path = malloc(pins->kernel_path_size);
	if (pins->kernel_path)
		err = mounts_read(&pins->mounts);
	if (!err)
		return pins;
	bpfpin_pins__free(pins);
	return ret_null(err);
}

void bpfpin_pins__free(struct bpfpin_pins *pins)
{
	if (!pins)
		return;
	mounts_free(&pins->mounts);
	free(pins->kernel_path);
	free(pins->candidate);
	free(pins);
}

/* One pin from the kernel, with room for its path. */
static int ask(struct bpfpin_pins *pins, __u32 id, __u32 flags, struct bpfpin_ioc_info *ioc)
{
	char *more;
	int err;

	for (;;) {
		memset(ioc, 0, sizeof(*ioc));
		ioc->size = sizeof(*ioc);
		ioc->flags = flags;
		ioc->id = id;
		ioc->path = (__u64)(unsigned long)pins->kernel_path;
		ioc->path_size = (__u32)pins->kernel_path_size;
		err = bpfpin_request(pins->bpfpin, BPFPIN_IOC_INFO, ioc);
		if (err || pins->no_paths || ioc->path_size <= pins->kernel_path_size)
			return err;
		/* A rename may make it longer once more before we ask again. */
		more = realloc(pins->kernel_path, ioc->path_size);
		if (!more)
			return -ENOMEM;
		pins->kernel_path = more;
		pins->kernel_path_size = ioc->path_size;
	}
}

static bool leads_to(struct bpfpin_pins *pins, const char *path, __u32 id)
{
	struct bpfpin_ioc_file ioc = {
		.size = sizeof(ioc),
		.flags = BPFPIN_FILE_NOFOLLOW,
		.path_fd = AT_FDCWD,
		.path = (__u64)(unsigned long)path,
	};

	return path[0] == '/' && !bpfpin_request(pins->bpfpin, BPFPIN_IOC_FILE, &ioc) &&
	       ioc.state == BPFPIN_FILE_PIN && ioc.pin_id == id;
}

/* 0 or -ENOMEM */
static int resolve(struct bpfpin_pins *pins, const struct bpfpin_ioc_info *ioc,
		   struct bpfpin_pin_info *info)
{
	const struct mount *mount;
	size_t count;
	int err;

	if (pins->no_paths || ioc->path_size <= 1)
		return 0;
	info->path = pins->kernel_path;
	if (ioc->path_flags & BPFPIN_PATH_UNLINKED) {
		info->path_state = BPFPIN_PATH_DELETED;
		return 0;
	}
	if (!(ioc->path_flags & BPFPIN_PATH_IN_FS)) {
		info->path_state = leads_to(pins, info->path, info->id) ? BPFPIN_PATH_FOUND
									: BPFPIN_PATH_MAKERS;
		return 0;
	}
	info->path_state = BPFPIN_PATH_HIDDEN;
	mount = mounts_of(&pins->mounts, ioc->dev_major, ioc->dev_minor, &count);
	for (; count; count--, mount++) {
		err = mount_path(mount, pins->kernel_path, &pins->candidate,
				 &pins->candidate_size);
		if (err == -ENOENT)
			continue;
		if (err)
			return err;
		if (leads_to(pins, pins->candidate, info->id)) {
			info->path = pins->candidate;
			info->path_state = BPFPIN_PATH_FOUND;
			return 0;
		}
		pr_debug("pin %u is not at %s", info->id, pins->candidate);
	}
	return 0;
}

static int fill(struct bpfpin_pins *pins, const struct bpfpin_ioc_info *ioc,
		struct bpfpin_pin_info *out)
{
	struct bpfpin_pin_info ours;
	int err;

	memset(&ours, 0, sizeof(ours));
	ours.id = ioc->id;
	ours.object_type = ioc->object_type;
	ours.object_id = ioc->object_id;
	ours.object_subtype = ioc->object_subtype;
	ours.uid = ioc->uid;
	ours.pid = ioc->pid;
	ours.created_ns = ioc->created;
	ours.ino = ioc->ino;
	ours.dev_major = ioc->dev_major;
	ours.dev_minor = ioc->dev_minor;
	memcpy(ours.object_tag, ioc->object_tag, sizeof(ours.object_tag));
	memcpy(ours.object_name, ioc->object_name, sizeof(ours.object_name));
	memcpy(ours.comm, ioc->comm, sizeof(ours.comm));
	memcpy(ours.kind, ioc->kind, sizeof(ours.kind));
	memcpy(ours.fs_type, ioc->fs_type, sizeof(ours.fs_type));
	err = resolve(pins, ioc, &ours);
	if (!err)
		out_fill(out, &ours, sizeof(ours));
	return err;
}

static bool info_valid(const struct bpfpin_pin_info *info)
{
	return out_valid(info, offsetofend(struct bpfpin_pin_info, fs_type));
}

int bpfpin_pins__next(struct bpfpin_pins *pins, struct bpfpin_pin_info *info)
{
	struct bpfpin_ioc_info ioc;
	int err;

	if (!info_valid(info))
		return ret_err(-EINVAL);
	if (pins->done)
		return 0;
	err = ask(pins, pins->next_id, BPFPIN_INFO_NEXT, &ioc);
	if (err == -ENOENT) {
		pins->done = true;
		return 0;
	}
	if (!err)
		err = fill(pins, &ioc, info);
	if (err)
		return ret_err(err);
	pins->next_id = ioc.id + 1;
	pins->done = !pins->next_id;
	return 1;
}

int bpfpin_pins__find(struct bpfpin_pins *pins, __u32 id, struct bpfpin_pin_info *info)
{
	struct bpfpin_ioc_info ioc;
	int err;

	if (!info_valid(info))
		return ret_err(-EINVAL);
	err = ask(pins, id, 0, &ioc);
	if (!err)
		err = fill(pins, &ioc, info);
	return ret_err(err);
}
