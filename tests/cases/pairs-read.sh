# SPDX-License-Identifier: GPL-2.0-only
# what: reading a pin's file, or a view, against all that can happen to it
# timeout: 240

. /tests/pairs.sh

pairs read
