# SPDX-License-Identifier: GPL-2.0-only
# what: a size too small is EINVAL, one too large E2BIG unless the rest is zero; no byte more is read or written
# timeout: 360
. /tests/device.sh

check_device check-sizes
