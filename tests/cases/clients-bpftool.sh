# SPDX-License-Identifier: GPL-2.0-only
# what: an unmodified bpftool shows, dumps and changes what is pinned outside bpffs, by file name
# timeout: 360

for fs in tmpfs ext4; do
	step "$fs"
	mount_empty $fs "$T/$fs"
	prog=$(bpfobj pin prog "$T/$fs/prog")
	map=$(bpfobj pin map "$T/$fs/map")
	link=$(bpfobj pin link "$T/$fs/link")
	expect_text "$prog: socket_filter  name bpfobj_prog  tag *" bpftool prog show pinned "$T/$fs/prog"
	expect_text "$map: array  name bpfobj_map*" bpftool map show pinned "$T/$fs/map"
	expect_text "$link: raw_tracepoint*" bpftool link show pinned "$T/$fs/link"
	expect_ok bpfobj write "$T/$fs/map" 42
	expect_text '*"0x2a"*' bpftool -j map dump pinned "$T/$fs/map"
	expect_ok bpftool map update pinned "$T/$fs/map" key 0 0 0 0 value 7 0 0 0
	expect_text 7 bpfobj read "$T/$fs/map"
	expect_text '*"0x07"*' bpftool -j map lookup pinned "$T/$fs/map" key 0 0 0 0
	expect_ok bpftool prog dump xlated pinned "$T/$fs/prog" >/dev/null

	step "$fs: what is no pin is the error it always was: these words are for EACCES"
	: >"$T/$fs/file"
	expect_fail bpftool map show pinned "$T/$fs/file"
	expect_text "Error: bpf obj get*: directory not in bpf file system (bpffs)" echo "$output"
	expect_fail bpftool map show pinned "$T/$fs/none"
	expect_text "Error: bpf obj get*: No such file or directory" echo "$output"
	expect_fail bpftool map show pinned "$T/$fs/prog"
	expect_text "Error: incorrect object type: prog" echo "$output"

	step "$fs: bpftool can pin from it to bpffs, and attach it to a cgroup"
	mount_fs bpf "$T/bpf"
	expect_ok bpftool map pin pinned "$T/$fs/map" "$T/bpf/map"
	rm "$T/$fs/map"
	alive map "$map"
	expect_text "7" bpfobj read "$T/bpf/map"
	rm "$T/bpf/map"
	gone map "$map"
	umount "$T/bpf"

	rm "$T/$fs/prog" "$T/$fs/link" "$T/$fs/file"
	gone prog "$prog"
	wait_gone link "$link"
	umount "$T/$fs"
done
