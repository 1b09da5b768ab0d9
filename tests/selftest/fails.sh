# SPDX-License-Identifier: GPL-2.0-only
# what: the message of a test that failed is reported
# expect: fail two is not three*

two=2
[ "$two" = 3 ] || fail "two is not three"
