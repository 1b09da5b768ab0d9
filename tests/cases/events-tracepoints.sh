# SPDX-License-Identifier: GPL-2.0-only
# what: the tracepoints bpfpin_pinned and bpfpin_released tell the same as a monitor, in words

tracing=/sys/kernel/tracing
events=$tracing/events/bpfpin

# lines: what was traced, without what is before the name of the event.
lines()
{
	sed -n 's/.* \(bpfpin_[a-z]*: .*\)/\1/p' $tracing/trace
}

# expect_line LINE: the next line traced.
expect_line()
{
	count=$((count + 1))
	expect_same "$(lines | sed -n "${count}p")" "$1" "line $count"
}

# check_trace: with the events enabled.
check_trace()
{
	count=0
	echo >$tracing/trace
	id=$(bpfobj pin map "$T/x")
	pin=$(bpfioctl file "$T/x" | cut -d ' ' -f 2)
	rm "$T/x"
	what="object_type=map object_id=$id object_subtype=2 object_name=bpfobj_map kind=file"
	expect_line "bpfpin_pinned: pin_id=$pin $what cause=none pin_name="
	expect_line "bpfpin_released: pin_id=$pin $what cause=unlink pin_name="

	set -- "$(bpfmonitor attach-close socket 'some name')"
	what="object_type=map object_id=${1#* } object_subtype=2 object_name=bpfmonitor_map kind=transient"
	expect_line "bpfpin_pinned: pin_id=${1% *} $what cause=none pin_name=some name"
	expect_line "bpfpin_released: pin_id=${1% *} $what cause=close pin_name=some name"

	name=$(head -c 255 /dev/zero | tr '\0' n)
	set -- "$(bpfmonitor attach-close pipe "$name")"
	what="object_type=map object_id=${1#* } object_subtype=2 object_name=bpfmonitor_map kind=transient"
	expect_line "bpfpin_pinned: pin_id=${1% *} $what cause=none pin_name=$name"
	expect_line "bpfpin_released: pin_id=${1% *} $what cause=close pin_name=$name"

	id=$(bpfobj pin link "$T/x")
	pin=$(bpfioctl file "$T/x" | cut -d ' ' -f 2)
	expect_ok bpfioctl unpin-path "$T/x"
	what="object_type=link object_id=$id object_subtype=1 object_name= kind=file"
	expect_line "bpfpin_pinned: pin_id=$pin $what cause=none pin_name="
	expect_line "bpfpin_released: pin_id=$pin $what cause=unpin pin_name="
	expect_line ""
}

step "the formats, as perf reads them"
for event in bpfpin_pinned bpfpin_released; do
	format=$(cat $events/$event/format)
	for field in "u32 pin_id" "u32 object_type" "u32 object_id" "u32 object_subtype" \
		"u32 cause" "char object_name\[16\]" "char kind\[16\]" \
		"__data_loc char\[\] pin_name"; do
		echo "$format" | grep -q "field:$field;" || fail "$event has no $field: $format"
	done
	# A program cannot know the names of the kernel's numbers.
	for symbol in '{ 2, "map" }' '{ 0, "none" }' '{ 8, "tie" }'; do
		echo "$format" | grep -qF "$symbol" || fail "$event has no $symbol: $format"
	done
	echo "$format" | grep -q 'BPFPIN_' && fail "$event has a name without a number: $format"
	[ "$(cat $events/$event/id)" -gt 0 ] || fail "$event has no id"
done

step "nothing is traced that nobody asked for"
echo 0 >$events/enable
echo >$tracing/trace
id=$(bpfobj pin map "$T/x")
rm "$T/x"
expect_same "$(lines)" ""

step "all of it"
echo 1 >$events/enable
check_trace

step "only the ends"
echo 0 >$events/bpfpin_pinned/enable
echo >$tracing/trace
id=$(bpfobj pin map "$T/x")
rm "$T/x"
expect_same "$(lines | cut -d : -f 1)" bpfpin_released

step "by cause"
echo 'cause == 7' >$events/bpfpin_released/filter
echo >$tracing/trace
id=$(bpfobj pin map "$T/x")
rm "$T/x"
id=$(bpfobj pin map "$T/x")
expect_ok bpfioctl unpin-path "$T/x"
expect_same "$(lines | sed 's/.* object_id=\([0-9]*\) .*/\1/')" "$id"
echo 0 >$events/bpfpin_released/filter

step "with a monitor at the same time"
echo 1 >$events/enable
echo >$tracing/trace
expect_text "pinned none *released unlink *" bpfmonitor run \
	sh -c "bpfobj pin map $T/x >$T/id; rm $T/x"
expect_same "$(lines | cut -d : -f 1 | tr '\n' ' ')" "bpfpin_pinned bpfpin_released "

step "the module can be unloaded while the events are enabled, and loaded again"
expect_ok rmmod bpfpin
[ ! -e $events ] || fail "the events are still there"
load_module
echo 1 >$events/enable
check_trace
echo 0 >$events/enable
