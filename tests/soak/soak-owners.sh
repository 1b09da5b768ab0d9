# SPDX-License-Identifier: GPL-2.0-only
# what: owners of all kinds are born and die with pins, short of memory: nothing is left, nothing grows, a get costs the same
# timeout: 1200

warm_up=60 seconds=540

# A kernel that finds faults is ten times as slow, KASAN keeps what was freed for a while,
# and where the clock only ticks a get takes no time.
least=1000 memory=102 timed=1
case $(uname -r) in
*-debug) least=100 memory=120 timed='' ;;
esac

mount_fs bpf "$T/bpf"
mkdir "$T/files" "$T/bpf/soak"
mount -t tmpfs tmpfs "$T/files"
cgroup=/sys/fs/cgroup/test/soak
mkdir $cgroup

# Kilobytes of the kernel's own, once it has given back what it can.
kernel_memory()
{
	sync
	echo 3 >/proc/sys/vm/drop_caches
	sleep 3
	awk '/^(SUnreclaim|VmallocUsed|Percpu|KernelStack|PageTables):/ { sum += $2 } END { print sum }' /proc/meminfo
}

soak()
{
	bpfsoak "$1" "$T/files" "$T/bpf/soak" $cgroup >"$T/told" || fail "bpfsoak said $?"
	step "$1 seconds: $(tr '\n' ' ' <"$T/told")"
	expect_pins 0
	expect_same "$(ls "$T/files" "$T/bpf/soak"; find $cgroup -mindepth 1 -type d)" "$T/bpf/soak:

$T/files:" "files and cgroups left"
}

# at_most WHAT PERCENT AFTER BEFORE
at_most()
{
	step "$1: $4, and $3 in the end"
	[ "$4" -gt 0 ] || fail "$1: nothing was measured"
	[ "$3" -le $(($4 * $2 / 100)) ] || fail "$1 grew from $4 to $3"
}

soak $warm_up
before=$(kernel_memory)
soak $seconds
at_most "kilobytes of kernel memory" $memory "$(kernel_memory)" "$before"
[ -z "$timed" ] || at_most "thousandths of a get from bpffs that one of a pin takes" 110 \
	"$(awk '$1 == "get-after" { print $2 }' "$T/told")" \
	"$(awk '$1 == "get-before" { print $2 }' "$T/told")"
for kind in file socket netns cgroup; do
	[ "$(awk -v kind=$kind '$1 == kind { print $2 }' "$T/told")" -gt $least ] ||
		fail "not even $least of kind $kind"
done
rmdir $cgroup
