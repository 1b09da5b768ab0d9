# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# For the tests of owners that are there already and of what is attached to them.

# start_tool [COMMAND...]: a process, $tool, that does what `tell' says; see
# tests/tools/fdtool.c.  COMMAND is to run it with.
start_tool()
{
	rm -f "$T/.tell" "$T/.told"
	mkfifo "$T/.tell" "$T/.told"
	"$@" fdtool <"$T/.tell" >"$T/.told" &
	starter=$!
	exec 8>"$T/.tell" 9<"$T/.told"
	tell pid
	tool=$told
}

# tell COMMAND...: the system call has returned when this does, and worked; what
# it gave is in $told.
tell()
{
	echo "$*" >&8
	IFS= read -r told <&9 || fail "fdtool is gone: $*"
	case $told in
	errno*) fail "$told: $*" ;;
	esac
}

# end_tool: when this returns it has been waited for.
end_tool()
{
	exec 8>&- 9<&-
	wait "$starter" || fail "fdtool said $?"
}

# kill_tool: the same, with violence.
kill_tool()
{
	kill -KILL "$tool"
	wait "$starter" 2>/dev/null || :
	exec 8>&- 9<&-
}

# attach [TYPE] OWNER NAME: $id is the object's, which nothing but the pin holds.
attach()
{
	[ $# = 3 ] || set -- map "$@"
	id=$(bpfobj attach "$1" "$2" "$3" 2>&1) || fail "cannot attach $1 to $2: $id"
	alive "$1" "$id"
}

# pins NUMBER: wait for it, where the end of the owner is not told at once.
wait_pins()
{
	wait_for sh -c "[ \"\$(bpfobj status)\" = 'pins $1 watches $1' ]"
}

# new_device NAME: a network device; one that a test which failed has left goes.
new_device()
{
	[ ! -e "/sys/class/net/$1" ] || ip link del "$1"
	ip link add "$1" type dummy
}

# start_in DIRECTORY COMMAND...: runs it in that cgroup, in the background: $!
start_in()
{
	directory=$1
	shift
	# shellcheck disable=SC2016 # for the shell that is started
	sh -c 'echo $$ >"$1/cgroup.procs" && shift && exec "$@"' sh "$directory" "$@" &
}

# eat_memory: what memory pressure can take away is gone after this.
eat_memory()
{
	free=$(awk '/^MemAvailable:/ { print int($2 / 1024) }' /proc/meminfo)
	mount -t tmpfs -o "size=$((free * 9 / 10))m" tmpfs "$(mktemp -d "$T/eaten.XXXXXX")"
	dd if=/dev/zero of="$T"/eaten.*/x bs=1M 2>/dev/null || :
	umount "$T"/eaten.*
	rmdir "$T"/eaten.*
	drop_caches
}
