# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# For the tests of the control device.

# check_device CHECK: this check of bpfioctl passes for root with a pin of root's
# and for a user without capabilities with one of his own, and leaves the pin
# alone.
check_device()
{
	mkdir "$T/folder"
	id=$(bpfobj pin map "$T/folder/pin")
	step "root"
	expect_ok bpfioctl "$1" "$T/folder/pin"
	expect_device_pin

	rm "$T/folder/pin"
	chown 1000 "$T/folder"
	id=$(as_user_with bpf bpfobj pin map "$T/folder/pin")
	step "owner"
	expect_ok as_user bpfioctl "$1" "$T/folder/pin"
	expect_device_pin

	rm "$T/folder/pin"
	gone map "$id"
}

# The only pin there is still is the one of the check.
expect_device_pin()
{
	expect_text "map $id" bpfobj get "$T/folder/pin"
	expect_same "$(bpfobj status)" "pins 1 watches 1"
}
