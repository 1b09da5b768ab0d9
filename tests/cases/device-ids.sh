# SPDX-License-Identifier: GPL-2.0-only
# what: ids that are no pin's are ENOENT, and NEXT finds the next pin from wherever it begins
# timeout: 360
. /tests/device.sh

check_device check-ids
