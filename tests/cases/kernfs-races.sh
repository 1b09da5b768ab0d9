# SPDX-License-Identifier: GPL-2.0-only
# what: pins in a cgroup against get, read, unlink, unpin and rmdir at one moment

c=/sys/fs/cgroup/bpfpin-test
mkdir $c
export BPFRACE_KERNFS=1
for race in pin-pin pin-unlink get-unlink get-unpin unpin-unlink unpin-id-unlink read-unpin rmdir; do
	told=$(bpfrace $race $c 4 2>&1) || fail "$race: $told"
	step "$race: $told"
	expect_pins 0
done
rmdir $c
wait_for rmmod bpfpin
load_module
