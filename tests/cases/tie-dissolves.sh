# SPDX-License-Identifier: GPL-2.0-only
# what: a tie ends without removing anything when its target is removed or unmounted, or by untie
# timeout: 240
. /tests/tie.sh

mount_fs bpf "$T/bpf"

step "removed by hand"
seven "$T/bpf/d"
: >"$T/owner"
tie "$T/bpf/d" path "$T/owner"
ties 1 2
rm -r "$T/bpf/d"
expect_same "$(bpfioctl ties -)" "0 0" "when rmdir returns"
expect_errno ENOENT bpfioctl tie-info "$tie"
expect_errno ENOENT bpfioctl untie "$tie"
seven_gone
seven "$T/bpf/d"
rm "$T/owner"
seven_alive

step "umount is not busy"
: >"$T/owner"
tie "$T/bpf/d" path "$T/owner"
tie "$T/bpf/d/a" path "$T/owner"
tie "$T/bpf/d/deep/deeper" path "$T/owner"
ties 3 6
drop_caches
expect_ok umount "$T/bpf"
expect_same "$(bpfioctl ties -)" "0 0" "when umount returns"
seven_gone
rm "$T/owner"

step "a second mount keeps it"
mount_fs bpf "$T/bpf"
mkdir "$T/second"
mount --bind "$T/bpf" "$T/second"
seven "$T/bpf/d"
: >"$T/owner"
tie "$T/bpf/d" path "$T/owner"
expect_ok umount "$T/bpf"
ties 1 2
rm "$T/owner"
vanished "$T/second/d"
seven_gone
umount "$T/second"

step "umount of the owner's file system with the target's alive and both gone at once"
mount_fs bpf "$T/bpf"
seven "$T/bpf/d"
mkdir "$T/bpf/owner"
tie "$T/bpf/d" path "$T/bpf/owner"
expect_ok umount "$T/bpf"
ties 0 0
seven_gone

step "the last mount goes while a descriptor holds it"
mount_fs bpf "$T/bpf"
seven "$T/bpf/d"
: >"$T/owner"
tie "$T/bpf/d" path "$T/owner"
exec 5<"$T/bpf"
umount -l "$T/bpf"
ties 1 2
rm "$T/owner"
ties 0 0
seven_gone
exec 5<&-

step "untie by id and by path"
mount_fs bpf "$T/bpf"
seven "$T/bpf/d"
: >"$T/owner"
tie "$T/bpf/d" path "$T/owner"
expect_text 1 bpfioctl untie "$tie"
ties 0 0
expect_errno ENOENT bpfioctl untie "$tie"
for i in 1 2 3; do
	: >"$T/owner$i"
	tie "$T/bpf/d" path "$T/owner$i"
done
tie "$T/bpf/d/deep" path "$T/owner"
ties 4 8
expect_text 3 bpfioctl untie-path "$T/bpf/d"
ties 1 2
expect_errno ENOENT bpfioctl untie-path "$T/bpf/d"
expect_errno ENOENT bpfioctl untie-path "$T/bpf/none"
expect_errno ENOTDIR bpfioctl untie-path "$T/bpf/d/a/x"
rm "$T/owner1" "$T/owner2" "$T/owner3"
seven_alive
ln -s d "$T/bpf/l"
expect_errno ENOENT bpfioctl untie-path "$T/bpf/l"
rm "$T/owner"
vanished "$T/bpf/d/deep"
ties 0 0
rm -r "$T/bpf/d"
seven_gone

step "several owners: the first that ends"
seven "$T/bpf/d"
for i in 1 2 3; do
	: >"$T/owner$i"
	tie "$T/bpf/d" path "$T/owner$i"
done
ties 3 6
rm "$T/owner2"
vanished "$T/bpf/d"
ties 0 0
seven_gone
rm "$T/owner1" "$T/owner3"

step "the same owner twice"
seven "$T/bpf/d"
: >"$T/owner"
tie "$T/bpf/d" path "$T/owner"
tie "$T/bpf/d" path "$T/owner"
ties 2 4
rm "$T/owner"
vanished "$T/bpf/d"
ties 0 0

step "in a chain: an end by a tie is an end"
mkdir "$T/bpf/1" "$T/bpf/2" "$T/bpf/3"
: >"$T/owner"
tie "$T/bpf/1" path "$T/owner"
tie "$T/bpf/2" path "$T/bpf/1"
tie "$T/bpf/3" path "$T/bpf/2"
rm "$T/owner"
vanished "$T/bpf/3"
ties 0 0
expect_same "$(ls "$T/bpf")" l

step "in a circle"
mkdir "$T/bpf/1" "$T/bpf/2"
tie "$T/bpf/1" path "$T/bpf/2"
tie "$T/bpf/2" path "$T/bpf/1"
ties 2 4
rmdir "$T/bpf/1"
vanished "$T/bpf/2"
ties 0 0

step "many on one owner"
: >"$T/owner"
for i in $(seq 200); do
	mkdir "$T/bpf/many$i"
	ln -s x "$T/bpf/many$i/l"
	bpfioctl tie "$T/bpf/many$i" path "$T/owner"
done >/dev/null
ties 200 400
rm "$T/owner" "$T/bpf/l"
vanished "$T"/bpf/many*
ties 0 0
expect_same "$(ls "$T/bpf")" ""
