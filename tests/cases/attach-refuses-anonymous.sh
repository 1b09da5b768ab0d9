# SPDX-License-Identifier: GPL-2.0-only
# what: what shares one inode, or ends with something else, owns nothing and the log says why; a userfaultfd or io_uring has an inode of its own
. /tests/owner.sh

# refused KIND REASON
refused()
{
	step "$1"
	tell make "$1"
	expect_errno EOPNOTSUPP bpfobj attach map "fd:$tool:$told" x
	said_after "bpfpin: no owner on $2" bpfobj attach map "fd:$tool:$told" x
	tell close "$told"
}

start_tool
for kind in eventfd epoll timerfd signalfd inotify perf; do
	refused $kind "anon_inodefs: all such descriptors share one inode, which never ends"
done
if at_least 6.9; then
	refused pidfd "pidfs: its inode ends with the last descriptor, not with the process"
else
	refused pidfd "anon_inodefs: all such descriptors share one inode"
fi
expect_pins 0

for kind in userfaultfd io_uring; do
	step "$kind"
	tell make $kind
	fd=$told
	tell make $kind
	other=$told
	attach map "fd:$tool:$fd" x
	first=$id
	# Its own, so the same name on another is another.
	attach map "fd:$tool:$other" x
	drop_caches
	tell close "$other"
	# An io_uring is taken down by a worker.
	wait_gone map "$id"
	alive map "$first"
	tell close "$fd"
	wait_gone map "$first"
done
end_tool
expect_pins 0
