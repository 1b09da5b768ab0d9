// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/* Pins attached to an owner, and opening any pin. */
#include "internal.h"
#include "owner.h"

int bpfpin__attach(struct bpfpin *bpfpin, int obj_fd, const struct bpfpin_owner_spec *owner,
		   const char *name, __u32 *id)
{
	struct bpfpin_ioc_attach ioc = {
		.size = sizeof(ioc),
		.object_fd = obj_fd,
		.name = (__u64)(unsigned long)name,
	};
	int err;

	if (!name)
		return ret_err(-EINVAL);
	err = owner_to_ioc(owner, &ioc.owner);
	if (!err)
		err = bpfpin_request(bpfpin, BPFPIN_IOC_ATTACH, &ioc);
	if (!err && id)
		*id = ioc.id;
	return ret_err(err);
}

static int get_fd(struct bpfpin *bpfpin, struct bpfpin_ioc_open *ioc,
		  struct bpfpin_get_fd_opts *opts)
{
	int err;

	ioc->size = sizeof(*ioc);
	ioc->file_flags = OPTS_GET(opts, file_flags, 0);
	err = bpfpin_request(bpfpin, BPFPIN_IOC_OPEN, ioc);
	if (err)
		return ret_err(err);
	if (OPTS_HAS(opts, pin_id))
		opts->pin_id = ioc->id;
	if (OPTS_HAS(opts, object_type))
		opts->object_type = ioc->object_type;
	return ioc->object_fd;
}

int bpfpin__get_fd_by_id(struct bpfpin *bpfpin, __u32 id, struct bpfpin_get_fd_opts *opts)
{
	struct bpfpin_ioc_open ioc = { .id = id, .owner.fd = -1 };

	if (!id || !OPTS_VALID(opts, bpfpin_get_fd_opts))
		return ret_err(-EINVAL);
	return get_fd(bpfpin, &ioc, opts);
}

int bpfpin__get_fd_by_name(struct bpfpin *bpfpin, const struct bpfpin_owner_spec *owner,
			   const char *name, struct bpfpin_get_fd_opts *opts)
{
	struct bpfpin_ioc_open ioc = { .name = (__u64)(unsigned long)name };
	int err;

	if (!name || !OPTS_VALID(opts, bpfpin_get_fd_opts))
		return ret_err(-EINVAL);
	err = owner_to_ioc(owner, &ioc.owner);
	if (err)
		return ret_err(err);
	return get_fd(bpfpin, &ioc, opts);
}
