# SPDX-License-Identifier: GPL-2.0-only
# what: neither drop_caches nor memory pressure ends a pin
# timeout: 540

# Reclaims all that the processes of this test have used: that of their files
# and inodes too.  The switch is on for this test only.
if grep -qw memory /sys/fs/cgroup/cgroup.controllers; then
	echo +memory >/sys/fs/cgroup/cgroup.subtree_control
else
	fail "no memory controller"
fi

pressure()
{
	# Fails when it cannot get that much, which it cannot.
	echo 512M >/sys/fs/cgroup/test/memory.reclaim 2>/dev/null || :
}

check_caches()
{
	prog=$(bpfobj pin prog "$2/prog")
	map=$(bpfobj pin map "$2/map")
	link=$(bpfobj pin link "$2/link")
	mkdir "$2/deep"
	array=$(bpfobj pin prog_array "$2/deep/array")
	: >"$2/ordinary"
	before=$(stat -c %i "$2/map")
	for _ in 1 2 3; do
		drop_caches
		echo 2 >/proc/sys/vm/drop_caches
		pressure
	done
	expect_pins 4
	alive prog "$prog"
	alive map "$map"
	alive link "$link"
	alive map "$array"
	expect_same "$(bpfobj get "$2/prog")" "prog $prog"
	expect_same "$(bpfobj get "$2/map")" "map $map"
	expect_same "$(bpfobj get "$2/link")" "link $link"
	expect_same "$(bpfobj get "$2/deep/array")" "map $array"
	expect_same "$(stat -c %i "$2/map")" "$before" "inode number"
	# Caches of names are dropped between each step of the end, too.
	drop_caches
	rm "$2/prog" "$2/link" "$2/deep/array"
	expect_pins 1
	drop_caches
	rm "$2/map"
	expect_pins 0
	for pair in "prog $prog" "map $map" "link $link" "prog_array $array"; do
		# shellcheck disable=SC2086 # two words
		gone $pair
	done
}

on_each_fs check_caches
echo -memory >/sys/fs/cgroup/cgroup.subtree_control
