# SPDX-License-Identifier: GPL-2.0-only
# what: bpf_watch_inode() of a network namespace: called once at its end, not at that of the inode; of other namespaces refused
. /tests/owner.sh
. /tests/watch.sh

load_consumer
start_tool
tell netns
follow 0 "/proc/$tool/ns/net"
follow 1 "/proc/$tool/ns/net"
drop_caches
unwatch 1
calls 0 0 "while a process is in it"
: >"$T/name"
mount --bind "/proc/$tool/ns/net" "$T/name"
umount "$T/name"
sleep 0.3
calls 0 0 "after umount of a name"
watches 1
kill_tool
wait_for sh -c "[ \"\$(bpfobj status)\" = 'pins 0 watches 0' ]"
ended 0 "after the last process"
calls 1 0 "after unwatch"

expect_errno EPERM consumer "follow 2 /proc/$$/ns/net"
said_after "bpfpin: no watch on nsfs: the initial network namespace never ends" \
	consumer "follow 2 /proc/$$/ns/net"
for ns in mnt uts ipc pid user cgroup time; do
	expect_errno EPERM consumer "follow 2 /proc/$$/ns/$ns"
	expect_errno EOPNOTSUPP bpfobj attach map "/proc/$$/ns/$ns" x
done
said_after "bpfpin: no watch on nsfs: the kernel tells the end of network namespaces only" \
	consumer "follow 2 /proc/$$/ns/mnt"
watches 0
unload_consumer
