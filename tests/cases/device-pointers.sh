# SPDX-License-Identifier: GPL-2.0-only
# what: bad pointers, of kernel and user space, cut off structures and read-only memory are EFAULT
# timeout: 360
. /tests/device.sh

check_device check-pointers
