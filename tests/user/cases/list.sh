# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Listing the pins; read by tests/user/run.

t_list_plain() {
	two_pins | fake
	bpfpin list
	is_rc 0; no_err
	is_out 'ID TYPE OBJ-ID NAME     OWNER FS       DEV:INO PATH    UID PID COMM  WHEN
 1 prog     11 xdp_drop file  tmpfs     0:30:7 /m/a      0  55 agent 2023-11-14T22:13:20
 9 map      12 counters file  ext4  8:1:123456 /run/c 1000  56 b     2023-11-14T22:13:21'
}

t_list_empty() {
	mounts | fake
	bpfpin list
	is_rc 0; no_err; is_out ''
	bpfpin -j list
	is_rc 0; is_json '. == []'
	bpfpin -p list
	is_rc 0; is_json '. == []'
}

t_list_of_what_may_not_be_seen() {
	said() { [ "$(cat "$err")" = "$1" ] || bad "said $(cat "$err")"; }
	{ mounts; echo nobody; echo 'status pins=13'; } | fake
	bpfpin list
	is_rc 0; is_out ''; said '13 pins, none of which you may see'
	bpfpin -j list
	is_rc 0; no_err; is_json '. == []'
	: >"$work/stranger"
	bpfpin show file "$work/stranger"
	is_rc 0; no_err; is_out ''
	# the root of a container has capabilities that are none here
	{ mounts; echo 'status pins=1'; } | fake
	bpfpin list
	is_rc 0; is_out ''; said '1 pin, which you may not see'
	{ two_pins | sed 's/^status pins=2/status pins=5/'; echo nobody; } | fake
	bpfpin list
	is_rc 0; said '3 more, which you may not see'
	[ "$(wc -l <"$out")" = 3 ] || bad "printed $(cat "$out")"
	# who sees all has seen that others made some
	two_pins | sed 's/^status pins=2/status pins=5/' | fake
	bpfpin list
	is_rc 0; no_err
}

t_list_json() {
	two_pins | fake
	for option in -j -p --json --pretty; do
		bpfpin "$option" list
		is_rc 0; no_err
		is_json 'length == 2 and .[0] == {
			id: 1, object_type: "prog", object_id: 11, object_name: "xdp_drop",
			object_subtype: "xdp", object_tag: "0123456789abcdef", owner_kind: "file",
			fs_type: "tmpfs", dev: "0:30", ino: 7, path: "/m/a", path_state: "found",
			uid: 0, pid: 55, comm: "agent", created: "2023-11-14T22:13:20Z",
			created_ns: .[0].created_ns
		} and .[1].object_subtype == "hash" and (.[1] | has("object_tag") | not)'
		grep -q '"created_ns": *1700000000123456789' "$out" || bad "created_ns was rounded"
	done
}

t_list_is_show() {
	two_pins | fake
	bpfpin list; cp "$out" "$work/list"
	bpfpin show
	cmp -s "$out" "$work/list" || bad "show prints something else"
}

t_list_many() {
	{
		mounts
		for ((i = 1; i <= 3000; i++)); do
			echo "pin id=$i oid=$i name=n$i kind=file fs=tmpfs dev=0:30 path=/p$i"
		done
	} | fake
	bpfpin -p list
	is_rc 0
	is_json 'length == 3000 and (map(.id) == [range(1; 3001)])'
	bpfpin list
	[ "$(wc -l <"$out")" = 3001 ] || bad "$(wc -l <"$out") lines"
}

t_list_wide_path_not_cut() {
	local name
	name=$(printf 'x%.0s' {1..200})
	{ mounts; echo "pin id=1 dev=0:30 path=/$name"; echo "at path=/m/$name pin=1"; } | fake
	COLUMNS=40 bpfpin list
	grep -q "/m/$name " "$out" || bad "the path was cut"
}

t_list_error_midway() {
	{ two_pins; echo "fail request=INFO error=EIO skip=1"; } | fake
	bpfpin list
	is_error 'cannot list the pins: Input/output error'
	two_pins | cat - <(echo "fail request=INFO error=EIO skip=1") | fake
	bpfpin -j list
	is_json_error 'cannot list the pins: Input/output error'
}

t_list_no_mountinfo() {
	echo "mountinfo $work/there-is-none" | fake
	bpfpin list
	is_error 'cannot list the pins: No such file or directory'
}

t_list_unknown_types() {
	echo 'pin id=1 type=7 sub=999 oid=3 name= path=' | fake
	bpfpin list
	is_rc 0
	grep -q '^ *1 type 7 ' "$out" || bad "printed $(cat "$out")"
	echo 'pin id=1 type=1 sub=999' | fake
	bpfpin -j list
	is_json '.[0].object_subtype == "type 999" and .[0].path == null and
		 .[0].path_state == "none" and (.[0] | has("path_hint") | not)'
}
