# SPDX-License-Identifier: GPL-2.0-only
# what: requests of other numbers, sizes and magics are ENOTTY, and the device cannot be read, written or mapped
# timeout: 360
. /tests/device.sh

check_device check-numbers
