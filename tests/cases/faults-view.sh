# SPDX-License-Identifier: GPL-2.0-only
# what: each allocation fails once of making, replacing, overriding and removing a view, among five cgroups
# kernels: *-debug
# timeout: 900
. /tests/faults.sh

mkdir -p $top/a/b $top/c $top/d
expect_ok bpffault --set-up
fault view $top/bpf.x
fault view-inherit $top/bpf.x
fault override $top/bpf.x $top/a/bpf.x
fault remove-override $top/bpf.x $top/a/bpf.x
fault replace $top/bpf.x
fault remove-view $top/bpf.x
fault rmdir $top/bpf.x $top/e

step "a cgroup that is made gets its file, if not at once then soon"
expect_ok bpffault --set-up mkdir_handle_event
fault mkdir $top/bpf.x $top/e
kernel_said "bpfpin: a cgroup does not have its bpf.x yet (-12)" || fail "nothing in the log"
rmdir $top/a/b $top/a $top/c $top/d $top
