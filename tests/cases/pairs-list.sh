# SPDX-License-Identifier: GPL-2.0-only
# what: a list of all pins and ties against all that can happen to them
# timeout: 240

. /tests/pairs.sh

pairs list
