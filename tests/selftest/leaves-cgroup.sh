# SPDX-License-Identifier: GPL-2.0-only
# what: a test that leaves a cgroup behind is reported as failed
# expect: fail cgroups before and after differ: +/sys/fs/cgroup/selftest-leaves

mkdir /sys/fs/cgroup/selftest-leaves
