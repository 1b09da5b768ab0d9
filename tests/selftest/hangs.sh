# SPDX-License-Identifier: GPL-2.0-only
# what: a test that hangs is ended and reported as failed
# timeout: 3
# expect: fail took more than 3 seconds*

sleep 1000
