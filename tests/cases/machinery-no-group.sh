# SPDX-License-Identifier: GPL-2.0-only
# what: if fsnotify gives no group: the module loads and says so, pins outside bpffs are ENOMEM, all else is as ever
. /tests/watch.sh

mount_fs bpf "$T/bpf"
unload_module
expect_ok insmod /tests/modules/no_group.ko
load_module
kernel_said "bpfpin: cannot learn the end of anything (-12)" || fail "no warning in the log"

step "nothing can be pinned outside bpffs, and no file stays"
mount_empty ext4 "$T/ext4"
for type in prog map link; do
	for folder in "$T" "$T/ext4"; do
		expect_errno ENOMEM bpfobj pin $type "$folder/x"
		[ ! -e "$folder/x" ] || fail "a file was left in $folder"
	done
done
expect_same "$(bpfobj status)" "pins 0 watches 0"
: >"$T/file"
expect_errno EACCES bpfobj get "$T/file"
expect_errno ENOENT bpfobj get "$T/none"

step "no inode can be watched"
load_consumer
expect_errno ENOMEM consumer "watch 0 $T/file"
expect_errno ENOENT consumer "unwatch 0"
unload_consumer

step "bpffs is as ever"
id=$(bpfobj pin map "$T/bpf/x")
expect_text "map $id" bpfobj get "$T/bpf/x"
rm "$T/bpf/x"
gone map "$id"

step "the command tells"
expect_text '*watching files*does not work: Cannot allocate memory*' bpfpin status
expect_same "$(bpfpin -j status | jq -c '[.watch.supported, .watch.errno]')" '[false,12]'
expect_fail bpfpin pin map id 1 "$T/x"
expect_text '[[]]' bpfpin -j list
id=$(bpfobj pin map "$T/bpf/x")
expect_fail bpfpin pin map id "$id" "$T/y"
expect_text "Error: cannot pin to $T/y: Cannot allocate memory" echo "$output"
rm "$T/bpf/x"

step "all is well when it is loaded again"
unload_module
expect_ok rmmod no_group
load_module
id=$(bpfobj pin map "$T/x")
expect_text "map $id" bpfobj get "$T/x"
rm "$T/x"
gone map "$id"
