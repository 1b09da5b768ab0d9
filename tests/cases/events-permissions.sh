# SPDX-License-Identifier: GPL-2.0-only
# what: only who has CAP_BPF or CAP_SYS_ADMIN may monitor, and an open monitor keeps the module

expect_ok bpfmonitor open
expect_ok as_user_with bpf bpfmonitor open
expect_ok as_user_with sys_admin bpfmonitor open
expect_errno EPERM as_user bpfmonitor open
expect_errno EPERM as_user_with net_admin bpfmonitor open
expect_errno EPERM setpriv --inh-caps=-all --bounding-set=-all bpfmonitor open
expect_errno EPERM as_user unshare -U -r bpfmonitor open

step "the module stays while somebody monitors"
holder=$(bpfmonitor hold)
id=$(bpfobj pin map "$T/x")
rm "$T/x"
gone map "$id"
expect_fail rmmod bpfpin
module_loaded || fail "it is gone"
kill -KILL "$holder"
wait_for rmmod bpfpin
load_module
expect_ok bpfmonitor open
