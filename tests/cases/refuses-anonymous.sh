# SPDX-License-Identifier: GPL-2.0-only
# what: what a descriptor without a name leads to is no pin and takes none
# timeout: 240

# By way of /proc/self/fd: of a process that has such a descriptor.
mount_fs tmpfs "$T/tmpfs"
for what in socket pipe memfd epoll map; do
	step "$what"
	expect_text "get EACCES rdonly EACCES pin EEXIST below ENOTDIR" anonfd $what
done
for what in userns netns; do
	step "$what, which nobody can write"
	expect_text "get EPERM rdonly EACCES pin EEXIST below ENOTDIR" anonfd $what
done
expect_pins 0

step "a folder and a pin by descriptor are what they are by name"
exec 9<"$T/tmpfs"
id=$(bpfobj pin map /proc/self/fd/9/pin)
exec 9<"$T/tmpfs/pin"
expect_same "$(bpfobj get /proc/self/fd/9)" "map $id"
expect_errno EEXIST bpfobj pin map /proc/self/fd/9
exec 9<&-
rm "$T/tmpfs/pin"
gone map "$id"
