# SPDX-License-Identifier: GPL-2.0-only
# what: a monitor is told once of each pin and once of its end, with the cause, before the system call returns

map='map 2 bpfobj_map' prog='prog 1 bpfobj_prog' link='link 1 -'
attached='map 2 bpfmonitor_map'

# told CAUSE KIND "OBJECT SUBTYPE NAME" SCRIPT [OPTION...]: the script makes one
# pin that ends for this reason; its first line of output ends in the object's id.
told()
{
	step "$1 of $2: ${3%% *}"
	cause=$1 kind=$2 object=${3%% *} rest=${3#* } script=$4
	shift 4
	bpfmonitor run "$@" sh -euc "{ $script; } >$T/said" >"$T/events" ||
		fail "this failed: $script"
	id=$(sed -n '1s/.* //; 1p' "$T/said")
	pin=$(head -n 1 "$T/events" | cut -d ' ' -f 3)
	{
		echo "pinned none $pin $object $id $rest $kind 0"
		echo "released $cause $pin $object $id $rest $kind 0"
	} >"$T/expected"
	diff -U 5 "$T/expected" "$T/events" || fail "other events than expected"
}

for fs in tmpfs ext4; do
	mount_empty $fs "$T/$fs"
	x=$T/$fs/x
	told unlink file "$map" "bpfobj pin map $x; rm $x"
	told unlink file "$prog" "bpfobj pin prog $x; rm $x"
	told unlink file "$link" "bpfobj pin link $x; rm $x"
	told unlink file "$map" "bpfobj pin map $x; ln $x $x.2; rm $x; rm $x.2"
	told unlink file "$map" "bpfobj pin map $x; exec 5<$x; rm $x; exec 5<&-"
	told unlink file "$map" "bpfobj pin map $x; : >$x.2; mv $x.2 $x; rm $x"
	told unpin file "$map" "bpfobj pin map $x; bpfioctl unpin-path $x"
	told unpin file "$map" "bpfobj pin map $x; exec 5<$x; bpfioctl unpin-path $x; exec 5<&-"
	told unpin file "$map" "bpfobj pin map $x; ln $x $x.2; bpfioctl unpin-path $x; rm $x.2"
	told unpin file "$map" "bpfobj pin map $x; pin=\$(bpfioctl file $x | cut -d ' ' -f 2)
		bpfioctl unpin-id \$pin; rm $x"
	told umount file "$link" "bpfobj pin link $x; umount $T/$fs"
	is_mounted "$T/$fs" && fail "it is still mounted"
done
# The disk is empty again for whoever comes next.
mount_empty ext4 "$T/ext4"
mount_empty tmpfs "$T/tmpfs"

told close transient "$attached" "bpfmonitor attach-close socket name"
told close transient "$attached" "bpfmonitor attach-close pipe name"
told unlink file "$attached" ": >$T/file; bpfmonitor attach $T/file name; rm $T/file"
told unpin file "$attached" ": >$T/file; bpfmonitor attach $T/file name | tee $T/ids
	bpfioctl unpin-id \$(cut -d ' ' -f 1 $T/ids); rm $T/file"

cgroup=/sys/fs/cgroup/bpfpin-events
told rmdir cgroup "$attached" "mkdir $cgroup; bpfmonitor attach $cgroup name; rmdir $cgroup"

# Beside files of its own: what ends with the file of a pin in a cgroup.
x=$cgroup/bpf
told unlink kernfs "$map" "mkdir $cgroup; bpfobj pin map $x; rm $x"
told unpin kernfs "$map" "bpfobj pin map $x; bpfioctl unpin-path $x"
told unpin kernfs "$prog" "bpfobj pin prog $x; pin=\$(bpfioctl file $x | cut -d ' ' -f 2)
	bpfioctl unpin-id \$pin"
told rmdir kernfs "$link" "bpfobj pin link $x; rmdir $cgroup"
# An unpin that is refused leaves no trace.
told unlink kernfs "$map" "mkdir $cgroup; bpfobj pin map $x
	! setpriv --reuid 1000 --regid 1000 --clear-groups --inh-caps "-all,+bpf" --ambient-caps "-all,+bpf" bpfioctl unpin-path $x 2>$T/refused; rm $x"
expect_same "$(cat "$T/refused")" "errno EACCES"
# A worker removes what is tied, and that ends it.
told tie kernfs "$map" "bpfobj pin map $x; : >$T/owner
	bpfioctl tie $x path $T/owner; rm $T/owner" --wait 2
wait_for test ! -e "$x"
rmdir $cgroup

# What is tied and is a pin itself: a worker removes it, and its file.
for fs in tmpfs ext4; do
	x=$T/$fs/x
	told tie file "$map" "bpfobj pin map $x; : >$T/owner
		bpfioctl tie $x path $T/owner; rm $T/owner" --wait 2
	wait_for test ! -e "$x"
	told tie file "$prog" "bpfobj pin prog $x; ln $x $x.2; : >$T/owner
		bpfioctl tie $x path $T/owner; rm $T/owner" --wait 2
	wait_for test ! -e "$x"
	# Of its two names the one that was tied has gone.
	[ -e "$x.2" ] || fail "the other name is gone"
	rm "$x.2"
done

modprobe dummy
told netdev netdev "$attached" "ip link add bpfpin0 type dummy
	bpfmonitor attach-netdev bpfpin0 name; ip link del bpfpin0"

# A worker ends a namespace.
told netns netns "$attached" "ip netns add events
	bpfmonitor attach /run/netns/events name; ip netns del events" --wait 2

step "what is no pin is not told"
: >"$T/ordinary"
mkdir "$T/full"
mount -t tmpfs -o nr_inodes=1 tmpfs "$T/full"
expect_text "" bpfmonitor run sh -c "exec 2>/dev/null
	bpfobj pin map $T/full/x; bpfobj pin map $T/ordinary; bpfobj pin map /proc/x
	mkdir $cgroup; bpfmonitor attach /sys/fs/cgroup name; rmdir $cgroup
	bpfioctl unpin-id 4294967295; bpfioctl unpin-path $T/ordinary
	exit 0"
