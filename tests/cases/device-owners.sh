# SPDX-License-Identifier: GPL-2.0-only
# what: wrong owners, names and objects are refused by attach and open, each with its errno
# timeout: 360
. /tests/device.sh

check_device check-owners
