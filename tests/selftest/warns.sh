# SPDX-License-Identifier: GPL-2.0-only
# what: a test that passes while the kernel warns is reported as failed
# expect: fail kernel log: *WARNING: CPU: 0 PID: 1 at selftest*

echo "WARNING: CPU: 0 PID: 1 at selftest" >/dev/kmsg
