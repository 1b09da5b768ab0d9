# SPDX-License-Identifier: GPL-2.0-only
# what: sysfs takes pins if the module parameter says so; they end with their device

modprobe dummy numdummies=0 2>/dev/null || :
ip link add bpfdummy type dummy
d=/sys/class/net/bpfdummy
expect_same "$(cat /sys/module/bpfpin/parameters/sysfs)" N
expect_same "$(stat -c %a /sys/module/bpfpin/parameters/sysfs)" 444
expect_errno EPERM bpfobj pin map $d/bpf
said_after "no pin on sysfs: drivers do not expect files there" bpfobj pin map $d/bpf
bpfpin status | grep "sysfs .*sysfs=1" || fail "status does not say it"

unload_module
load_module sysfs=1
id=$(bpfobj pin map $d/bpf)
iter=$(bpfobj pin iter $d/statistics/bpf-iter)
expect_same "$(cat $d/bpf)" "map $id array name bpfobj_map"
expect_text "bpfobj*" cat $d/statistics/bpf-iter
exec 4<$d/bpf
expect_errno EPERM bpfobj pin map $d/x
expect_errno EPERM bpfobj pin map /sys/class/net/bpf-x
said_after "no pin on sysfs: what is in this directory belongs to network namespaces" \
	bpfobj pin map /sys/class/net/bpf-x
expect_errno EPERM bpfobj unlink $d/mtu

step "a device that is renamed keeps them"
ip link set bpfdummy name bpfother
d=/sys/class/net/bpfother
expect_text "map $id" bpfobj get $d/bpf
step "a device that goes ends them"
ip link del bpfother
gone map "$id"
gone link "$iter"
expect_fail cat <&4
exec 4<&-
expect_pins 0

step "a namespace that goes, and its devices with it"
id=$(unshare -n -m --propagation private sh -c "
	mount -t sysfs sysfs /sys
	ip link add bpfdummy type dummy
	bpfobj pin map /sys/class/net/bpfdummy/bpf")
wait_gone map "$id"
expect_pins 0

step "rm, and a mode that lets nobody read"
id=$(umask 777 && bpfobj pin map /sys/kernel/bpf)
expect_errno EACCES bpfobj cat /sys/kernel/bpf
rm /sys/kernel/bpf
gone map "$id"
wait_for unload_module
load_module
