# SPDX-License-Identifier: GPL-2.0-only
# what: unpin, by path and by id, against all that can end a pin or move its file
# timeout: 240

. /tests/pairs.sh

pairs unpin
