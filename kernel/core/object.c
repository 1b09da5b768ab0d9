// SPDX-License-Identifier: GPL-2.0-only
/*
 * BPF objects: the only place that asks "program, map or link?".
 *
 * A reference to a map is always one with a user reference: a map of programs
 * or sockets is emptied when its last user reference goes, so a pin, like a
 * descriptor, is a user.
 */

#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "object.h"

/* The names of the numbers, from the kernel's own list of what it can do. */
#define BPF_PROG_TYPE(_id, _name, _prog_ctx, _kern_ctx) [_id] = #_id,
#define BPF_MAP_TYPE(_id, _ops)
#define BPF_LINK_TYPE(_id, _name)
static const char * const prog_types[] = {
#include <linux/bpf_types.h>
};

#undef BPF_PROG_TYPE
#undef BPF_MAP_TYPE
#define BPF_PROG_TYPE(_id, _name, _prog_ctx, _kern_ctx)
#define BPF_MAP_TYPE(_id, _ops) [_id] = #_id,
static const char * const map_types[] = {
#include <linux/bpf_types.h>
};

#undef BPF_MAP_TYPE
#undef BPF_LINK_TYPE
#define BPF_MAP_TYPE(_id, _ops)
#define BPF_LINK_TYPE(_id, _name) [_id] = #_id,
static const char * const link_types[] = {
#include <linux/bpf_types.h>
};

#undef BPF_PROG_TYPE
#undef BPF_MAP_TYPE
#undef BPF_LINK_TYPE

static const struct {
	const char *name;
	const char *prefix;
	const char * const *subtypes;
	size_t nr_subtypes;
} object_types[] = {
	[BPF_TYPE_PROG] = { "prog", "BPF_PROG_TYPE_",
			    prog_types, ARRAY_SIZE(prog_types) },
	[BPF_TYPE_MAP]	= { "map", "BPF_MAP_TYPE_",
			    map_types, ARRAY_SIZE(map_types) },
	[BPF_TYPE_LINK]	= { "link", "BPF_LINK_TYPE_",
			    link_types, ARRAY_SIZE(link_types) },
};

static const char *subtype_name(enum bpf_type type, u32 subtype)
{
	const char *name = NULL;

	if (subtype < object_types[type].nr_subtypes)
		name = object_types[type].subtypes[subtype];
	return name ? name + strlen(object_types[type].prefix) : "?";
}

/*
 * The map behind a descriptor and what the descriptor may do with it, out of
 * one look at the descriptor: it may be another a moment later.
 */
static struct bpf_map *map_from_fd(u32 ufd, fmode_t *mode)
{
	struct file *file = fget(ufd);
	struct bpf_map *map = NULL;

	if (!file)
		return NULL;
	if (file->f_op == &bpf_map_fops) {
		map = file->private_data;
		bpf_map_inc_with_uref(map);
		*mode = file->f_mode & BPF_OBJECT_MODE;
	}
	fput(file);
	return map;
}

/**
 * bpf_object_from_fd() - the object behind a descriptor of the caller's
 * @ufd: the descriptor
 * @type: filled in
 * @mode: filled in: how the caller may open the object.  Who has a map for
 *	reading only must not get it for writing by pinning it.  bpffs need not
 *	care, it is mounted by administrators; a tmpfs is everybody's.  Who may
 *	open every map by its id may open this one.
 *
 * Context: may sleep.
 * Return: the object with a reference that is the caller's; -EBADF if there is
 * no such descriptor; -EINVAL if it is none of an object.
 */
void *bpf_object_from_fd(u32 ufd, enum bpf_type *type, fmode_t *mode)
{
	void *raw;

	*mode = BPF_OBJECT_MODE;
	raw = map_from_fd(ufd, mode);
	if (raw) {
		if (*mode != BPF_OBJECT_MODE && capable(CAP_SYS_ADMIN))
			*mode = BPF_OBJECT_MODE;
		*type = BPF_TYPE_MAP;
		return raw;
	}

	raw = bpf_prog_get(ufd);
	if (!IS_ERR(raw)) {
		*type = BPF_TYPE_PROG;
		return raw;
	}

	raw = bpf_link_get_from_fd(ufd);
	if (!IS_ERR(raw))
		*type = BPF_TYPE_LINK;
	return raw;
}

/**
 * bpf_object_get() - one more reference
 * @raw: the object; the caller knows that a reference exists and stays
 * @type: its type
 *
 * Context: any.
 * Return: @raw.
 */
void *bpf_object_get(void *raw, enum bpf_type type)
{
	switch (type) {
	case BPF_TYPE_PROG:
		bpf_prog_inc(raw);
		break;
	case BPF_TYPE_MAP:
		bpf_map_inc_with_uref(raw);
		break;
	case BPF_TYPE_LINK:
		bpf_link_inc(raw);
		break;
	default:
		WARN_ON_ONCE(1);
	}
	return raw;
}

/**
 * bpf_object_put() - give back a reference
 * @raw: the object
 * @type: its type
 *
 * The end of a link may take any lock of the networking, cgroup or tracing
 * code, and we may be called inside a file system's; bpf_link_put() therefore
 * leaves the end of a link to a worker.
 *
 * Context: may sleep, with locks of a file system held.
 */
void bpf_object_put(void *raw, enum bpf_type type)
{
	switch (type) {
	case BPF_TYPE_PROG:
		bpf_prog_put(raw);
		break;
	case BPF_TYPE_MAP:
		bpf_map_put_with_uref(raw);
		break;
	case BPF_TYPE_LINK:
		bpf_link_put(raw);
		break;
	default:
		WARN_ON_ONCE(1);
	}
}

/**
 * bpf_object_new_fd() - a descriptor for the caller
 * @raw: the object
 * @type: its type
 * @f_flags: O_RDONLY, O_WRONLY or O_RDWR; narrows a map, nothing else has it
 *
 * Context: may sleep.
 * Return: the descriptor, which has taken over the caller's reference, or a
 * negative errno, and then the reference still is the caller's.
 */
int bpf_object_new_fd(void *raw, enum bpf_type type, int f_flags)
{
	switch (type) {
	case BPF_TYPE_PROG:
		return bpf_prog_new_fd(raw);
	case BPF_TYPE_MAP:
		return bpf_map_new_fd(raw, f_flags);
	case BPF_TYPE_LINK:
		return f_flags == O_RDWR ? bpf_link_new_fd(raw) : -EINVAL;
	default:
		return -ENOENT;
	}
}

/**
 * bpf_object_describe() - what an object is
 * @raw: the object; held by the caller
 * @type: its type
 * @info: filled in
 *
 * Context: any.
 */
void bpf_object_describe(void *raw, enum bpf_type type,
			 struct bpf_object_info *info)
{
	const struct bpf_link *link = raw;
	const struct bpf_prog *prog = raw;
	const struct bpf_map *map = raw;

	memset(info, 0, sizeof(*info));
	switch (type) {
	case BPF_TYPE_PROG:
		info->id = prog->aux->id;
		info->subtype = prog->type;
		memcpy(info->tag, prog->tag, sizeof(info->tag));
		strscpy(info->name, prog->aux->name, sizeof(info->name));
		break;
	case BPF_TYPE_MAP:
		info->id = map->id;
		info->subtype = map->map_type;
		strscpy(info->name, map->name, sizeof(info->name));
		break;
	case BPF_TYPE_LINK:
		info->id = link->id;
		info->subtype = link->type;
		break;
	default:
		WARN_ON_ONCE(1);
		return;
	}
	info->subtype_name = subtype_name(type, info->subtype);
}

/* "prog", "map" or "link". */
const char *bpf_object_type_name(enum bpf_type type)
{
	return object_types[type].name;
}

/* A link that prints something when it is read. */
bool bpf_object_is_iter(void *raw, enum bpf_type type)
{
	const struct bpf_link *link = raw;

	return type == BPF_TYPE_LINK && link->type == BPF_LINK_TYPE_ITER;
}

/* A program that iterates over cgroups, so can write the text of a view. */
bool bpf_object_is_view(void *raw, enum bpf_type type)
{
	const struct bpf_prog *prog = raw;

	return type == BPF_TYPE_PROG && prog->type == BPF_PROG_TYPE_TRACING &&
	       prog->expected_attach_type == BPF_TRACE_ITER &&
	       !strcmp(prog->aux->attach_func_name, "bpf_iter_cgroup");
}
