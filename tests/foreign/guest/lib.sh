# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# What all parts use in a guest.  /foreign/settings says which side this is: $side is
# `without' or `with'; and what must not be in the kernel's log, $splat.
#
# What they say leaves the guest as lines of their output:
#
#   RESULT	NAME	OUTCOME	a test; to be the same on both sides
#   CHECK	NAME	ok|WHY	of the module, on the side that has it; to be ok

. /foreign/settings

place=/foreign/place
bpffs=/sys/fs/bpf/foreign
view=bpf.foreign
# Has a list of what the tests are to find as they left it.
before=/foreign/before

# result NAME OUTCOME
result()
{
	printf 'RESULT\t%s\t%s\n' "$1" "$2"
}

# check NAME COMMAND...: it must work.
check()
{
	name=$1
	shift
	if why=$("$@" 2>&1); then
		why=ok
	else
		why=$(printf '%s' "failed: $why" | tr '\n\t' '  ')
	fi
	printf 'CHECK\t%s\t%s\n' "$name" "$why"
}

loaded()
{
	[ "$side" = with ]
}

# must COMMAND...: without it there is no test.
must()
{
	"$@" || {
		echo "Error: the guest cannot be prepared, this failed: $*"
		exit 1
	}
}

# prepare: what both sides have.  The one without the module has the same objects, in
# bpffs only.
prepare()
{
	[ -e /var ] || { must mkdir /var && must ln -s /run /var/run; }
	must mkdir -p "$place/tmpfs" "$place/ext4" "$place/xfs" "$bpffs/tied"
	must mount -t tmpfs tmpfs "$place/tmpfs"
	must mount -t ext4 /dev/scratch-ext4 "$place/ext4"
	must mount -t xfs /dev/scratch-xfs "$place/xfs"
	must bpftool prog loadall /foreign/view.bpf.o "$bpffs/progs" pinmaps "$bpffs/maps"
	must bpftool map create "$bpffs/tied/map" type array key 4 value 8 entries 1 name tied
	must mkdir /sys/fs/cgroup/foreign
	must ip netns add foreign
	# shellcheck disable=SC2216 # it has one, which is all that is wanted
	sleep 1000000 | sleep 1000000 &
	pipe=$!
	! loaded || load
}

# load: the module, and with it one of each that it can have.
load()
{
	must insmod /lib/bpfpin/bpfpin.ko
	must bpfpin pin prog pinned "$bpffs/progs/plain" "$place/tmpfs/prog"
	must bpfpin pin map pinned "$bpffs/maps/numbers" "$place/ext4/map"
	must bpfpin pin map pinned "$bpffs/maps/numbers" "$place/xfs/map"
	must bpfpin attach map pinned "$bpffs/maps/numbers" to netns foreign name numbers
	must bpfpin attach map pinned "$bpffs/maps/numbers" to cgroup /sys/fs/cgroup/foreign name numbers
	must bpfpin attach map pinned "$bpffs/maps/numbers" to fd "$pipe:0" name numbers
	must bpfpin tie "$bpffs/tied" to netns foreign
	must bpfpin view add pinned "$bpffs/progs/plain" at "/sys/fs/cgroup/$view" inherit
	state >"$before"
}

# state: what of it is there.  A name of a place can be another in the end.
state()
{
	bpfpin -j list | jq -c '.[] | [.id, .object_type, .object_id, .owner_kind]'
	bpfpin -j list ties | jq -c '.[] | [.id]'
	bpfpin -j view list | jq -c '.[] | [.id, .object_id]'
	bpftool -j map show pinned "$place/ext4/map" | jq -c '[.id, .type]'
	bpftool -j map show pinned "$place/xfs/map" | jq -c '[.id, .type]'
	bpftool -j prog show pinned "$place/tmpfs/prog" | jq -c '[.id, .tag]'
}

same_state()
{
	state 2>&1 | diff "$before" -
}

# views: each cgroup has the file, and it is of that cgroup.
views()
{
	find /sys/fs/cgroup -type d | while read -r cgroup; do
		grep -q "^cgroup $(stat -c %i "$cgroup") " "$cgroup/$view" ||
			[ ! -d "$cgroup" ] || echo "$cgroup has no view"
	done | grep . && return 1
	return 0
}

# complaints: what the kernel's log has, without what differs each time.
complaints()
{
	dmesg | grep -E "$splat" |
		sed 's/^\[[^]]*\] *//; s/0x[0-9a-f]*//g; s/\(PID\|CPU\): *[0-9]*//g; s/[0-9]\{3,\}//g' |
		sort -u | tr '\n\t' '; '
}

no_complaint()
{
	! dmesg | grep -E "$splat" | grep -q bpfpin
}

log_result()
{
	complaint=$(complaints)
	result kernel-log "${complaint:-clean}"
}

# intact: the module is as it was, and does what it did.
intact()
{
	check pins-ties-and-views-are-there same_state
	check each-cgroup-has-its-view views
}

# unload: it goes.
unload()
{
	check untie bpfpin untie --all
	check unpin bpfpin unpin --all
	check unload rmmod bpfpin
	check no-word-of-it-in-a-complaint no_complaint
}
