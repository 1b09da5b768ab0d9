# SPDX-License-Identifier: GPL-2.0-only
# what: a tie is made while all sorts of things happen to owner and target
# timeout: 240

. /tests/pairs.sh

pairs tie
