# SPDX-License-Identifier: GPL-2.0-only
# what: unknown flags and reserved fields that are not zero are EINVAL, in every request
# timeout: 360
. /tests/device.sh

check_device check-flags
