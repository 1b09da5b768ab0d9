# SPDX-License-Identifier: GPL-2.0-only
# what: if somebody else moves bpf_obj_get_user(): BPF_OBJ_GET stays as it is, the module says so, all else works

clash=/tests/modules/hook_clash.ko

step "somebody else was first"
unload_module
expect_ok insmod $clash
load_module
kernel_said "bpfpin: cannot extend bpf_obj_get_user (-16)" || fail "no warning in the log"
expect_same "$(bpfpin -j status | jq -c '[.get.supported, .get.errno, .pin.supported, .watch.supported]')" \
	'[false,16,true,true]'
expect_text '*BPF_OBJ_GET*not extended: a live patch or another module*' bpfpin status
expect_text '*BPF_OBJ_PIN*extended*' bpfpin status

step "pins can be made, listed and ended"
map=$(bpfobj pin map "$T/map")
prog=$(bpfobj pin prog "$T/prog")
link=$(bpfobj pin link "$T/link")
expect_errno EACCES bpfobj get "$T/map"
expect_text "map $map array name bpfobj_map" cat "$T/map"
expect_same "$(bpfpin -j list | jq -c 'map([.object_type, .object_id, .path])')" \
	"[[\"map\",$map,\"$T/map\"],[\"prog\",$prog,\"$T/prog\"],[\"link\",$link,\"$T/link\"]]"
expect_ok bpfpin unpin "$T/map"
gone map "$map"
expect_ok bpfpin unpin id "$(bpfpin -j show "$T/prog" | jq .id)"
gone prog "$prog"
[ ! -e "$T/prog" ] || fail "the file is still there"
rm "$T/link"
gone link "$link"

step "bpffs is as ever"
mount_fs bpf "$T/bpf"
id=$(bpfobj pin map "$T/bpf/x")
expect_text "map $id" bpfobj get "$T/bpf/x"
rm "$T/bpf/x"

step "all is well when it is loaded again without the other"
unload_module
expect_ok rmmod hook_clash
load_module
expect_same "$(bpfpin -j status | jq -c '[.get.supported, .pin.supported]')" '[true,true]'
id=$(bpfobj pin map "$T/x")
expect_text "map $id" bpfobj get "$T/x"

step "whoever comes second cannot have it, and nothing breaks"
expect_fail insmod $clash
expect_text '*busy*' echo "$output"
expect_text "map $id" bpfobj get "$T/x"
rm "$T/x"
gone map "$id"

step "and can when we are gone"
unload_module
expect_ok insmod $clash
expect_ok rmmod hook_clash
load_module
