# SPDX-License-Identifier: GPL-2.0-only
# what: several watches on one inode are called once each, the same one twice is two
. /tests/watch.sh

load_consumer
step "thirty on one inode, ten of them stopped"
: >"$T/x"
: >"$T/y"
watch 30 "$T/y"
for i in $(seq 0 29); do
	watch "$i" "$T/x"
done
watches 31
for i in $(seq 0 3 29); do
	unwatch "$i"
done
watches 21
rm "$T/x"
for i in $(seq 0 29); do
	calls "$i" $((i % 3 > 0))
done
watches 1
calls 30 0 "of another inode"
rm "$T/y"
calls 30 1

step "the same watch twice"
: >"$T/x"
watch 40 "$T/x"
watch 40 "$T/x"
watches 2
rm "$T/x"
calls 40 2
watches 0

step "the same watch three times, stopped once"
: >"$T/x"
watch 41 "$T/x"
watch 41 "$T/x"
watch 41 "$T/x"
unwatch 41
watches 2
rm "$T/x"
calls 41 2
expect_errno ENOENT consumer "unwatch 41"

step "the same watch twice, stopped twice"
: >"$T/x"
watch 42 "$T/x"
watch 42 "$T/x"
unwatch 42
unwatch 42
expect_errno ENOENT consumer "unwatch 42"
rm "$T/x"
calls 42 0

step "a watch on a pin's file"
id=$(bpfobj pin map "$T/pin")
watch 43 "$T/pin"
watches 2
rm "$T/pin"
ended 43 "after unlink"
gone map "$id"
id=$(bpfobj pin map "$T/pin")
watch 44 "$T/pin"
unwatch 44
alive map "$id"
watch 44 "$T/pin"
expect_ok bpfpin unpin "$T/pin"
ended 44 "after unpin, which removes the file"
gone map "$id"
unload_consumer
