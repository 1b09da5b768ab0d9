# SPDX-License-Identifier: GPL-2.0-only
# what: no pin and no watch in a btrfs subvolume, whose deletion no file is told of
# timeout: 270

mount_fs btrfs "$T/disk"
btrfs -q subvolume create "$T/disk/sub"
mkdir "$T/disk/sub/deep" "$T/disk/folder"

step "in the top level, in a folder too, there can be pins"
id=$(bpfobj pin map "$T/disk/folder/map")
rm "$T/disk/folder/map"
gone map "$id"

step "in a subvolume there cannot, at any depth"
for folder in sub sub/deep; do
	expect_errno EPERM bpfobj pin map "$T/disk/$folder/map"
	[ ! -e "$T/disk/$folder/map" ] || fail "a refused pin left a file"
done
dmesg | grep -q 'bpfpin: no pin on btrfs: a btrfs subvolume is deleted' ||
	fail "the log does not say why"

step "nor where the subvolume is mounted by itself"
mkdir "$T/sub"
mount -t btrfs -o subvol=sub /dev/scratch-btrfs "$T/sub"
expect_errno EPERM bpfobj pin map "$T/sub/map"
expect_errno EPERM bpfobj pin map "$T/sub/deep/map"

step "and the command says why"
read -r id holder <<-END
	$(bpfobj hold map)
END
expect_fail bpfpin pin map id "$id" "$T/sub/map"
case $output in
*subvolume*) ;;
*) fail "it does not: $output" ;;
esac
kill "$holder"
umount "$T/sub"
expect_ok btrfs -q subvolume delete "$T/disk/sub"
rmdir "$T/disk/folder"
