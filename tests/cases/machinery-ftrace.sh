# SPDX-License-Identifier: GPL-2.0-only
# what: ftrace cannot be switched off while bpf(2) is extended; loaded while it is off, the module says so

switch=/proc/sys/kernel/ftrace_enabled

step "switched off under our feet"
id=$(bpfobj pin map "$T/x")
if echo 0 2>/dev/null >$switch; then
	fail "ftrace was switched off"
fi
expect_same "$(cat $switch)" 1
expect_text "map $id" bpfobj get "$T/x"
rm "$T/x"
gone map "$id"

step "off before"
unload_module
echo 0 >$switch
load_module
kernel_said "bpfpin: cannot extend bpf_obj_pin_user (-16)" || fail "no warning in the log"
expect_same "$(bpfpin -j status | jq -c '[.pin.supported, .pin.errno, .get.supported, .get.errno]')" \
	'[false,16,false,16]'
expect_errno EPERM bpfobj pin map "$T/x"
[ ! -e "$T/x" ] || fail "a file was left"
mount_fs bpf "$T/bpf"
id=$(bpfobj pin map "$T/bpf/x")
expect_fail bpfpin pin map id "$id" "$T/x"
expect_text "Error: cannot pin to $T/x: the module could not extend BPF_OBJ_PIN: kernel.ftrace_enabled is 0: *" echo "$output"
unload_module
echo 1 >$switch
load_module
expect_same "$(bpfpin -j status | jq -c '[.pin.supported, .get.supported]')" '[true,true]'
expect_ok bpfpin pin map id "$id" "$T/x"
expect_text "map $id" bpfobj get "$T/x"
rm "$T/x" "$T/bpf/x"
gone map "$id"
