# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Paths in listings; read by tests/user/run.

t_path_bind_of_subtree() {
	{ mounts; echo 'pin id=1 dev=0:30 path=/sub/f'; echo 'at path=/bind\x20here/f pin=1'; } | fake
	bpfpin -j list
	is_json '.[0].path == "/bind here/f" and .[0].path_state == "found"'
}

t_path_several_mounts() {
	# Under /m something else covers the file: the second mount leads there.
	{ mounts; echo 'pin id=1 dev=0:30 path=/sub/f'; echo 'at path=/m/sub/f pin=2'
	  echo 'pin id=2 dev=0:30 path='; echo 'at path=/bind\x20here/f pin=1'; } | fake
	bpfpin -j list
	is_json '.[0].path == "/bind here/f"'
}

t_path_root_is_no_prefix() {
	# /subway does not lie below /sub
	{ mounts; echo 'pin id=1 dev=0:30 path=/subway'; echo 'at path=/bind\x20hereway pin=1'; } | fake
	bpfpin -j list
	is_json '.[0].path == null and .[0].path_state == "hidden" and .[0].path_hint == "/subway"'
}

t_path_of_root_mount() {
	{ mounts; echo 'pin id=1 dev=8:1 path=/etc/x'; echo 'at path=/etc/x pin=1'; } | fake
	bpfpin -j list
	is_json '.[0].path == "/etc/x"'
}

t_path_of_subvolume() {
	{ mounts; echo 'pin id=1 dev=0:31 path=/vol/x'; echo 'at path=/btr/x pin=1'; } | fake
	bpfpin -j list
	is_json '.[0].path == "/btr/x"'
}

t_path_escapes() {
	{ mounts; echo 'pin id=1 dev=0:32 path=/f'; echo 'at path=/od\x5cd\x09tab\x0anl/f pin=1'; } | fake
	bpfpin -j list
	is_json '.[0].path == "/od\\d\ttab\nnl/f"'
}

t_path_hidden() {
	{ mounts; echo 'pin id=1 dev=0:99 path=/f'; } | fake
	bpfpin -j list
	is_json '.[0].path == null and .[0].path_state == "hidden"'
	bpfpin list
	grep -q '/f (not mounted here)' "$out" || bad "printed $(cat "$out")"
}

t_path_at_pin() {
	{ mounts; echo 'pin id=1 dev=0:30 path=/old pflags=2'; echo 'pin id=2 dev=0:30 path=/still pflags=2'
	  echo 'at path=/still pin=2'; echo 'at path=/old state=0'; } | fake
	bpfpin -j list
	is_json '.[0].path == null and .[0].path_state == "when-pinned" and .[0].path_hint == "/old" and
		 .[1].path == "/still" and .[1].path_state == "found"'
	bpfpin list
	grep -q '/old (when pinned)' "$out" || bad "printed $(cat "$out")"
}

t_path_relative_at_pin() {
	{ mounts; echo 'pin id=1 path=old pflags=2'; echo 'at path=old pin=1'; } | fake
	bpfpin -j list
	is_json '.[0].path == null and .[0].path_state == "when-pinned"'
}

t_path_deleted() {
	{ mounts; echo 'pin id=1 dev=0:30 path=/a pflags=5'; echo 'at path=/m/a pin=1'; } | fake
	bpfpin -j list
	is_json '.[0].path == null and .[0].path_state == "deleted" and .[0].path_hint == "/a"'
	bpfpin list
	grep -q '/a (deleted)' "$out" || bad "printed $(cat "$out")"
}

t_path_longer_than_the_buffer() {
	local path=''
	for ((i = 0; i < 30; i++)); do path+=/$(printf 'd%.0s' {1..200}); done
	{ mounts; echo "pin id=1 dev=0:30 path=$path"; echo "at path=/m$path pin=1"; } | fake
	bpfpin -j list
	is_json '.[0].path == $p' --arg p "/m$path"
}

t_path_is_not_followed() {
	two_pins | fake
	bpfpin list
	logged 'FILE path=/m/a path_fd=-100 flags=1'
}

t_mountinfo_malformed() {
	{ echo "mountinfo $work/mountinfo"; echo 'pin id=1'; } | fake
	for line in '20 1 8:1 /' '20 1 eight / /' '' '20 1 8:1x / / rw'; do
		echo "$line" >"$work/mountinfo"
		bpfpin list
		is_error 'cannot list the pins: Protocol error'
	done
}
