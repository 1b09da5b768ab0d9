# SPDX-License-Identifier: GPL-2.0-only
# what: bpf_watch_inode() of a socket or pipe: called once inside the last close(2), and not at all if stopped before
. /tests/owner.sh
. /tests/watch.sh

load_consumer
start_tool

# watched SLOT FD: as the process has it.
watched()
{
	follow "$1" "/proc/$tool/fd/$2"
}

step "socket"
tell socket tcp
fd=$told
watched 0 "$fd"
watched 1 "$fd"
watched 2 "$fd"
watches 3
drop_caches
unwatch 1
expect_errno ENOENT consumer "unwatch 1"
tell dup "$fd"
copy=$told
tell close "$fd"
calls 0 0 "while it is open"
tell close "$copy"
ended 0 "after close"
ended 2 "after close"
calls 1 0 "after unwatch"
expect_same "$(slot 0 pid)" "$tool" "the task that closed it"
watches 0
expect_errno ENOENT consumer "unwatch 0"

step "pipe"
tell pipe
watched 3 "${told% *}"
watched 4 "${told#* }"
reader=${told% *} writer=${told#* }
tell close "$reader"
calls 3 0 "while the other end is open"
tell close "$writer"
ended 3 "after close"
ended 4 "after close"

step "stopped while it is open, and nothing stays of it"
tell socket unix
watched 5 "$told"
unwatch 5
tell close "$told"
calls 5 0 "after unwatch"
watches 0

step "the callback stops another watch of the same socket"
tell socket udp
watched 6 "$told"
watched 7 "$told"
consumer "other 6 7"
consumer "other 7 6"
tell close "$told"
expect_same "$(($(slot 6 calls) + $(slot 7 calls)))" 1 "callbacks of the two"
watches 0
end_tool
unload_consumer
