#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The story that ./demo tells, inside the guest: pins made on a tmpfs and an
# ext4 by a program that knows only bpf(2), and what ends them.
set -eu

. /examples/tell.sh

count()
{
	bpftool -j map dump pinned /mnt/disk/map | sed 's/.*"value":\([0-9]*\)}.*/\1/'
}

mkdir -p /mnt/disk /run/app
mount -t ext4 /dev/scratch-ext4 /mnt/disk

tell "A stock Debian kernel, and one module loaded into it."
run uname -sr
run insmod /lib/bpfpin/bpfpin.ko

tell "An agent counts the programs that are started.  It knows nothing of" \
	"bpfpin: libbpf's bpf_obj_pin() puts its program and map on an ext4, the" \
	"link that keeps it attached on a tmpfs.  No bpffs has any part in it."
echo "\$ /examples/agent /examples/exec_count.bpf.o /mnt/disk/prog /mnt/disk/map /run/app/link &"
/examples/agent /examples/exec_count.bpf.o /mnt/disk/prog /mnt/disk/map /run/app/link &
agent=$!
tries=100
until [ -e /run/app/link ]; do
	kill -0 $agent 2>/dev/null || lie "the agent failed"
	[ $tries -gt 0 ] || lie "the agent does not come to an end"
	tries=$((tries - 1))
	sleep 0.1
done
sleep 0.2
run df -T /mnt/disk /run
run bpfpin list

tell "An unmodified bpftool opens them like any pin."
run bpftool prog show pinned /mnt/disk/prog
run bpftool map dump pinned /mnt/disk/map
prog=$(id_of prog /mnt/disk/prog)
map=$(id_of map /mnt/disk/map)
link=$(id_of link /run/app/link)

tell "The agent dies, and memory gets short: the pins stay, the program counts on."
run kill -9 $agent
wait $agent 2>/dev/null || :
before=$(count)
echo "\$ echo 3 >/proc/sys/vm/drop_caches"
echo 3 >/proc/sys/vm/drop_caches
run bpftool map dump pinned /mnt/disk/map
alive prog "$prog"
alive map "$map"
alive link "$link"
[ "$(count)" -gt "$before" ] || lie "the program counts no more"

tell "Removing the file ends the pin, and with it the link: nothing counts any more."
run rm /run/app/link
gone link "$link"
before=$(count)
[ "$(count)" = "$before" ] || lie "the program still counts"
run bpfpin list

tell "Unmounting ends the rest; nothing in the kernel kept the file system busy."
run umount /mnt/disk
gone prog "$prog"
gone map "$map"
run bpfpin status

tell "No pin is left, so the module may go."
run rmmod bpfpin
