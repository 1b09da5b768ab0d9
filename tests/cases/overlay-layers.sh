# SPDX-License-Identifier: GPL-2.0-only
# what: an overlay's pin is the overlay's: its upper file is not, and a lower pin stays its own
# timeout: 360

# On ext4, which keeps stamps.
mount_fs ext4 "$T/ext4"
rm -rf "$T/ext4/layers"
mkdir "$T/ext4/layers"
cd "$T/ext4/layers"
mkdir lower upper work top empty top3

lower=$(bpfobj pin map lower/lower)
mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work overlay top

step "the upper file of a pin of the overlay"
id=$(bpfobj pin map top/pin)
expect_same "$(bpfobj get top/pin)" "map $id"
expect_errno ESTALE bpfobj get upper/pin
expect_same "$(cat upper/pin)" ""
expect_fail bpfpin clean upper/pin
case $output in
*"a pin that lives"*) ;;
*) fail "clean of the upper file says: $output" ;;
esac
[ -e upper/pin ] || fail "clean took the upper file"
drop_caches
expect_same "$(bpfobj get top/pin)" "map $id"
bpfobj link top/pin top/second
drop_caches
expect_same "$(bpfobj get top/second)" "map $id"
expect_pins 2

step "a pin of the lower layer, seen through the overlay"
expect_same "$(bpfobj get lower/lower)" "map $lower"
expect_errno ESTALE bpfobj get top/lower
expect_same "$(bpfobj cat top/lower)" "map $lower array name bpfobj_map"
expect_fail bpfpin clean top/lower
[ -e lower/lower ] && [ -e top/lower ] || fail "clean took the lower file"
# What is written is a copy in the upper layer.
expect_ok chmod 644 top/lower
expect_ok bpfobj append top/lower text
expect_same "$(bpfobj cat top/lower)" text
expect_same "$(bpfobj get lower/lower)" "map $lower"
expect_same "$(cat lower/lower)" "map $lower array name bpfobj_map"
expect_errno ETXTBSY bpfobj open lower/lower w
expect_pins 2
rm top/lower
alive map "$lower"
expect_pins 2

step "a pin of the overlay in a lower overlay"
mkdir upper2 work2 top2
mount -t overlay -o lowerdir=top,upperdir=upper2,workdir=work2 overlay top2
expect_same "$(bpfobj get top/pin)" "map $id"
expect_errno ESTALE bpfobj get top2/pin
nested=$(bpfobj pin map top2/nested)
expect_same "$(bpfobj get top2/nested)" "map $nested"
rm top2/pin
expect_same "$(bpfobj get top/pin)" "map $id"
umount top2
gone map "$nested"
expect_pins 2

step "where the lower layer had a file that was removed"
echo text >lower/old
mount -t overlay -o lowerdir=lower,upperdir=upper2,workdir=work2 overlay top2
rm top2/old
whiteout=$(bpfobj pin map top2/old)
expect_same "$(bpfobj get top2/old)" "map $whiteout"
expect_same "$(cat top2/old)" "map $whiteout array name bpfobj_map"
expect_same "$(cat lower/old)" text
drop_caches
expect_same "$(bpfobj get top2/old)" "map $whiteout"
rm top2/old
expect_pins 2
gone map "$whiteout"
[ ! -e top2/old ] || fail "the lower file shines through"
umount top2
rm lower/old

for option in index=on metacopy=on,redirect_dir=on xino=on userxattr; do
	step "mounted with $option"
	mkdir upper3 work3
	mount -t overlay -o "lowerdir=empty,upperdir=upper3,workdir=work3,$option" overlay top3
	linked=$(bpfobj pin map top3/pin)
	bpfobj link top3/pin top3/second
	drop_caches
	rm top3/pin
	expect_same "$(bpfobj get top3/second)" "map $linked"
	expect_pins 3
	expect_errno ETXTBSY bpfobj truncate top3/second
	rm top3/second
	expect_pins 2
	gone map "$linked"
	umount top3
	rm -rf upper3 work3
done

step "without an upper layer"
mount -t overlay -o lowerdir=lower:empty overlay top3
expect_errno EROFS bpfobj pin map top3/pin
umount top3

umount top
expect_pins 1
gone map "$id"
expect_errno ESTALE bpfobj get upper/pin
expect_same "$(bpfpin clean upper/pin)" "removed upper/pin"
rm lower/lower
gone map "$lower"
cd "$T"
rm -rf "$T/ext4/layers"
umount "$T/ext4"
