# SPDX-License-Identifier: GPL-2.0-only
# what: what is attached to a pin's file in a cgroup, or tied to it, goes with that pin; so does what it is tied to

c=/sys/fs/cgroup/bpfpin-test
mkdir $c
mount_fs bpf "$T/bpf"

end()
{
	case $1 in
	rm) rm $c/bpf_map ;;
	unpin) expect_ok bpfpin unpin $c/bpf_map ;;
	rmdir) rmdir $c && mkdir $c ;;
	esac
}

step "attached to the file of a pin"
for how in rm unpin rmdir; do
	map=$(bpfobj pin map $c/bpf_map)
	link=$(bpfobj attach "link" $c/bpf_map one)
	prog=$(bpfobj attach prog $c/bpf_map two)
	expect_pins 3
	expect_same "$(bpfpin -j show file $c/bpf_map | jq -r '[.[].pin_name // "-"] | sort | join(" ")')" \
		"one two"
	expect_errno EEXIST bpfobj attach prog $c/bpf_map two
	alive prog "$prog"
	end $how
	gone map "$map"
	gone prog "$prog"
	gone "link" "$link"
	expect_pins 0
done

step "an entry of bpffs that is tied to the file"
for how in rm unpin rmdir; do
	bpfobj pin map $c/bpf_map >/dev/null
	prog=$(bpfobj pin prog "$T/bpf/prog")
	expect_ok bpfpin tie "$T/bpf/prog" to pinned $c/bpf_map
	end $how
	wait_gone prog "$prog"
	[ ! -e "$T/bpf/prog" ] || fail "the entry is still there"
	expect_pins 0
done

step "the file, tied to something else"
map=$(bpfobj pin map $c/bpf_map)
: >"$T/owner"
expect_ok bpfpin tie $c/bpf_map to file "$T/owner"
alive map "$map"
rm "$T/owner"
wait_gone map "$map"
[ ! -e $c/bpf_map ] || fail "the file is still there"
expect_pins 0

step "and untied again"
map=$(bpfobj pin map $c/bpf_map)
: >"$T/owner"
expect_ok bpfpin tie $c/bpf_map to file "$T/owner"
expect_ok bpfpin untie $c/bpf_map
rm "$T/owner"
sleep 1
alive map "$map"
rm $c/bpf_map
expect_fail bpfpin tie "$T/bpf" to pinned $c/cgroup.procs

step "a tie of it is dissolved by its end"
bpfobj pin map $c/bpf_map >/dev/null
: >"$T/owner"
expect_ok bpfpin tie $c/bpf_map to file "$T/owner"
rm $c/bpf_map
expect_same "$(bpfpin -j list ties)" "[]"
expect_pins 0

step "not to other files of a cgroup"
expect_errno EOPNOTSUPP bpfobj attach map $c/cgroup.procs name
as_user sh -c ': ' || fail "there is no user"
bpfobj pin map $c/bpf_map >/dev/null
expect_errno EACCES with_bpf bpfobj attach map $c/bpf_map name
rm $c/bpf_map
rmdir $c
expect_pins 0
