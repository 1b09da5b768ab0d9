# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# A module that is missing, closed, or of another version; read by tests/user/run.

t_no_module() {
	for error in ENOENT ENODEV ENXIO; do
		{ objects; echo "open $error"; } | fake
		for words in list 'list ties' show 'show /x' 'show id 1' 'show file /x' 'unpin /x' \
			'unpin id 1' 'unpin --all' 'unpin file /x name n' 'attach prog id 3 to file /x' \
			'get file /x name n' 'tie /x to file /y' 'untie /x' 'untie id 1' 'untie --all' \
			monitor status 'clean /x'; do
			# shellcheck disable=SC2086
			bpfpin $words; is_error "$no_module"
			# shellcheck disable=SC2086
			bpfpin -j $words; is_json_error "$no_module"
		done
	done
}

t_no_rights() {
	for error in EACCES EPERM; do
		echo "open $error" | fake
		bpfpin list; is_error 'no permission to open /dev/bpfpin: run this as root'
		bpfpin -p list; is_json_error 'no permission to open /dev/bpfpin: run this as root'
	done
}

t_device_of_somebody_else() {
	echo 'fail request=STATUS error=ENOTTY' | fake
	bpfpin list; is_error '/dev/bpfpin is not the device of the bpfpin module'
	echo 'open EIO' | fake
	bpfpin list; is_error 'cannot open /dev/bpfpin: Input/output error'
}

t_module_newer() {
	{ two_pins; } | sed 's/^status/status abi=4 version=0.9/' | fake
	bpfpin -j list
	is_rc 0; is_json 'length == 2'
	[ "$(cat "$err")" = 'Warning: the bpfpin module (0.9) is newer than this command (0.3.0): install both from one release and load the module anew' ] ||
		bad "said $(cat "$err")"
}

t_module_older() {
	local old='the loaded bpfpin module (0.1.0) is too old for this: install that of this release (0.3.0) and load it anew'
	{ two_pins; objects; } | sed 's/^status/status abi=1 version=0.1.0/' | fake
	for words in 'list ties' 'show file /x' 'unpin file /x name n' 'attach prog id 3 to file /x' \
		'get file /x name n' 'tie /x to file /y' 'untie /x' 'untie --all' monitor; do
		# shellcheck disable=SC2086
		bpfpin $words
		is_error "$old"
		# shellcheck disable=SC2086
		bpfpin -j $words
		is_json_error "$old"
	done
	# what it always could it still can
	bpfpin -j list
	is_rc 0; is_json 'length == 2'
	grep -q '^Warning: the bpfpin module (0.1.0) is older than this command (0.3.0)' "$err" || bad "said $(cat "$err")"
	bpfpin unpin /m/a; is_rc 0
}

t_request_unknown_to_the_module() {
	{ two_pins; echo 'fail request=CLEAN error=ENOTTY'; } | fake
	bpfpin clean /x
	is_error '/x: the loaded bpfpin module is too old for this'
}
