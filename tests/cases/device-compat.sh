# SPDX-License-Identifier: GPL-2.0-only
# what: programs of 32 bits get the same answers
# timeout: 360
. /tests/device.sh

check_device check-compat
