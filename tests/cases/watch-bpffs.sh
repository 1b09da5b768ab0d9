# SPDX-License-Identifier: GPL-2.0-only
# what: at the end of an inode of bpffs the callback gets the object, still alive, and its type
. /tests/watch.sh

load_consumer
mount_fs bpf "$T/bpf"
slot=0
for type in prog map link iter; do
	step "$type"
	case $type in
	prog) number=1 ;;
	map) number=2 ;;
	*) number=3 ;;
	esac

	id=$(bpfobj pin $type "$T/bpf/x")
	watch $slot "$T/bpf/x"
	expect_ok bpfobj rename "$T/bpf/x" "$T/bpf/y"
	drop_caches
	calls $slot 0 "after rename"
	alive $type "$id"
	rm "$T/bpf/y"
	calls $slot 1 "after unlink"
	expect_same "$(slot $slot type) $(slot $slot object)" "$number $id" "type and object"
	expect_same "$(slot $slot can_sleep)" 1 "in process context"
	wait_gone $type "$id"
	slot=$((slot + 1))

	step "$type: stopped"
	id=$(bpfobj pin $type "$T/bpf/x")
	watch $slot "$T/bpf/x"
	unwatch $slot
	rm "$T/bpf/x"
	calls $slot 0 "after it was stopped"
	wait_gone $type "$id"
	slot=$((slot + 1))
done

step "hard link"
id=$(bpfobj pin map "$T/bpf/x")
watch $slot "$T/bpf/x"
expect_ok bpfobj link "$T/bpf/x" "$T/bpf/y"
rm "$T/bpf/x"
calls $slot 0 "after the first unlink"
rm "$T/bpf/y"
calls $slot 1 "after the last unlink"
expect_same "$(slot $slot type) $(slot $slot object)" "2 $id" "type and object"
gone map "$id"
slot=$((slot + 1))

step "directory and symlink have no object"
mkdir "$T/bpf/d"
ln -s d "$T/bpf/l"
watch $slot "$T/bpf/d"
watch $((slot + 1)) "$T/bpf/l"
rmdir "$T/bpf/d"
rm "$T/bpf/l"
ended $slot "the directory"
ended $((slot + 1)) "the symlink"
slot=$((slot + 2))

step "umount"
prog=$(bpfobj pin prog "$T/bpf/prog")
map=$(bpfobj pin map "$T/bpf/map")
link=$(bpfobj pin link "$T/bpf/link")
watch $slot "$T/bpf/prog"
watch $((slot + 1)) "$T/bpf/map"
watch $((slot + 2)) "$T/bpf/link"
expect_ok umount "$T/bpf"
for i in 0 1 2; do
	calls $((slot + i)) 1 "after umount"
	expect_same "$(slot $((slot + i)) type)" $((i + 1)) "type"
done
expect_same "$(slot $slot object)" "$prog" "the program"
expect_same "$(slot $((slot + 1)) object)" "$map" "the map"
expect_same "$(slot $((slot + 2)) object)" "$link" "the link"
wait_gone prog "$prog"
wait_gone map "$map"
wait_gone link "$link"
unload_consumer
