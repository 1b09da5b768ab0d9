# SPDX-License-Identifier: GPL-2.0-only
# what: every byte of an answer is filled in, strings end, and no address of the kernel is in them
# timeout: 360
. /tests/device.sh

check_device check-answers
