# SPDX-License-Identifier: GPL-2.0-only
# what: untie against all that can happen to owner and target
# timeout: 240

. /tests/pairs.sh

pairs untie
