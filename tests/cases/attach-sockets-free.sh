# SPDX-License-Identifier: GPL-2.0-only
# what: no socket and no inode is left behind by pins, whether the socket or the pin ended first
. /tests/owner.sh

sockets()
{
	awk '/^sockets:/ { print $3 }' /proc/net/sockstat
}

inodes()
{
	awk '{ print $1 - $2 }' /proc/sys/fs/inode-nr
}

# Pins on sockets until $count is done: the socket ends the pin, or unpin does.
rounds()
{
	count=$1
	while [ "$count" -gt 0 ]; do
		tell socket udp
		attach map "fd:$tool:$told" x
		if [ $((count % 2)) = 0 ]; then
			expect_ok bpfioctl unpin-id "$(bpfobj pin-of "fd:$tool:$told" x)" >/dev/null
			gone map "$id"
			attach map "fd:$tool:$told" x
		fi
		tell close "$told"
		gone map "$id"
		count=$((count - 1))
	done
}

start_tool
rounds 2
drop_caches
sockets_before=$(sockets) inodes_before=$(inodes)
rounds 60
drop_caches
expect_same "$(sockets)" "$sockets_before" "sockets"
now=$(inodes)
[ "$now" -lt $((inodes_before + 30)) ] || fail "$inodes_before inodes before, $now after 60 sockets"
end_tool
expect_pins 0
