# SPDX-License-Identifier: GPL-2.0-only
# what: a tied directory with two programs and five maps is removed at the end of an owner of each kind
. /tests/tie.sh

mount_fs bpf "$T/bpf"
outside=$(bpfobj pin map "$T/bpf/outside")

# gone_with NAME: the owner has ended.
gone_with()
{
	step "$1"
	vanished "$T/bpf/d"
	seven_gone
	ties 0 0
	alive map "$outside"
	expect_same "$(ls "$T/bpf")" outside
}

seven "$T/bpf/d"
: >"$T/file"
tie "$T/bpf/d" path "$T/file"
ties 1 2
drop_caches
mv "$T/file" "$T/renamed"
ln "$T/renamed" "$T/second"
rm "$T/renamed"
seven_alive
rm "$T/second"
gone_with "file"

mount_empty ext4 "$T/ext4"
seven "$T/bpf/d"
: >"$T/ext4/file"
tie "$T/bpf/d" path "$T/ext4/file"
drop_caches
seven_alive
umount "$T/ext4"
gone_with "umount of the owner's file system"

seven "$T/bpf/d"
mkdir /sys/fs/cgroup/tied
tie "$T/bpf/d" path /sys/fs/cgroup/tied
seven_alive
rmdir /sys/fs/cgroup/tied
gone_with "cgroup"

seven "$T/bpf/d"
ip link add tied type dummy
tie "$T/bpf/d" dev "$(cat /sys/class/net/tied/ifindex)"
ip link set tied name renamed
seven_alive
ip link del renamed
gone_with "netdev"

# The process holds the namespace, and nothing else does.
seven "$T/bpf/d"
mkfifo "$T/ready"
unshare -n sh -c "echo >'$T/ready'; exec sleep 1000" &
pid=$!
read -r _ <"$T/ready"
tie "$T/bpf/d" path "/proc/$pid/ns/net"
seven_alive
kill -KILL "$pid"
wait "$pid" || :
gone_with "network namespace of a process that was killed"

seven "$T/bpf/d"
unshare -n sh -c "ip link add inside type dummy; echo >'$T/ready'; exec sleep 1000" &
pid=$!
read -r _ <"$T/ready"
ifindex=$(nsenter -t "$pid" -n ip -o link show inside | cut -d : -f 1)
exec 5<"/proc/$pid/ns/net"
tie "$T/bpf/d" dev "$ifindex" 5
exec 5<&-
kill -KILL "$pid"
wait "$pid" || :
gone_with "netdev that goes with its namespace"

seven "$T/bpf/d"
bash -c "exec 5<>/dev/udp/127.0.0.1/9; bpfioctl tie '$T/bpf/d' fd 5; kill -STOP \$\$" >"$T/tie" &
pid=$!
wait_for test -s "$T/tie"
ties 1 2
seven_alive
kill -KILL "$pid"
wait "$pid" || :
gone_with "socket of a process that was killed"

seven "$T/bpf/d"
bpfobj pin map "$T/bpf/owner" >/dev/null
tie "$T/bpf/d" path "$T/bpf/owner"
seven_alive
rm "$T/bpf/owner"
gone_with "entry of the same bpffs"

seven "$T/bpf/d"
mkdir "$T/bpf/other"
bpfobj pin prog "$T/bpf/other/owner" >/dev/null
tie "$T/bpf/d" path "$T/bpf/other/owner"
rm -r "$T/bpf/other"
gone_with "entry of another directory"

seven "$T/bpf/d"
mkdir "$T/bpf/other"
tie "$T/bpf/d" path "$T/bpf/other"
rmdir "$T/bpf/other"
gone_with "directory of bpffs"

seven "$T/bpf/d"
bpfobj pin map "$T/pin" >/dev/null
tie "$T/bpf/d" path "$T/pin"
rm "$T/pin"
gone_with "file of a pin"

seven "$T/bpf/d"
mount_fs bpf "$T/bpf2"
mkdir "$T/bpf2/owner"
tie "$T/bpf/d" path "$T/bpf2/owner"
umount "$T/bpf2"
gone_with "umount of another bpffs"
rm "$T/bpf/outside"
gone map "$outside"
