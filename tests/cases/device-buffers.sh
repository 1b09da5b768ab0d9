# SPDX-License-Identifier: GPL-2.0-only
# what: a path is written whole or not at all, and never beyond its buffer
# timeout: 360
. /tests/device.sh

check_device check-buffers
