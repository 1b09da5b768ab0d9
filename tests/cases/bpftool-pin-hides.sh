# SPDX-License-Identifier: GPL-2.0-only
# what: what README warns of: bpftool's own pin mounts a bpffs over the folder, -n refuses; unmounted, the pins are there

mkdir "$T/folder"
id=$(bpfobj pin map "$T/folder/map")

step "with -n it refuses"
expect_fail bpftool -n map pin id "$id" "$T/folder/other"
! grep -q " $T/folder " /proc/mounts || fail "it mounted all the same"

step "without, it hides the folder"
expect_ok bpftool map pin id "$id" "$T/folder/other"
grep -q "^[^ ]* $T/folder bpf " /proc/mounts || fail "no bpffs: mend the README"
[ ! -e "$T/folder/map" ] || fail "it hides nothing: mend the README"
alive map "$id"

step "the cure"
rm "$T/folder/other"
umount "$T/folder"
expect_text "map $id *" cat "$T/folder/map"
rm "$T/folder/map"
gone map "$id"
