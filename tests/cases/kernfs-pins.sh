# SPDX-License-Identifier: GPL-2.0-only
# what: file pins in cgroup directories: what they print, and their end by rm, rmdir and unpin

c=/sys/fs/cgroup/bpfpin-test
mkdir $c

step "each type prints what it prints elsewhere"
mount_fs bpf "$T/bpf"
for type in map prog_array prog link iter; do
	object=$(type_of $type)
	id=$(bpfobj pin $type $c/bpf_$type)
	expect_ok bpfobj pin-id "$object" "$id" "$T/$type"
	expect_same "$(bpfobj get $c/bpf_$type)" "$object $id"
	expect_same "$(cat $c/bpf_$type)" "$(cat "$T/$type")"
	[ "$(wc -l <$c/bpf_$type)" -ge 1 ] || fail "$type prints nothing"
	expect_same "$(dd if=$c/bpf_$type bs=1 2>/dev/null)" "$(cat "$T/$type")"
	expect_same "$(fileop splice $c/bpf_$type 2>&1)" "$(fileop splice "$T/$type" 2>&1)"
	expect_same "$(bpfpin -j show $c/bpf_$type | jq -r .path)" $c/bpf_$type
	rm "$T/$type"
	alive $type "$id"
	rm $c/bpf_$type
	gone $type "$id"
	expect_errno ENOENT bpfobj get $c/bpf_$type
	expect_errno ENOENT bpfobj cat $c/bpf_$type
	expect_pins 0
done

step "an iterator that prints much, byte for byte"
# It prints for three maps: there must be so many all the time.
for map in 1 2 3; do
	bpfobj pin map "$T/bpf/map$map" >/dev/null
done
bpftool iter pin /tests/bpf/iter_many.bpf.o "$T/bpf/many"
cat "$T/bpf/many" >"$T/model"
expect_ok bpfobj repin "$T/bpf/many" $c/bpf-many
for size in 1 100 4096 100000; do
	[ $size -gt 1 ] || continue
	dd if=$c/bpf-many bs=$size 2>/dev/null >"$T/copy"
	expect_ok cmp "$T/copy" "$T/model"
done
rm "$T/bpf/many" "$T"/bpf/map? $c/bpf-many
expect_pins 0

step "unpin by path and by id remove the file"
for how in path id; do
	id=$(bpfobj pin map $c/bpf_map)
	if [ $how = path ]; then
		expect_ok bpfpin unpin $c/bpf_map
	else
		expect_ok bpfioctl unpin-id "$(bpfpin -j show $c/bpf_map | jq .id)"
	fi
	gone map "$id"
	[ ! -e $c/bpf_map ] || fail "the file is still there"
	expect_pins 0
done

step "rmdir ends them all, a populated cgroup none"
map=$(bpfobj pin map $c/bpf_map)
prog=$(bpfobj pin prog $c/bpf_prog)
link=$(bpfobj pin link $c/bpf_link)
mkdir $c/below
below=$(bpfobj pin map $c/below/bpf_map)
expect_pins 4
expect_fail rmdir $c
alive map "$map"
rmdir $c/below
gone map "$below"
expect_pins 3
rmdir $c
gone map "$map"
gone prog "$prog"
gone link "$link"
expect_pins 0

step "in the root it lives until it is removed"
id=$(bpfobj pin map /sys/fs/cgroup/bpfpin-root)
expect_text "map $id" bpfobj get /sys/fs/cgroup/bpfpin-root
rm /sys/fs/cgroup/bpfpin-root
gone map "$id"

step "memory pressure and a dead maker do not end it"
mkdir $c
id=$(bpfobj pin map $c/bpf_map)
for _ in 1 2 3; do
	drop_caches
	ls -l $c >/dev/null
done
expect_text "map $id" bpfobj get $c/bpf_map
rm $c/bpf_map
gone map "$id"

step "many in one directory, removed one by one"
i=0
while [ $i -lt 100 ]; do
	echo "ok pin map $c/bpf$i"
	i=$((i + 1))
done >"$T/many"
expect_calls <"$T/many"
expect_pins 100
sed 's/pin map/unlink/' "$T/many" | expect_calls
expect_pins 0
rmdir $c
