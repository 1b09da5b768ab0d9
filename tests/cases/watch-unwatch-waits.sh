# SPDX-License-Identifier: GPL-2.0-only
# what: stopping a watch waits for its callback if that is running, and for no other
. /tests/watch.sh

load_consumer
step "unwatch returns when the callback has"
: >"$T/x"
: >"$T/y"
expect_ok consumer "delay 0 2000"
watch 0 "$T/x"
watch 1 "$T/y"
bpfobj unlink "$T/x" &
unlinker=$!
wait_for sh -c "[ \"\$(awk '\$1 == 0 { print \$5 }' $consumer/slots)\" = 1 ]"
calls 0 0 "while it is running"
unwatch 1
calls 0 0 "after another was stopped"
expect_same "$(slot 0 running)" 1 "still running"
expect_errno ENOENT consumer "unwatch 0"
calls 0 1 "after unwatch"
expect_same "$(slot 0 running)" 0 "running after unwatch"
expect_ok wait $unlinker
rm "$T/y"
calls 1 0

step "three wait for one"
: >"$T/x"
watch 0 "$T/x"
bpfobj unlink "$T/x" &
unlinker=$!
wait_for sh -c "[ \"\$(awk '\$1 == 0 { print \$5 }' $consumer/slots)\" = 1 ]"
waiters=''
for i in 1 2 3; do
	sh -c ". /tests/lib.sh; . /tests/watch.sh; expect_errno ENOENT consumer 'unwatch 0'
		[ \$(slot 0 running) = 0 ]" &
	waiters="$waiters $!"
done
for waiter in $waiters; do
	wait "$waiter" || fail "a waiter came back too early, or not with ENOENT"
done
wait $unlinker
calls 0 2 "after the second round"
unload_consumer
