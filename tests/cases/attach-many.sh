# SPDX-License-Identifier: GPL-2.0-only
# what: ten thousand pins on one socket, cgroup and device are released by one close(2), rmdir(2), deletion
# timeout: 400
. /tests/owner.sh

count=10000
cgroup=/sys/fs/cgroup/test

# many OWNER
many()
{
	id=$(bpfobj attach-many $count "$1") || fail "cannot attach so many to $1: $id"
	expect_pins $count
	expect_text "map $id" bpfobj attached "$1" 0
	expect_text "map $id" bpfobj attached "$1" $((count - 1))
	alive map "$id"
	began=$(awk '{ print int($1 * 1000) }' /proc/uptime)
}

released()
{
	gone map "$id"
	echo "released in $(($(awk '{ print int($1 * 1000) }' /proc/uptime) - began)) ms"
	expect_pins 0
}

step "socket"
start_tool
tell socket udp
many "fd:$tool:$told"
tell close "$told"
released
end_tool

step "cgroup"
mkdir $cgroup/a
many $cgroup/a
rmdir $cgroup/a
released

step "device"
new_device owner
many dev:owner
ip link del owner
released

step "file"
: >"$T/file"
many "$T/file"
rm "$T/file"
released
