// SPDX-License-Identifier: GPL-2.0-only
/* The module: is it there, do we understand each other, what do its errors mean? */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/syscall.h>
#include <linux/capability.h>
#include "main.h"
#include "module.h"
#include "output.h"

bool module_missing(int error)
{
	return error == -ENOENT || error == -ENODEV || error == -ENXIO;
}

static void fail_open(int error)
{
	if (module_missing(error) && !access("/sys/module/bpfpin", F_OK))
		fail("the bpfpin module is loaded, but there is no %s here: is /dev a devtmpfs?",
		     BPFPIN_DEVICE);
	else if (module_missing(error))
		fail("the bpfpin module is not loaded (no %s): load it with \"modprobe bpfpin\"",
		     BPFPIN_DEVICE);
	else if (error == -EACCES || error == -EPERM)
		fail("no permission to open %s: run this as root", BPFPIN_DEVICE);
	else if (error == -EPROTO)
		fail("%s is not the device of the bpfpin module", BPFPIN_DEVICE);
	else
		fail("cannot open %s: %s", BPFPIN_DEVICE, strerror(-error));
}

struct bpfpin *module_open(void)
{
	return module_open_for(1);
}

struct bpfpin *module_open_for(__u32 abi_version)
{
	LIBBPFPIN_OPTS(bpfpin_status, status);
	struct bpfpin *module = bpfpin__open(NULL);
	int err;

	if (!module) {
		fail_open(-errno);
		return NULL;
	}
	err = bpfpin__status(module, &status);
	if (err) {
		fail("cannot ask the bpfpin module: %s", strerror(-err));
		bpfpin__close(module);
		return NULL;
	}
	if (status.abi_version < abi_version) {
		fail("the loaded bpfpin module (%s) is too old for this: install that of this "
		     "release (%s) and load it anew", status.version,
		     libbpfpin_version_string());
		bpfpin__close(module);
		return NULL;
	}
	if (status.abi_version != BPFPIN_ABI_VERSION)
		warn("the bpfpin module (%s) is %s than this command (%s): "
		     "install both from one release and load the module anew",
		     status.version,
		     status.abi_version < BPFPIN_ABI_VERSION ? "older" : "newer",
		     libbpfpin_version_string());
	return module;
}

const char *module_strerror(int error)
{
	switch (error) {
	case -ENOSYS:
		return "the loaded bpfpin module is too old for this";
	case -EROFS:
		return "the file system is read-only";
	default:
		return strerror(-error);
	}
}

bool module_sees_all(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };

	if (syscall(SYS_capget, &header, data))
		return false;
	return data[CAP_TO_INDEX(CAP_BPF)].effective & CAP_TO_MASK(CAP_BPF) ||
	       data[CAP_TO_INDEX(CAP_SYS_ADMIN)].effective & CAP_TO_MASK(CAP_SYS_ADMIN);
}

int module_fail_inherited(const char *what, const char *path, const struct bpfpin_file_info *info)
{
	return fail("cannot %s %s: it is inherited from a cgroup above, as pin %u; remove it there",
		    what, path, info->pin_id);
}

int module_fail_no_pin(const char *path, const struct bpfpin_file_info *info)
{
	switch (info->state) {
	case BPFPIN_FILE_STALE:
		return fail("%s was left behind by a pin that has ended: "
			    "\"bpfpin clean\" removes it", path);
	case BPFPIN_FILE_ALIAS:
		return fail("%s is a copy of, or another way to, the pin with id %u, "
			    "and no pin itself", path, info->pin_id);
	case BPFPIN_FILE_BPFFS:
		return fail("%s is a pin of bpffs, which needs none of this: use bpftool", path);
	default:
		if (*info->reason)
			return fail("%s is no pin, and cannot be one: %s", path, info->reason);
		return fail(module_sees_all() ? "%s is no pin" : "%s is no pin that you may see", path);
	}
}

/* A live patch does not let itself be switched off, so it is either this or that. */
static bool ftrace_off(void)
{
	int fd = open("/proc/sys/kernel/ftrace_enabled", O_RDONLY | O_CLOEXEC);
	char value = '1';

	if (fd < 0)
		return false;
	if (read(fd, &value, 1) != 1)
		value = '1';
	close(fd);
	return value == '0';
}

const char *feature_strerror(int error)
{
	switch (error) {
	case 0:
		return "for a reason that the module does not tell";
	case -EBUSY:
		if (ftrace_off())
			return "kernel.ftrace_enabled is 0: set it to 1, then load bpfpin again";
		return "a live patch or another module has taken that kernel function";
	case -EOPNOTSUPP:
		return "this kernel is built without what it takes";
	case -ENOENT:
		return "this kernel hides the functions it takes";
	case -EPERM:
		return "this kernel does not allow it";
	default:
		return strerror(-error);
	}
}
