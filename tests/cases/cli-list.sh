# SPDX-License-Identifier: GPL-2.0-only
# what: bpfpin list and show tell all there is to tell of each pin, plainly and as JSON
# timeout: 540
. /tests/cli.sh

json '. == []' bpfpin -j list
json '. == []' bpfpin -p show
quiet list

mount_empty ext4 "$T/ext4"
before=$(date +%s)
prog=$(bpfobj pin prog "$T/prog")
map=$(as_user_with bpf bpfobj pin map "$T/map")
link=$(bpfobj pin link "$T/ext4/link")
# Who pinned is a process of its own: its name and id are known to itself.
pid=$(sh -c "echo \$\$; exec bpfobj pin prog_array $T/ext4/array" | head -n 1)
array=$(bpfobj get "$T/ext4/array" | cut -d ' ' -f 2)
after=$(($(date +%s) + 1))
tag=$(bpftool -j prog show id "$prog" | jq -r .tag)


step "JSON"
for option in -j -p --json --pretty; do
	json 'length == 4 and (map(.id) | . == sort and unique == .)' bpfpin $option list
done
json "map([.object_type, .object_id, .object_name, .object_subtype]) == [
	[\"prog\", $prog, \"bpfobj_prog\", \"socket_filter\"], [\"map\", $map, \"bpfobj_map\", \"array\"],
	[\"link\", $link, \"\", \"raw_tracepoint\"], [\"map\", $array, \"bpfobj_array\", \"prog_array\"]]" \
	bpfpin -j list
json "map(.path) == [\"$T/prog\", \"$T/map\", \"$T/ext4/link\", \"$T/ext4/array\"]" bpfpin -j list
json "map(.path_state) | unique == [\"found\"]" bpfpin -j list
json "map(.owner_kind) | unique == [\"file\"]" bpfpin -j list
json "map(.fs_type) == [\"tmpfs\", \"tmpfs\", \"ext4\", \"ext4\"]" bpfpin -j list
json "map(.uid) == [0, 1000, 0, 0]" bpfpin -j list
json "map(.comm) | unique == [\"bpfobj\"]" bpfpin -j list
json "map(.ino) == [$(stat -c %i "$T/prog"), $(stat -c %i "$T/map"), $(stat -c %i "$T/ext4/link"), $(stat -c %i "$T/ext4/array")]" \
	bpfpin -j list
for path in "$T/prog" "$T/ext4/link"; do
	mountinfo=$(awk -v m="${path%/*}" '$5 == m { dev = $3 } END { print dev }' /proc/self/mountinfo)
	json ".dev == \"$mountinfo\"" bpfpin -j show "$path"
done
json ".[0].object_tag == \"$tag\" and (.[1] | has(\"object_tag\") | not)" bpfpin -j list
json ".pid == $pid" bpfpin -j show "$T/ext4/array"
json "map(.pid) | min > 0" bpfpin -j list
json "map(.created_ns / 1000000000 | . >= $before - 1 and . <= $after) | all" bpfpin -j list
json "map((.created | fromdate) == (.created_ns / 1000000000 | floor)) | all" bpfpin -j list

step "plain"
expect_same "$(bpfpin list | head -n 1 | tr -s ' ' | sed 's/^ //')" \
	"ID TYPE OBJ-ID NAME OWNER FS DEV:INO PATH UID PID COMM WHEN"
expect_same "$(bpfpin list | wc -l)" 5
expect_same "$(bpfpin show | cksum)" "$(bpfpin list | cksum)" "show and list"
bpfpin list >"$T/list"
bpfpin -j list | jq -r '.[] | [.id, .object_type, .object_id, (if .object_name == "" then "-" else .object_name end),
	.owner_kind, .fs_type, "\(.dev):\(.ino)", .path, .uid, .pid, .comm, (.created | rtrimstr("Z"))] | join(" ")' >"$T/wanted"
tail -n 4 "$T/list" | tr -s ' ' | sed 's/^ //; s/ $//' >"$T/got"
diff "$T/wanted" "$T/got" || fail "the listing does not say what JSON says"

step "one"
id=$(pin_id "$T/map")
json ". == $(bpfpin -j list | jq -c '.[1]')" bpfpin -j show id "$id"
json ". == $(bpfpin -j list | jq -c '.[1]')" bpfpin -j show "$T/map"
ln -s map "$T/symlink"
json ".id == $id" bpfpin -j show "$T/symlink"
expect_same "$(bpfpin show id "$id" | tail -n 1 | tr -s ' ' | sed 's/^ //; s/ $//')" \
	"$(sed -n 2p "$T/wanted")"

step "what is no pin"
error "there is no pin with id 4000000000" show id 4000000000
error "there is no pin with id 0" show id 0
error "cannot look at $T/none: No such file or directory" show "$T/none"
error "$T/list is no pin" show "$T/list"
error "/proc/version is no pin, and cannot be one: its files are made up*" show /proc/version
mount_fs bpf "$T/bpf"
bpfobj pin map "$T/bpf/x" >/dev/null
error "$T/bpf/x is a pin of bpffs, which needs none of this: use bpftool" show "$T/bpf/x"

step "all that was pinned is released"
rm "$T/map"
json "map(.object_id) == [$prog, $link, $array]" bpfpin -j list
umount "$T/ext4"
json "map(.object_id) == [$prog]" bpfpin -j list
rm "$T/prog"
json '. == []' bpfpin -j list
