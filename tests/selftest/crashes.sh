# SPDX-License-Identifier: GPL-2.0-only
# what: a test that crashes the kernel is reported as failed, the others still run
# expect: fail the guest crashed*

echo 1 >/proc/sys/kernel/sysrq
echo c >/proc/sysrq-trigger
