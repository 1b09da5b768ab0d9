# SPDX-License-Identifier: GPL-2.0-only
# what: unpin by id ends an attached pin at once, its owner's other pins stay, and the owner is as before
. /tests/owner.sh

cgroup=/sys/fs/cgroup/test
mkdir $cgroup/a
: >"$T/file"
new_device owner
start_tool
tell netns
tell socket udp
socket="fd:$tool:$told"
for owner in "$socket" $cgroup/a "/proc/$tool/ns/net" dev:owner "$T/file"; do
	step "$owner"
	attach map "$owner" x
	stays=$id
	for type in map prog link; do
		attach $type "$owner" y
		pin=$(bpfobj pin-of "$owner" y)
		expect_text "$pin" bpfioctl unpin-id "$pin"
		gone $type "$id"
		expect_errno ENOENT bpfioctl unpin-id "$pin"
		expect_errno ENOENT bpfobj open-id "$pin"
		expect_errno ENOENT bpfobj attached "$owner" y
		expect_errno ENOENT bpfioctl info "$pin"
	done
	expect_text "map $stays" bpfobj attached "$owner" x
	expect_text "* 2 $stays *" bpfioctl info "$(bpfobj pin-of "$owner" x)"
done
expect_pins 5

step "the descriptor of who opened it lasts"
holder=$(bpfobj attach map $cgroup/a z)
exec 7<"$T/file"
expect_errno EMFILE sh -c "exec 7<&- 8>&- 9<&-; ulimit -n 4; exec bpfobj open-id $(bpfobj pin-of $cgroup/a z)"
alive map "$holder"
exec 7<&-

step "the owners are there and end as ever"
kill_tool
rmdir $cgroup/a
ip link del owner
rm "$T/file"
wait_pins 0
