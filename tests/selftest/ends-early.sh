# SPDX-License-Identifier: GPL-2.0-only
# what: a command that fails where nobody looks fails the test
# expect: fail exit code 1, and ./check --trace ends-early shows of which command:*

false
true
