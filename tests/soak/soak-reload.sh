# SPDX-License-Identifier: GPL-2.0-only
# what: the module is removed a thousand times, after `unpin --all', while others pin, attach, tie, view and read
# timeout: 2400
. /tests/view.sh

rounds=1000

load_views
mount_fs tmpfs "$T/tmpfs"
cgroup=/sys/fs/cgroup/test/reload
mkdir $cgroup "$T/bpf/calls"

# What is not there while the module is not is no failure of these, so they say
# nothing; that they did something is seen by what there was to end.  They rest for longer
# than they work, or there is hardly a moment without a pin, and the module never goes.
rest=1

owners()
{
	while [ ! -e "$T/stop" ]; do
		mkdir $cgroup/owner
		bpfpin attach map id "$map" to cgroup $cgroup/owner name x
		bpfpin tie "$T/bpf/tied" to cgroup $cgroup/owner
		rmdir $cgroup/owner
		[ -e "$T/bpf/tied" ] || bpfobj pin map "$T/bpf/tied"
		sleep $rest
	done
}

views()
{
	while [ ! -e "$T/stop" ]; do
		bpfpin view add pinned "$progs/plain" at $cgroup/bpf.x inherit
		mkdir $cgroup/below
		cat $cgroup/bpf.x $cgroup/below/bpf.x
		rmdir $cgroup/below
		sleep $rest
	done
}

files()
{
	while [ ! -e "$T/stop" ]; do
		bpfobj pin map "$T/tmpfs/x"
		bpfobj get "$T/tmpfs/x"
		rm "$T/tmpfs/x"
		sleep $rest
	done
}

# To these it makes no difference.  They rest, too: maps that come and go without an end keep
# RCU so busy that loading the module takes ten times as long.
bpffs()
{
	while [ ! -e "$T/stop" ]; do
		bpfrace calls 0.5 "$T/bpf/calls" bpffs || : >"$T/wrong"
		sleep $rest
	done
}

map=$(bpfobj pin map "$T/bpf/map")
expect_ok bpfobj pin map "$T/bpf/tied"
owners >"$T/owners" 2>&1 &
views >"$T/views" 2>&1 &
files >"$T/files" 2>&1 &
bpffs >"$T/bpffs" 2>&1 &

removed=0 refused=0 ended=0
while [ $removed -lt $rounds ]; do
	until rmmod bpfpin 2>/dev/null; do
		refused=$((refused + 1))
		bpfpin unpin --all >"$T/unpinned" 2>&1 || :
		bpfpin untie --all >>"$T/unpinned" 2>&1 || :
		ended=$((ended + $(grep -c . "$T/unpinned")))
	done
	removed=$((removed + 1))
	[ ! -e "$T/wrong" ] || fail "on bpffs: $(tail -n 1 "$T/bpffs")"
	load_module
	# Up to the time in which each of the others comes by once.
	sleep 0.$((removed % 8))
	[ $((removed % 50)) != 0 ] || step "removed $removed times, refused $refused times"
done
: >"$T/stop"
wait
[ ! -e "$T/wrong" ] || fail "on bpffs: $(tail -n 1 "$T/bpffs")"
[ $refused -gt 10 ] || fail "refused only $refused times: nothing was held"
step "removed $removed times, refused $refused times"
expect_ok bpfpin unpin --all
expect_ok bpfpin untie --all
rm -f "$T/tmpfs"/*
expect_pins 0
rmdir $cgroup
