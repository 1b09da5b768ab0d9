# SPDX-License-Identifier: GPL-2.0-only
# what: an iterator link prints what it prints on bpffs, byte for byte
# timeout: 540

mount_fs bpf "$T/bpf"
# A thousand lines for each of three maps, so that one read is not all.
for map in 1 2 3; do
	bpfobj pin map "$T/bpf/map$map" >/dev/null
done
bpftool iter pin /tests/bpf/iter_many.bpf.o "$T/bpf/many" ||
	fail "cannot make the iterator"
id=$(bpfobj get "$T/bpf/many")
expect_same "${id% *}" link
id=${id#* }
iter=$(bpfobj pin iter "$T/bpf/iter")

check_iter()
{
	expect_ok bpfobj pin-id link "$id" "$2/many"
	expect_ok bpfobj pin-id link "$iter" "$2/iter"
	cat "$T/bpf/many" >"$T/model"
	cat "$2/many" >"$T/text"
	[ "$(wc -l <"$T/model")" -eq 3000 ] || fail "the iterator prints too little"
	cmp "$T/model" "$T/text" || fail "not what bpffs prints"
	dd if="$2/many" bs=7 2>/dev/null | cmp "$T/model" - || fail "not the same in small pieces"
	dd if="$2/many" bs=64k 2>/dev/null | cmp "$T/model" - || fail "not the same in large pieces"
	expect_same "$(cat "$2/iter")" bpfobj
	expect_same "$(bpfobj cat "$2/iter")" bpfobj
	# Each open is a run of its own.
	exec 8<"$2/many" 9<"$2/many"
	head -c 20 <&8 >/dev/null
	cmp "$T/model" - <&9 || fail "two readers disturb each other"
	exec 8<&- 9<&-
	expect_same "$(bpfobj get "$2/many")" "link $id"
	# Read to its end after the pin has ended.
	exec 9<"$2/many"
	expect_ok bpfpin unpin "$2/many" >/dev/null
	cmp "$T/model" - <&9 || fail "not the same after the pin has ended"
	exec 9<&-
	rm "$2/iter"
	expect_pins 0
	alive link "$id"
}

on_each_fs check_iter
rm "$T/bpf/many" "$T/bpf/iter"
gone link "$id"
