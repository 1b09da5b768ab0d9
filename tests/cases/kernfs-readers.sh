# SPDX-License-Identifier: GPL-2.0-only
# what: who has a cgroup's pin open reads it until the end, and gets ENODEV after that

c=/sys/fs/cgroup/bpfpin-test
mkdir $c

# ends COMMAND...: what it does to readers.
ends()
{
	step "$*"
	[ -d $c ] || mkdir $c
	map=$(bpfobj pin map $c/bpf-map)
	iter=$(bpfobj pin iter $c/bpf-iter)
	exec 4<$c/bpf-map 5<$c/bpf-map 6<$c/bpf-iter 7<$c/bpf-iter
	expect_text "map $map array name bpfobj_map" cat <&4
	expect_text "bpfobj*" cat <&6
	# A descriptor keeps no pin, and no rmdir waits for it.
	expect_ok "$@"
	gone map "$map"
	gone link "$iter"
	expect_pins 0
	for fd in 4 5 6 7; do
		expect_fail cat <&$fd
		case $output in
		*"No such device"*) ;;
		*) fail "descriptor $fd reads '$output'" ;;
		esac
	done
	expect_errno ENOENT bpfobj cat $c/bpf-map
	expect_same "$(stat -L -c %F /proc/self/fd/5)" "regular empty file"
	# Closing one reader before the end is no end.
	exec 4<&- 5<&- 6<&- 7<&-
}

unlink_both()
{
	rm $c/bpf-map $c/bpf-iter
}

unpin_both()
{
	bpfpin unpin $c/bpf-map && bpfpin unpin $c/bpf-iter
}

ends unlink_both
ends unpin_both
ends rmdir $c

step "a reader that goes does not end it"
mkdir $c
id=$(bpfobj pin map $c/bpf)
for _ in 1 2 3; do
	exec 4<$c/bpf 5<$c/bpf
	exec 4<&-
	alive map "$id"
	exec 5<&-
	alive map "$id"
done
expect_text "map $id" bpfobj get $c/bpf

step "one name after the other: each file is one of its own"
exec 4<$c/bpf
rm $c/bpf
gone map "$id"
id=$(bpfobj pin map $c/bpf)
expect_fail cat <&4
expect_same "$(cat $c/bpf)" "map $id array name bpfobj_map"
exec 4<&-
alive map "$id"
rmdir $c
gone map "$id"

step "the module goes while readers of text are left"
mkdir $c
id=$(bpfobj pin map $c/bpf)
exec 4<$c/bpf
expect_fail rmmod bpfpin
rm $c/bpf
unload_module
expect_fail cat <&4
exec 4<&-
load_module
rmdir $c
