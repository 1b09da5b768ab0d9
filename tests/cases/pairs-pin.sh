# SPDX-License-Identifier: GPL-2.0-only
# what: BPF_OBJ_PIN against all that can happen to what it pins at
# timeout: 240

. /tests/pairs.sh

pairs pin
