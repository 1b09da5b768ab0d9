# SPDX-License-Identifier: GPL-2.0-only
# what: bpfpin status and version tell what the module can, which file systems take pins, and why not
# timeout: 540
. /tests/cli.sh

json '.pin.supported and .get.supported and .watch.supported' bpfpin -j status
json '.pins == 0 and .watches == 0' bpfpin -j status
id=$(bpfobj pin map "$T/x")
json '.pins == 1 and .watches == 1' bpfpin -p status
rm "$T/x"
json '.pins == 0 and .watches == 0' bpfpin -j status
json '.instance | test("^[0-9a-f]{32}$")' bpfpin -j status
first=$(bpfpin -j status | jq -r .instance)
expect_same "$(bpfpin -j status | jq -r .instance)" "$first" "instance"
unload_module
load_module
[ "$(bpfpin -j status | jq -r .instance)" != "$first" ] || fail "the same instance after a reload"

step "owner kinds"
for fs in $pin_filesystems; do
	json ".owner_kinds | map(select(.fs_type == \"$fs\")) | length == 1 and .[0].owner_kind == \"file\" and
		.[0].pin and .[0].watch and (.[0] | has(\"reason\") | not)" bpfpin -j status
	expect_same "$(bpfpin status | awk -v fs=$fs '$2 == fs { print $1, $3, $4 }')" "file yes yes"
done
for fs in nfs 9p fuse ceph cifs proc debugfs tracefs sysfs resctrl; do
	json ".owner_kinds | map(select(.fs_type == \"$fs\"))[0] | .pin == false and .watch == false and
		(.reason | length > 20)" bpfpin -j status
	bpfpin status | awk -v fs=$fs '$2 == fs { print $3, $4, NF }' | head -n 1 >"$T/row"
	read -r pin watch words <"$T/row"
	expect_same "$pin $watch" "no no" "$fs"
	[ "$words" -gt 8 ] || fail "no reason for $fs"
done
for fs in cgroup cgroup2; do
	json ".owner_kinds | map(select(.fs_type == \"$fs\"))[0] | .pin and .watch" bpfpin -j status
done
for fs in sockfs pipefs anon_inodefs nsfs; do
	json ".owner_kinds | map(select(.fs_type == \"$fs\"))[0] | .pin == false and .watch and
		(.reason | length > 20)" bpfpin -j status
done
json '.owner_kinds | map(select(.owner_kind == "netdev"))[0] | .pin == false and .watch' bpfpin -j status
json '.owner_kinds | map(select(.fs_type == "bpf"))[0] | .pin == false and .watch' bpfpin -j status
json '.owner_kinds | map(.stamp == (.fs_type | IN("ext4", "xfs", "btrfs", "overlay"))) | all' \
	bpfpin -j status

step "versions"
version=$(bpfpin -j status | jq -r .module_version)
json ".version == \"$version\" and .module_version == \"$version\" and .abi_version == 3" \
	bpfpin -j version
expect_text "bpfpin v$version
using libbpf v*
module $version" bpfpin version
expect_same "$(bpfpin -V)" "$(bpfpin version)"

step "a user may ask too"
as_user bpfpin -j status >"$T/.out" 2>"$T/.err" || fail "a user may not ask"
expect_json ".module_version == \"$version\" and .pins == 0" "status"
