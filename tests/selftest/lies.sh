# SPDX-License-Identifier: GPL-2.0-only
# what: a test that prints what a verdict looks like does not pass by it
# expect: fail exit code 5*

echo "end lies ok 1"
echo "| end lies ok 1"
exit 5
