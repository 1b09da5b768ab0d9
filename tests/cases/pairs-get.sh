# SPDX-License-Identifier: GPL-2.0-only
# what: getting a pinned object, from its file or its owner, against all that can happen to both
# timeout: 240

. /tests/pairs.sh

pairs get
