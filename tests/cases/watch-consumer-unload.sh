# SPDX-License-Identifier: GPL-2.0-only
# what: a module can be removed with its watches alive or a callback running; bpfpin cannot while it is there
# timeout: 270
. /tests/watch.sh

loaded()
{
	grep -q "^$1 " /proc/modules
}

step "bpfpin is needed by the module, watches or not"
load_consumer
expect_fail rmmod bpfpin
loaded bpfpin || fail "bpfpin is gone"
: >"$T/x"
watch 0 "$T/x"
expect_fail rmmod bpfpin
unwatch 0
expect_fail rmmod bpfpin

step "removed with live watches, on several file systems"
slot=0
for fs in tmpfs ext4 bpf; do
	mount_empty $fs "$T/$fs"
	for i in 0 1 2 3; do
		mkdir "$T/$fs/$i"
		watch $slot "$T/$fs/$i"
		watch $slot "$T/$fs/$i"
		slot=$((slot + 1))
	done
done
watches 24
unload_consumer
watches 0
for fs in tmpfs ext4 bpf; do
	rmdir "$T/$fs"/?
	expect_ok umount "$T/$fs"
done

step "removed while a callback is running"
load_consumer
expect_ok consumer "delay 0 1500"
watch 0 "$T/x"
watch 1 "$T/x"
bpfobj unlink "$T/x" &
unlinker=$!
wait_for sh -c "[ \"\$(awk '\$1 == 0 { print \$5 }' $consumer/slots)\" = 1 ]"
unload_consumer
watches 0
expect_ok wait $unlinker

step "bpfpin goes when nobody needs it"
unload_module
load_module
