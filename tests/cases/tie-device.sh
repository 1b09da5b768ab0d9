# SPDX-License-Identifier: GPL-2.0-only
# what: the requests on ties keep the rules of all: sizes, flags, pointers, buffers, every byte filled in
# timeout: 360
. /tests/tie.sh

mkdir "$T/folder"
id=$(bpfobj pin map "$T/folder/pin")
tie "$T/folder/pin" dev "$(cat /sys/class/net/lo/ifindex)"
expect_text "$tie 0 0 1 tmpfs /folder/pin - netdev - 8 1 lo" bpfioctl tie-info "$tie"
for check in sizes flags pointers numbers compat answers tie-buffers tie-ids tie-paths; do
	step "$check"
	expect_ok bpfioctl "check-$check" "$T/folder/pin"
	expect_same "$(bpfioctl ties -)" "1 3"
	alive map "$id"
done
expect_text 1 bpfioctl untie "$tie"
rm "$T/folder/pin"
gone map "$id"
