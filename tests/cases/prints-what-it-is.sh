# SPDX-License-Identifier: GPL-2.0-only
# what: reading a pin's file gives one line that says what the object is
# timeout: 540

check_text()
{
	cd "$2"
	id=$(bpfobj pin map map)
	expect_same "$(cat map)" "map $id array name bpfobj_map"
	array=$(bpfobj pin prog_array array)
	expect_same "$(cat array)" "map $array prog_array name bpfobj_array"
	prog=$(bpfobj pin prog prog)
	tag=$(bpftool -j prog show id "$prog" | sed 's/.*"tag":"\([0-9a-f]*\)".*/\1/')
	expect_same "$(cat prog)" "prog $prog socket_filter name bpfobj_prog tag $tag"
	link=$(bpfobj pin link link)
	expect_same "$(cat link)" "link $link raw_tracepoint"

	# One line, whichever way it is read; the size says nothing, as in /proc.
	for file in map prog link array; do
		line=$(cat $file)
		expect_same "$(wc -l <$file)" 1 "lines"
		expect_same "$(stat -c %s $file)" 0 "size"
		expect_same "$(bpfobj cat $file)" "$line"
		expect_same "$(head -n 1 $file)" "$line"
		expect_same "$(dd if=$file bs=1 2>/dev/null)" "$line"
		expect_same "$(dd if=$file bs=1 skip=4 count=3 2>/dev/null)" \
			"$(printf '%s' "$line" | cut -c 5-7)"
		expect_ok cp $file "$T/copy"
		expect_same "$(cat "$T/copy")" "$line"
		expect_same "$(stat -c %s "$T/copy")" $((${#line} + 1)) "size of a copy"
		# an ordinary file
		expect_errno EACCES bpfobj get "$T/copy"
		rm "$T/copy"
		# sendfile(2) and splice(2)
		expect_same "$(fileop sendfile $file)" "$line"
		expect_same "$(fileop splice $file)" "$line"
	done
	# After a rename it is the same, for others it takes permission.
	bpfobj rename map moved
	expect_same "$(cat moved)" "map $id array name bpfobj_map"
	expect_errno EACCES as_user bpfobj cat moved
	chmod 604 moved
	expect_same "$(as_user bpfobj cat moved)" "map $id array name bpfobj_map"
	rm moved array prog link
	cd "$T"
	expect_pins 0
}

chmod 755 "$T"
on_each_fs check_text
