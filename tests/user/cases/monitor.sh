# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Following what happens; read by tests/user/run.

events() {
	cat <<-'END'
	event type=1 pin=5 otype=1 oid=3 sub=6 time=1700000000123456789 name=drop kind=cgroup
	event type=2 cause=4 pin=5 otype=1 oid=3 sub=6 time=1700000001000000000 name=drop kind=cgroup
	event type=2 cause=8 lost=3 pin=6 otype=3 oid=8 sub=2 time=1700000002000000001 kind=netdev
	event type=2 cause=1 lost=1 pin=7 otype=2 oid=4 sub=1 time=1700000002000000001 name=a\x0a\x1b\xff kind=file
	END
}

t_monitor() {
	events | fake
	bpfpin monitor --count 4
	is_rc 0; no_err
	is_out '2023-11-14T22:13:20.123456 pinned   5 prog 3 drop cgroup -
2023-11-14T22:13:21.000000 released 5 prog 3 drop cgroup rmdir
3 events lost
2023-11-14T22:13:22.000000 released 6 link 8 - netdev tie
1 event lost
2023-11-14T22:13:22.000000 released 7 map 4 a\x0a\x1b\xff file unlink'
	logged MONITOR
	bpfpin m -c 2; is_rc 0
	[ "$(wc -l <"$out")" = 2 ] || bad "printed $(cat "$out")"
	bpfpin -c1 monitor; is_rc 0
	[ "$(wc -l <"$out")" = 1 ] || bad "printed $(cat "$out")"
}

t_monitor_json() {
	events | fake
	bpfpin -j monitor --count=4
	is_rc 0; no_err
	[ "$(wc -l <"$out")" = 4 ] || bad "not one line for each: $(cat "$out")"
	jq -es 'length == 4 and .[0] == {
		time: "2023-11-14T22:13:20Z", time_ns: .[0].time_ns, event: "pinned", id: 5,
		object_type: "prog", object_id: 3, object_name: "drop", object_subtype: "xdp",
		owner_kind: "cgroup", cause: null, lost: 0
	} and .[1].cause == "rmdir" and .[2].lost == 3 and .[2].object_name == "" and
	.[2].object_subtype == "tracing" and
	.[3].object_name == "a\n\u001b\ufffd" and .[3].object_name_bytes == "610a1bff"' "$out" >/dev/null ||
		bad "printed $(cat "$out")"
	grep -q '"time_ns":1700000000123456789' "$out" || bad "time_ns was rounded"
	bpfpin -p monitor -c 1; is_rc 0; is_json '.id == 5'
}

t_monitor_causes() {
	local i=0
	for ((i = 0; i <= 9; i++)); do echo "event type=2 cause=$i pin=1"; done | fake
	bpfpin monitor -c 10
	[ "$(awk '{ printf "%s ", $NF }' "$out")" = 'none unlink close umount rmdir netns netdev unpin tie 9 ' ] ||
		bad "printed $(cat "$out")"
	# what a newer module tells, and what was no pin's
	{ echo 'event type=7 otype=9 pin=1'; echo 'event type=2 cause=8 pin=0 otype=0'; } | fake
	bpfpin monitor -c 2
	grep -q ' 7        1 9 0 - - none$' "$out" && grep -q ' released 0 - 0 - - tie$' "$out" || bad "printed $(cat "$out")"
	bpfpin -j monitor -c 2
	jq -es '.[0].event == "7" and .[0].object_type == "9" and .[1].object_type == null and
		.[1].object_subtype == null' "$out" >/dev/null || bad "printed $(cat "$out")"
}

t_monitor_one_at_a_time() {
	events | sed 's/^event/& alone=1/' | fake
	bpfpin monitor -c 4; is_rc 0
	[ "$(wc -l <"$out")" = 6 ] || bad "printed $(cat "$out")"
}

t_monitor_many() {
	# more than are read at once
	{ for ((i = 1; i <= 1000; i++)); do echo "event pin=$i"; done; } | fake
	bpfpin -j monitor -c 1000
	is_rc 0
	jq -es 'map(.id) == [range(1; 1001)]' "$out" >/dev/null || bad "some are missing or out of order"
}

t_monitor_events_of_a_newer_module() {
	{ for ((i = 1; i <= 200; i++)); do echo "event pin=$i size=104"; done; } | fake
	bpfpin -j monitor -c 200
	is_rc 0
	jq -es 'map(.id) == [range(1; 201)]' "$out" >/dev/null || bad "some are missing or out of order"
}

t_monitor_nonsense_is_read() {
	# too small, no multiple, more than was read
	for event in 'size=64 room=72' 'size=76 room=72' 'size=80 room=72' 'size=0 room=72' 'size=4294967288 room=72' 'room=75'; do
		echo "event $event" | fake
		bpfpin monitor -c 2
		is_rc 1
		[ "$(cat "$err")" = 'Error: cannot read what happens: Protocol error' ] || bad "$event: said $(cat "$err")"
	done
}

t_monitor_ends() {
	{ events; echo 'events end=ENODEV'; } | fake
	bpfpin monitor
	is_rc 1
	[ "$(cat "$err")" = 'Error: cannot read what happens: No such device' ] || bad "said $(cat "$err")"
	[ "$(wc -l <"$out")" = 6 ] || bad "printed $(cat "$out")"
	bpfpin -j monitor
	is_rc 1; no_err
	jq -es 'length == 5 and .[4] == {error: "cannot read what happens: No such device"}' "$out" >/dev/null ||
		bad "printed $(cat "$out")"
}

t_monitor_refused() {
	for case in 'EPERM:following what happens takes CAP_BPF or CAP_SYS_ADMIN: run this as root' \
		'EBUSY:cannot follow what happens: Device or resource busy' \
		'ENOTTY:cannot follow what happens: the loaded bpfpin module is too old for this'; do
		echo "fail request=MONITOR error=${case%%:*}" | fake
		bpfpin monitor; is_error "${case#*:}"
		bpfpin -j monitor; is_json_error "${case#*:}"
	done
}

t_monitor_wrong_words() {
	events | fake
	bpfpin monitor x; is_error 'unexpected argument "x": see "bpfpin help monitor"'
	for count in 0 x 1x -1 '' 4294967296; do
		bpfpin monitor --count "$count"
		is_error "\"$count\" is not a number of events: see \"bpfpin help monitor\""
	done
	bpfpin monitor --count; is_error 'the option "--count" needs a number: see "bpfpin help"'
	bpfpin monitor -c; is_error 'the option "-c" needs a number: see "bpfpin help"'
	bpfpin list -c 1; is_error 'list takes no --count: see "bpfpin help list"'
	not_logged MONITOR
}

# Runs monitor with its output where the test says, for two seconds at most.
monitor_to() {
	# shellcheck disable=SC2086 # WRAP is words
	env LD_PRELOAD="$PWD/$T/fake.so" BPFPIN_FAKE="$script" BPFPIN_FAKE_LOG=/dev/null \
		timeout "${SECONDS_MAX:-20}" ${WRAP:+$WRAP} "$O/bpfpin" "$@" 2>"$err"
	rc=$?
}

t_monitor_output_cannot_be_written() {
	events | fake
	: >"$out"
	monitor_to monitor >/dev/full
	is_error 'cannot write to the standard output'
	# one object that was lost is enough
	monitor_to -j monitor >/dev/full
	is_error 'cannot write to the standard output'
}

t_monitor_reader_goes() {
	# no event comes, and yet it ends with its reader
	: | fake
	( monitor_to monitor; echo $rc >"$work/rc" ) | true
	rc=$(cat "$work/rc")
	[ "$rc" = 1 ] || bad "exit code $rc"
	# one comes, and SIGPIPE is ignored
	events | fake
	( trap '' PIPE; monitor_to monitor; echo $rc >"$work/rc" ) | true
	rc=$(cat "$work/rc")
	[ "$rc" = 1 ] || bad "exit code $rc"
}

t_monitor_each_line_at_once() {
	local line
	events | fake
	exec 8< <(SECONDS_MAX=10 monitor_to -j monitor)
	read -r -t 8 -u 8 line || bad "nothing came while it runs"
	jq -e '.id == 5' <<<"$line" >/dev/null || bad "got $line"
	exec 8<&-
}
