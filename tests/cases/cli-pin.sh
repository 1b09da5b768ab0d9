# SPDX-License-Identifier: GPL-2.0-only
# what: bpfpin pin takes programs, maps and links by id, name, tag or pinned file, and says why it cannot
# timeout: 720
. /tests/cli.sh

mount_fs bpf "$T/bpf"
mount_empty ext4 "$T/ext4"
prog=$(bpfobj pin prog "$T/bpf/prog")
map=$(bpfobj pin map "$T/bpf/map")
link=$(bpfobj pin link "$T/bpf/link")
# The link has a program of the same name, of another type and tag or not.
tag=$(bpftool -j prog show id "$prog" | jq -r .tag)
name=bpfobj_map

# pinned TYPE ID SPEC...
pinned()
{
	type=$1 id=$2
	shift 2
	step "pin $type $*"
	quiet pin "$type" "$@" "$T/x"
	expect_text "$type $id" bpfobj get "$T/x"
	json ". == {object_type: \"$type\", object_id: $id, path: \"$T/ext4/x\"}" \
		bpfpin -j pin "$type" "$@" "$T/ext4/x"
	expect_text "$type $id" bpfobj get "$T/ext4/x"
	rm "$T/x" "$T/ext4/x"
	alive "$type" "$id"
}

pinned prog "$prog" id "$prog"
pinned map "$map" id "$map"
pinned link "$link" id "$link"
pinned map "$map" id "$(printf 0x%x "$map")"
pinned map "$map" name $name
pinned prog "$prog" pinned "$T/bpf/prog"
pinned map "$map" pinned "$T/bpf/map"
pinned link "$link" pinned "$T/bpf/link"
quiet pin map id "$map" "$T/first"
pinned map "$map" pinned "$T/first"
rm "$T/first"

step "a beginning will do"
quiet p m i "$map" "$T/x"
expect_text "map $map" bpfobj get "$T/x"
rm "$T/x"

step "two of one name or tag"
second=$(bpfobj pin map "$T/bpf/second")
error "2 maps have the name \"$name\", so say which by id: $map, $second" \
	pin map name $name "$T/x"
rm "$T/bpf/second"
gone map "$second"
second=$(bpfobj pin prog "$T/bpf/second")
error "? programs have the tag \"$tag\", so say which by id: *$prog*$second" \
	pin prog tag "$tag" "$T/x"
error "? programs have the name \"bpfobj_prog\", so say which by id: *$prog*$second" \
	pin prog name bpfobj_prog "$T/x"
rm "$T/bpf/second" "$T/bpf/link"
wait_gone prog "$second"
wait_gone link "$link"
# That of the link ends with it, a moment later.
wait_for sh -c "[ \$(bpfobj ids | grep -c prog) = \$(bpftool -j prog show | jq length) ]"
if [ "$(bpftool -j prog show | jq "map(select(.tag == \"$tag\")) | length")" = 1 ]; then
	pinned prog "$prog" tag "$tag"
	pinned prog "$prog" name bpfobj_prog
else
	fail "more programs of tag $tag: $(bpftool prog show)"
fi

step "what there is not"
error "there is no map with id 4000000000" pin map id 4000000000 "$T/x"
error "there is no program with id 0" pin prog id 0 "$T/x"
error "there is no link with id $link" pin link id "$link" "$T/x"
error 'there is no map with name "nobody"' pin map name nobody "$T/x"
error 'there is no program with tag "0123456789abcdef"' pin prog tag 0123456789abcdef "$T/x"
error "cannot open what is pinned at $T/none: No such file or directory" \
	pin map pinned "$T/none" "$T/x"
: >"$T/file"
error "cannot open what is pinned at $T/file: Permission denied" pin map pinned "$T/file" "$T/x"
error "what is pinned at $T/bpf/prog is no map" pin map pinned "$T/bpf/prog" "$T/x"

step "where it cannot be"
quiet pin map id "$map" "$T/x"
error "cannot pin to $T/x: there is a file already" pin map id "$map" "$T/x"
rm "$T/x"
error "cannot pin to $T/none/x: No such file or directory" pin map id "$map" "$T/none/x"
error "cannot pin to $T/file/x: Not a directory" pin map id "$map" "$T/file/x"
error "cannot pin to $T: there is a file already" pin map id "$map" "$T"
error "cannot pin to : No such file or directory" pin map id "$map" ""
mount -o remount,ro "$T/ext4"
error "cannot pin to $T/ext4/x: the file system is read-only" pin map id "$map" "$T/ext4/x"
mount_empty small "$T/small"
i=0
while touch "$T/small/$i" 2>/dev/null; do
	i=$((i + 1))
done
error "cannot pin to $T/small/x: No space left on device" pin map id "$map" "$T/small/x"
rm "$T/small"/?
mount_empty vfat "$T/vfat"
error "cannot pin to $T/vfat/x: nobody has shown yet*" pin map id "$map" "$T/vfat/x"
error "cannot pin to /proc/x: *" pin map id "$map" /proc/x
error "cannot pin to /sys/x: *" pin map id "$map" /sys/x
error "cannot pin to /sys/fs/cgroup/test/x: the name of a file there has to begin with *" \
	pin map id "$map" /sys/fs/cgroup/test/x
error "cannot pin to /sys/kernel/debug/x: its files are made up*" pin map id "$map" /sys/kernel/debug/x

step "bpffs is no worse than any other"
quiet pin map id "$map" "$T/bpf/y"
expect_text "map $map" bpfobj get "$T/bpf/y"
expect_same "$(bpfobj status)" "pins 0 watches 0"
