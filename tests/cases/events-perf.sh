# SPDX-License-Identifier: GPL-2.0-only
# what: perf lists, records, counts, filters and prints the tracepoints bpfpin_pinned and bpfpin_released

export HOME="$T" PAGER=cat
perf=$(perf list 'bpfpin:*' 2>/dev/null)
for event in bpfpin_pinned bpfpin_released; do
	case $perf in
	*"bpfpin:$event "*"[Tracepoint event]"*) ;;
	*) fail "perf list knows no $event: $perf" ;;
	esac
done

# What is done: four pins that end, each in another way.
cat >"$T/work" <<'END'
bpfobj pin map "$T/x" && rm "$T/x"
bpfobj pin prog "$T/x" && bpfioctl unpin-path "$T/x"
bpfmonitor attach-close socket 'some name'
mkdir /sys/fs/cgroup/bpfpin-perf
bpfmonitor attach /sys/fs/cgroup/bpfpin-perf one
rmdir /sys/fs/cgroup/bpfpin-perf
END
export T

step "record, and print"
expect_ok perf record -q -a -e 'bpfpin:*' -o "$T/data" sh -eu "$T/work" >/dev/null
perf script -i "$T/data" -F event,trace >"$T/said"
expect_same "$(sed 's/pin_id=[0-9]* //; s/object_id=[0-9]* //; s/^ *//; s/  */ /g' "$T/said")" \
"bpfpin:bpfpin_pinned: object_type=map object_subtype=2 object_name=bpfobj_map kind=file cause=none pin_name=
bpfpin:bpfpin_released: object_type=map object_subtype=2 object_name=bpfobj_map kind=file cause=unlink pin_name=
bpfpin:bpfpin_pinned: object_type=prog object_subtype=1 object_name=bpfobj_prog kind=file cause=none pin_name=
bpfpin:bpfpin_released: object_type=prog object_subtype=1 object_name=bpfobj_prog kind=file cause=unpin pin_name=
bpfpin:bpfpin_pinned: object_type=map object_subtype=2 object_name=bpfmonitor_map kind=transient cause=none pin_name=some name
bpfpin:bpfpin_released: object_type=map object_subtype=2 object_name=bpfmonitor_map kind=transient cause=close pin_name=some name
bpfpin:bpfpin_pinned: object_type=map object_subtype=2 object_name=bpfmonitor_map kind=cgroup cause=none pin_name=one
bpfpin:bpfpin_released: object_type=map object_subtype=2 object_name=bpfmonitor_map kind=cgroup cause=rmdir pin_name=one"
expect_same "$(sed -n 's/.* pin_id=\([0-9]*\) .*/\1/p' "$T/said" | sort -n | uniq -c |
	awk '{ print $1 }' | tr '\n' ' ')" "2 2 2 2 " "events of each pin"

step "count"
perf stat -x , -a -e bpfpin:bpfpin_pinned -e bpfpin:bpfpin_released -o "$T/counts" \
	sh -eu "$T/work" >/dev/null
expect_same "$(sed -n 's/^\([0-9]*\),.*\(bpfpin:[a-z_]*\),.*/\1 \2/p' "$T/counts" | tr '\n' ' ')" \
	"4 bpfpin:bpfpin_pinned 4 bpfpin:bpfpin_released "

step "only what was unpinned"
expect_ok perf record -q -a -e bpfpin:bpfpin_released --filter 'cause == 7' -o "$T/data" \
	sh -eu "$T/work" >/dev/null
expect_same "$(perf script -i "$T/data" -F trace | sed 's/.* \(cause=[a-z]*\) .*/\1/')" "cause=unpin"
