# SPDX-License-Identifier: GPL-2.0-only
# what: an owner has any number of pins, told apart by name; a name is taken once for each owner, and free again at the pin's end
. /tests/owner.sh

mkdir /sys/fs/cgroup/test/a /sys/fs/cgroup/test/b
a=/sys/fs/cgroup/test/a b=/sys/fs/cgroup/test/b
long=$(printf '%255s' '' | tr ' ' n)

for name in x "with space" '...' .x "$(printf '\001\377')" "$long" "${long#n}"; do
	step "${name%"${name#?????????}"}"
	attach map $a "$name"
	first=$id
	expect_errno EEXIST bpfobj attach prog $a "$name"
	attach prog $b "$name"
	expect_text "map $first" bpfobj attached $a "$name"
	expect_text "prog $id" bpfobj attached $b "$name"
	expect_ok bpfioctl unpin-id "$(bpfobj pin-of $b "$name")" >/dev/null
	gone prog "$id"
	expect_errno ENOENT bpfobj attached $b "$name"
	attach map $b "$name"
	expect_text "map $id" bpfobj attached $b "$name"
done
expect_same "$(bpfioctl owner "$(bpfobj pin-of $a "$long")" | cut -d ' ' -f 6)" "$long"
expect_pins 14

step "names that are none"
for name in '' . .. / a/b /a a/ "n$long/"; do
	case $name in
	n*) errno=ENAMETOOLONG ;;
	*) errno=EINVAL ;;
	esac
	expect_errno $errno bpfobj attach map $a "$name"
	expect_errno $errno bpfobj attached $a "$name"
done
expect_errno ENAMETOOLONG bpfobj attach map $a "n$long"
expect_errno ENAMETOOLONG bpfobj attached $a "n$long"
expect_errno ENOENT bpfobj attached $a y
expect_pins 14

step "all of one owner end with it"
rmdir $a
expect_pins 7
gone map "$first"
rmdir $b
gone map "$id"
expect_pins 0
