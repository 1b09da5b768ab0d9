# SPDX-License-Identifier: GPL-2.0-only
# what: attaching to an owner against all that can happen to it
# timeout: 240

. /tests/pairs.sh

pairs attach
