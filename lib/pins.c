// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/* The walk over the pins. */
#include <stdlib.h>
#include "internal.h"
#include "owner.h"
#include "where.h"

struct bpfpin_pins {
	struct bpfpin *bpfpin;	/* the caller's */
	struct mounts mounts;
	struct where where;
	bool of_owner;		/* only of this one: */
	struct owner_id owner;
	bool done;
	__u32 next_id;
};

struct bpfpin_pins *bpfpin__pins(struct bpfpin *bpfpin, const struct bpfpin_pins_opts *opts)
{
	const struct bpfpin_owner_spec *owner;
	struct bpfpin_pins *pins;
	bool no_paths;
	int err = 0;

	if (!bpfpin || !OPTS_VALID(opts, bpfpin_pins_opts))
		return ret_null(-EINVAL);
	pins = calloc(1, sizeof(*pins));
	if (!pins)
		return ret_null(-ENOMEM);
	pins->bpfpin = bpfpin;
	pins->next_id = OPTS_GET(opts, start_id, 0);
	no_paths = OPTS_GET(opts, no_paths, false);
	owner = OPTS_GET(opts, owner, NULL);
	pins->of_owner = owner;

	if (!no_paths)
		err = where_init(&pins->where);
	if (!err && (!no_paths || owner))
		err = mounts_read(&pins->mounts);
	if (!err && owner)
		err = owner_identify(owner, &pins->mounts, &pins->owner);
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
	where_free(&pins->where);
	free(pins);
}

/* One pin from the kernel, with room for its path. */
static int ask(struct bpfpin_pins *pins, __u32 id, __u32 flags, struct bpfpin_ioc_info *ioc)
{
	int err;

	do {
		memset(ioc, 0, sizeof(*ioc));
		ioc->size = sizeof(*ioc);
		ioc->flags = flags;
		ioc->id = id;
		ioc->path = (__u64)(unsigned long)pins->where.kernel;
		ioc->path_size = (__u32)pins->where.kernel_size;
		err = bpfpin_request(pins->bpfpin, BPFPIN_IOC_INFO, ioc);
		if (err)
			return err;
		/* A rename may make it longer once more before we ask again. */
		err = where_grow(&pins->where, ioc->path_size);
	} while (err > 0);
	return err;
}

static int fill(struct bpfpin_pins *pins, const struct bpfpin_ioc_info *ioc,
		struct bpfpin_pin_info *out)
{
	const struct place place = {
		.bpfpin = pins->bpfpin,
		.pin_id = *ioc->pin_name ? 0 : ioc->id,
		.path_flags = ioc->path_flags,
		.path_size = ioc->path_size,
		.dev_major = ioc->dev_major,
		.dev_minor = ioc->dev_minor,
		.ino = ioc->ino,
	};
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
	ours.ifindex = ioc->ifindex;
	ours.netns_ino = ioc->netns_ino;
	memcpy(ours.pin_name, ioc->pin_name, sizeof(ours.pin_name));
	ours.view = ioc->view;
	err = where_resolve(&pins->where, &pins->mounts, &place, &ours.path, &ours.path_state);
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
	bool wanted;
	int err;

	if (!info_valid(info))
		return ret_err(-EINVAL);
	while (!pins->done) {
		err = ask(pins, pins->next_id, BPFPIN_INFO_NEXT, &ioc);
		if (err == -ENOENT) {
			pr_debug("no pin has the id %u or one above it", pins->next_id);
			pins->done = true;
			break;
		}
		wanted = !err && (!pins->of_owner || owner_has(&pins->owner, &ioc));
		if (wanted)
			err = fill(pins, &ioc, info);
		if (err)
			return ret_err(err);
		pins->next_id = ioc.id + 1;
		pins->done = !pins->next_id;
		if (wanted)
			return 1;
	}
	return 0;
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
