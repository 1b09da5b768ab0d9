# SPDX-License-Identifier: GPL-2.0-only
# what: paths that are no paths get the errno of stat(2) or unlink(2), and pins live through all of them
# timeout: 360
. /tests/device.sh

check_device check-paths
