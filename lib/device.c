// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/* The connection to the module and what it tells about itself. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/ioctl.h>
#include "internal.h"

static const char *request_name(unsigned long request)
{
	switch (request) {
	case BPFPIN_IOC_STATUS:	return "STATUS";
	case BPFPIN_IOC_KIND:	return "KIND";
	case BPFPIN_IOC_FILE:	return "FILE";
	case BPFPIN_IOC_INFO:	return "INFO";
	case BPFPIN_IOC_UNPIN:	return "UNPIN";
	case BPFPIN_IOC_CLEAN:	return "CLEAN";
	case BPFPIN_IOC_ATTACH:	return "ATTACH";
	case BPFPIN_IOC_OPEN:	return "OPEN";
	case BPFPIN_IOC_TIE:	return "TIE";
	case BPFPIN_IOC_UNTIE:	return "UNTIE";
	case BPFPIN_IOC_TIE_INFO: return "TIE_INFO";
	case BPFPIN_IOC_MONITOR: return "MONITOR";
	default:		return "?";
	}
}

int bpfpin_request(const struct bpfpin *bpfpin, unsigned long request, void *arg)
{
	int err;

	if (!ioctl(bpfpin->fd, request, arg))
		return 0;
	err = -errno;
	/* That there is no such thing is an answer; who asked knows what it was about. */
	if (err != -ENOENT)
		pr_debug("%s: %s", request_name(request), strerror(-err));
	/*
	 * The device is ours, so this is a request that an older module lacks.
	 * Not EOPNOTSUPP, which is what the module says of an owner.
	 */
	return err == -ENOTTY ? -ENOSYS : err;
}

struct bpfpin *bpfpin__open(const struct bpfpin_open_opts *opts)
{
	struct bpfpin_ioc_status status = { .size = sizeof(status) };
	const char *device;
	struct bpfpin *bpfpin;
	int err;

	if (!OPTS_VALID(opts, bpfpin_open_opts))
		return ret_null(-EINVAL);
	device = OPTS_GET(opts, device, NULL);
	if (!device)
		device = BPFPIN_DEVICE;

	bpfpin = calloc(1, sizeof(*bpfpin));
	if (!bpfpin)
		return ret_null(-ENOMEM);
	bpfpin->device = strdup(device);
	if (!bpfpin->device) {
		err = -ENOMEM;
		goto free_handle;
	}
	bpfpin->fd = open(device, O_RDONLY | O_CLOEXEC);
	if (bpfpin->fd < 0) {
		err = -errno;
		pr_debug("%s: %s", device, strerror(-err));
		goto free_handle;
	}
	if (ioctl(bpfpin->fd, BPFPIN_IOC_STATUS, &status) || !status.abi_version) {
		pr_debug("%s is not the device of the bpfpin module", device);
		err = -EPROTO;
		goto close_device;
	}
	if (status.abi_version != BPFPIN_ABI_VERSION)
		pr_warn("the module speaks version %u of its interface, the library version %u",
			status.abi_version, BPFPIN_ABI_VERSION);
	return bpfpin;

close_device:
	close(bpfpin->fd);
free_handle:
	free(bpfpin->device);
	free(bpfpin);
	return ret_null(err);
}

void bpfpin__close(struct bpfpin *bpfpin)
{
	if (!bpfpin)
		return;
	close(bpfpin->fd);
	free(bpfpin->device);
	free(bpfpin);
}

int bpfpin__fd(const struct bpfpin *bpfpin)
{
	return bpfpin->fd;
}

int bpfpin__status(struct bpfpin *bpfpin, struct bpfpin_status *status)
{
	struct bpfpin_ioc_status ioc = { .size = sizeof(ioc) };
	struct bpfpin_status ours;
	int err;

	if (!out_valid(status, offsetofend(struct bpfpin_status, version)))
		return ret_err(-EINVAL);
	err = bpfpin_request(bpfpin, BPFPIN_IOC_STATUS, &ioc);
	if (err)
		return ret_err(err);

	memset(&ours, 0, sizeof(ours));
	ours.abi_version = ioc.abi_version;
	ours.features = ioc.features;
	ours.watch_error = ioc.watch_error;
	ours.pin_error = ioc.pin_error;
	ours.get_error = ioc.get_error;
	ours.pins = ioc.pins;
	ours.watches = ioc.watches;
	ours.ties = ioc.ties;
	memcpy(ours.instance, ioc.instance, sizeof(ours.instance));
	memcpy(ours.version, ioc.version, sizeof(ours.version));
	out_fill(status, &ours, sizeof(ours));
	return 0;
}

int bpfpin__kind(struct bpfpin *bpfpin, __u32 index, struct bpfpin_kind_info *info)
{
	struct bpfpin_ioc_kind ioc = { .size = sizeof(ioc), .index = index };
	struct bpfpin_kind_info ours;
	int err;

	if (!out_valid(info, offsetofend(struct bpfpin_kind_info, reason)))
		return ret_err(-EINVAL);
	err = bpfpin_request(bpfpin, BPFPIN_IOC_KIND, &ioc);
	if (err)
		return ret_err(err);

	memset(&ours, 0, sizeof(ours));
	ours.can = ioc.can;
	memcpy(ours.kind, ioc.kind, sizeof(ours.kind));
	memcpy(ours.fs_type, ioc.fs_type, sizeof(ours.fs_type));
	memcpy(ours.reason, ioc.reason, sizeof(ours.reason));
	out_fill(info, &ours, sizeof(ours));
	return 0;
}
