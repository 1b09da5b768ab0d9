/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __BPFPIN_CMD_MODULE_H
#define __BPFPIN_CMD_MODULE_H

#include <stdbool.h>
#include "libbpfpin.h"

/* Connect, or NULL and said why.  A module of another version gets a warning. */
struct bpfpin *module_open(void);
/* The same for what needs at least this version of the interface. */
struct bpfpin *module_open_for(__u32 abi_version);

/* Does this error of bpfpin__open() mean that there is no module? */
bool module_missing(int error);

/* What an error of a request means, where strerror(3) would not say it. */
const char *module_strerror(int error);

/* May this process see the pins of others?  The capabilities that it has say so. */
bool module_sees_all(void);

/* Say what the file at @path is, if it is no pin; returns the exit code. */
int module_fail_no_pin(const char *path, const struct bpfpin_file_info *info);

/* Say that @what cannot be done to an inherited file; returns the exit code. */
int module_fail_inherited(const char *what, const char *path,
			  const struct bpfpin_file_info *info);

/* Why a feature of struct bpfpin_status is missing. */
const char *feature_strerror(int error);

#endif /* __BPFPIN_CMD_MODULE_H */
