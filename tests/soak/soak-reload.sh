# SPDX-License-Identifier: GPL-2.0-only
# what: the module is removed a thousand times, after `unpin --all', while others pin, attach, tie, view and read
# timeout: 3600
. /tests/view.sh

rounds=1000

load_views
mount_fs tmpfs "$T/tmpfs"
cgroup=/sys/fs/cgroup/test/reload
mkdir $cgroup "$T/bpf/calls"

# What is not there while the module is not is no failure of these.

owners()
{
	mkdir $cgroup/owner
	bpfpin attach map id "$map" to cgroup $cgroup/owner name x &&
		bpfpin tie "$T/bpf/tied" to cgroup $cgroup/owner
	status=$?
	rmdir $cgroup/owner
	[ -e "$T/bpf/tied" ] || bpfobj pin map "$T/bpf/tied"
	return $status
}

views()
{
	bpfpin view add pinned "$progs/plain" at $cgroup/bpf.x inherit
	mkdir $cgroup/below
	cat $cgroup/bpf.x $cgroup/below/bpf.x
	status=$?
	rmdir $cgroup/below
	return $status
}

files()
{
	bpfobj pin map "$T/tmpfs/x" && bpfobj get "$T/tmpfs/x"
	status=$?
	rm -f "$T/tmpfs/x"
	return $status
}

# To these it makes no difference.
bpffs()
{
	bpfrace calls 0.5 "$T/bpf/calls" bpffs && return
	touch "$T/wrong"
	return 1
}

# against NAME: do that until the end, and note how often it worked.  Then it rests for longer
# than it took, or there is hardly a moment without a pin, and the module never goes; and
# maps that come and go without an end keep RCU so busy that loading takes ten times as long.
against()
{
	set +e
	worked=0
	while [ ! -e "$T/stop" ]; do
		# That takes less of the processors than trying all the time.
		if [ ! -d /sys/module/bpfpin ]; then
			sleep 0.1
		elif "$1"; then
			worked=$((worked + 1))
			sleep 1
		else
			sleep 0.3
		fi
	done >"$T/$1" 2>&1
	echo $worked >"$T/$1-worked"
}

map=$(bpfobj pin map "$T/bpf/map")
expect_ok bpfobj pin map "$T/bpf/tied"
for load in owners views files bpffs; do
	against $load &
done

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
	# They may come first.
	sleep 0.$((removed % 4))
	[ $((removed % 50)) != 0 ] || step "removed $removed times, refused $refused times"
done
: >"$T/stop"
wait
[ ! -e "$T/wrong" ] || fail "on bpffs: $(tail -n 1 "$T/bpffs")"
[ $refused -gt 10 ] || fail "refused only $refused times: nothing was held"
step "removed $removed times, refused $refused times; $ended lines of what was ended"
for load in owners views files bpffs; do
	worked=$(cat "$T/$load-worked")
	step "$load: worked $worked times"
	[ "$worked" -gt 10 ] || fail "$load hardly did anything: $(tail "$T/$load")"
done
expect_ok bpfpin unpin --all
expect_ok bpfpin untie --all
rm -f "$T/tmpfs"/*
expect_pins 0
rmdir $cgroup
