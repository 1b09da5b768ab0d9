# SPDX-License-Identifier: GPL-2.0-only
# what: a callback that stops its own watch gets EDEADLK and nothing hangs; it can stop others
. /tests/watch.sh

load_consumer
step "its own"
: >"$T/x"
expect_ok consumer "self 0"
watch 0 "$T/x"
rm "$T/x"
ended 0 "after unlink"
expect_same "$(slot 0 unwatch)" -35 "unwatch in the callback (EDEADLK)"

step "one on another inode"
: >"$T/x"
: >"$T/y"
expect_ok consumer "other 1 2"
watch 1 "$T/x"
watch 2 "$T/y"
rm "$T/x"
ended 1 "after unlink"
expect_same "$(slot 1 unwatch)" 0 "unwatch of another"
rm "$T/y"
calls 2 0 "after it was stopped by another"

step "one on the same inode, whichever comes first"
: >"$T/x"
expect_ok consumer "other 3 4"
expect_ok consumer "other 4 3"
watch 3 "$T/x"
watch 4 "$T/x"
rm "$T/x"
expect_same $(($(slot 3 calls) + $(slot 4 calls))) 1 "callbacks of both together"
expect_same $(($(slot 3 unwatch) + $(slot 4 unwatch))) 0 "what stopping the other said"
watches 0
unload_consumer
