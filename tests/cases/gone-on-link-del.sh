# SPDX-License-Identifier: GPL-2.0-only
# what: what is attached to a network device is released when it is unregistered, inside ip link del; not by a rename, up, down or a move
. /tests/owner.sh

name_of_pin()
{
	bpfioctl info "$(bpfobj pin-of "$1" x)" | cut -d ' ' -f 6
}

ifindex()
{
	cat "/sys/class/net/$1/ifindex"
}

step "ip link del"
new_device owner
attach map dev:owner x
map=$id
attach prog dev:owner y
expect_errno EEXIST bpfobj attach map dev:owner x
expect_text "map $map" bpfobj attached dev:owner x
expect_text "netdev - $(ifindex owner) $(stat -L -c %i /proc/self/ns/net) 0 x" \
	bpfioctl owner "$(bpfobj pin-of dev:owner x)"
ip link del owner
gone map "$map"
gone prog "$id"
expect_pins 0
expect_errno ENODEV bpfobj attached "dev:owner" x

step "it survives up, down and a rename"
new_device owner
attach map dev:owner x
ip link set owner up
ip addr add 192.0.2.1/24 dev owner
ip link set owner down
ip link set owner name renamed
alive map "$id"
expect_same "$(name_of_pin dev:renamed)" renamed
new_device owner
expect_errno ENOENT bpfobj attached dev:owner x
ip link del owner
alive map "$id"
ip link del renamed
gone map "$id"

step "one of a pair is deleted with the other"
ip link add left type veth peer name right
attach map dev:left x
ip link del right
gone map "$id"

step "a move to another namespace does not end it; the end of that does"
start_tool
tell netns
ns=/proc/$tool/ns/net
inum=$(stat -L -c %i "$ns")
new_device owner
attach map dev:owner x
pin=$(bpfobj pin-of dev:owner x)
ip link set owner netns "$tool"
alive map "$id"
expect_text "netdev - * $inum 0 x" bpfioctl owner "$pin"
expect_errno ENODEV bpfobj attached dev:owner x
expect_text "map $id" bpfobj attached "dev:owner:$ns" x
nsenter -n -t "$tool" ip link set owner netns 1
alive map "$id"
expect_text "map $id" bpfobj attached dev:owner x
ip link set owner netns "$tool"
kill_tool
wait_gone map "$id"
expect_pins 0

step "made in a namespace, which ends"
start_tool
tell netns
ns=/proc/$tool/ns/net
nsenter -n -t "$tool" ip link add owner type dummy
attach map "dev:owner:$ns" x
owner=$id
attach map "dev:lo:$ns" x
lo=$id
attach map "$ns" x
expect_pins 3
kill_tool
wait_gone map "$id"
wait_gone map "$owner"
wait_gone map "$lo"

step "the module of the device is unloaded"
new_device owner
attach map dev:owner x
expect_ok rmmod dummy
gone map "$id"
modprobe dummy numdummies=0
expect_pins 0
