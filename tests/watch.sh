# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# For the tests of the kernel interface: the module watch_consumer, driven.

consumer=/sys/kernel/debug/watch_consumer

# The file systems with inodes that can be watched, as mount_fs knows them, whose
# umount ends them.  The devtmpfs is one for the whole guest and stays.
# shellcheck disable=SC2034
watch_filesystems="tmpfs ramfs ext4 xfs btrfs overlay hugetlbfs"

load_consumer()
{
	expect_ok insmod /tests/modules/watch_consumer.ko
}

unload_consumer()
{
	expect_ok rmmod watch_consumer
}

# consumer COMMAND...: as bpfobj: an errno is told and gives exit code 3.
consumer()
{
	bpfobj append $consumer/control "$*"
}

# watch SLOT PATH, follow SLOT PATH, unwatch SLOT: has to work.
watch()
{
	expect_ok consumer "watch $1 $2"
}

follow()
{
	expect_ok consumer "follow $1 $2"
}

unwatch()
{
	expect_ok consumer "unwatch $1"
}

# slot SLOT FIELD: what the consumer knows of it.
slot()
{
	case $2 in
	calls) column=2 ;;
	type) column=3 ;;
	object) column=4 ;;
	running) column=5 ;;
	unwatch) column=6 ;;
	pid) column=7 ;;
	can_sleep) column=8 ;;
	esac
	awk -v slot="$1" -v column="$column" '$1 == slot { print $column }' $consumer/slots
}

# calls SLOT NUMBER [WHEN]: so often the callback has run to its end.
calls()
{
	expect_same "$(slot "$1" calls)" "$2" "callbacks of slot $1${3:+ $3}"
}

# watches NUMBER: the module knows that many, the pins' included.
watches()
{
	expect_same "$(bpfobj status | sed 's/.*watches //')" "$1" "watches alive"
}

# ended SLOT: it was called once, could sleep, and got no object.
ended()
{
	calls "$1" 1 "$2"
	expect_same "$(slot "$1" running)" 0 "callbacks running"
	expect_same "$(slot "$1" can_sleep)" 1 "in process context"
	expect_same "$(slot "$1" type) $(slot "$1" object)" "0 0" "type and object"
}
