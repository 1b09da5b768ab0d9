# SPDX-License-Identifier: GPL-2.0-only
# what: no address of the kernel's is in anything that the module prints: texts of pins and views, listings, events, what is traced, the log
. /tests/owner.sh
. /tests/view.sh

cgroup=/sys/fs/cgroup/test
tracing=/sys/kernel/tracing
# The upper half of the addresses, with and without what is before and behind.
address='[fF]{4}[89a-fA-F][0-9a-fA-F]{11}'

# clean WHAT: standard input has none, and something.
clean()
{
	cat >"$T/text"
	[ -s "$T/text" ] || fail "$1 says nothing"
	! grep -nE "$address" "$T/text" || fail "$1 has an address"
}

step "what would be one is found"
echo 'a 0xffff888012345678 b' | grep -qE "$address" || fail "not the direct map"
echo 'ffffffffc0a01234' | grep -qE "$address" || fail "not a module"

load_views
echo >$tracing/trace
echo 1 >$tracing/events/bpfpin/enable
dmesg -c >/dev/null 2>&1 || :

step "texts"
mkdir "$T/fs" $cgroup/a
for type in map prog prog_array link iter cgroup_link cgroup_iter; do
	bpfobj pin $type "$T/fs/$type" >/dev/null
	# Its first lines: an iterator over cgroups writes one for each.
	head -c 65536 "$T/fs/$type" | clean "the text of a $type"
done
expect_ok bpfioctl view "$progs/plain" $cgroup/a/bpf.view inherit >/dev/null
clean "a view" <$cgroup/a/bpf.view
bpfobj pin map $cgroup/a/bpf-map >/dev/null
clean "a pin in a cgroup" <$cgroup/a/bpf-map

step "listings"
: >"$T/owner"
start_tool
tell socket udp
bpfobj attach map "fd:$tool:$told" name >/dev/null
tell netns
bpfobj attach map "/proc/$tool/ns/net" name >/dev/null
bpfobj attach map "$T/owner" name >/dev/null
bpfobj attach map $cgroup/a name >/dev/null
mkdir "$T/bpf/tied"
expect_ok bpfioctl tie "$T/bpf/tied" path "$T/owner" >/dev/null
for what in "list" "-j list" "list ties" "-j list ties" "view list" "-j view list" "status" \
	"-j status" "show $T/fs/map" "-j show $T/fs/map" "show cgroup $cgroup/a"; do
	# shellcheck disable=SC2086 # words
	bpfpin $what | clean "bpfpin $what"
done
bpfioctl next 0 | clean "INFO"
bpfioctl tie-next 0 | clean "TIE_INFO"

step "a descriptor of the device, of a monitor, of a pin's file"
exec 5</dev/bpfpin 6<"$T/fs/map" 7<$cgroup/a/bpf.view
for fd in 5 6 7; do
	clean "/proc/PID/fdinfo" <"/proc/$$/fdinfo/$fd"
done
exec 5<&- 6<&- 7<&-
holder=$(bpfmonitor hold)
cat "/proc/$holder"/fdinfo/* | clean "fdinfo of a monitor"
kill -KILL "$holder"

step "events and what is traced"
bpfmonitor run sh -c "bpfobj pin map $T/fs/x >/dev/null; rm $T/fs/x" | clean "a monitor"
rm -r "$T/fs" "$T/owner"
end_tool
rmdir $cgroup/a
clean "trace" <$tracing/trace
echo 0 >$tracing/events/bpfpin/enable
cat $tracing/events/bpfpin/*/format | clean "the formats of events"

step "the log, refusals included"
bpfobj pin map /sys/kernel/x 2>/dev/null || :
bpfobj attach map /proc/self/ns/mnt x 2>/dev/null || :
bpfobj attach map /proc/version x 2>/dev/null || :
{ echo log; dmesg | grep bpfpin; } | clean "the log"

step "/proc and /sys, by who may not see the kernel's addresses anyhow"
as_user cat /proc/modules | grep '^bpfpin ' | clean "/proc/modules"
as_user grep -rs . /sys/module/bpfpin /sys/class/misc/bpfpin/ | clean "/sys"
as_user cat /proc/misc | clean "/proc/misc"
as_user grep bpfpin /proc/kallsyms | clean "/proc/kallsyms"
expect_ok wait_pins 0
