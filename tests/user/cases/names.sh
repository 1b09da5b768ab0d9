# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Names that are hard to print; read by tests/user/run.

t_names_with_control_characters() {
	{ mounts
	  echo 'pin id=1 dev=0:30 name=a\x0ab\x1b[31m comm=c\x09d path=/n\x0al\x1b]0;x\x07 kind=file fs=tmpfs'
	  echo 'at path=/m/n\x0al\x1b]0;x\x07 pin=1'; } | fake
	bpfpin list
	is_rc 0
	[ "$(wc -l <"$out")" = 2 ] || bad "a newline came through"
	LC_ALL=C grep -q '[[:cntrl:]]' "$out" && bad "a control character came through"
	grep -qF 'a\x0ab\x1b[31m' "$out" || bad "printed $(cat "$out")"
	grep -qF '/m/n\x0al\x1b]0;x\x07' "$out" || bad "printed $(cat "$out")"
	bpfpin -j list
	is_json '.[0].object_name == "a\nb\u001b[31m" and .[0].comm == "c\td" and
		 .[0].path == "/m/n\nl\u001b]0;x\u0007" and (.[0] | has("path_bytes") | not)'
}

t_names_utf8() {
	{ mounts; echo 'pin id=1 dev=0:30 name=é path=/日本'; echo 'at path=/m/日本 pin=1'; } | fake
	bpfpin list
	grep -q '/m/日本' "$out" || bad "printed $(cat "$out")"
	bpfpin -j list
	is_json '.[0].path == "/m/日本" and .[0].object_name == "é" and (.[0] | has("path_bytes") | not)'
	LC_ALL=C bpfpin list
	LC_ALL=C grep -q '[^ -~]' "$out" && bad "a byte that the locale has not"
	:
}

t_names_not_utf8() {
	# an invalid byte, a surrogate, an overlong form, a cut character
	{ mounts
	  echo 'pin id=1 dev=0:30 name=\xff comm=\xc3 path=/\xff\xed\xa0\x80\xc0\xafz\xe6\x97'
	  echo 'at path=/m/\xff\xed\xa0\x80\xc0\xafz\xe6\x97 pin=1'; } | fake
	bpfpin -j list
	is_json '.[0].path == "/m/\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdz\ufffd\ufffd" and
		 .[0].path_bytes == "2f6d2fffeda080c0af7ae697" and
		 .[0].object_name == "\ufffd" and .[0].object_name_bytes == "ff" and .[0].comm_bytes == "c3"'
	bpfpin list
	iconv -f UTF-8 -t UTF-8 "$out" >/dev/null 2>&1 || bad "the listing is no UTF-8"
	grep -qF '/m/\xff' "$out" || bad "printed $(cat "$out")"
}

t_names_in_errors() {
	mounts | fake
	bpfpin show $'/x\n\e[2Jy\xff'
	is_error 'cannot look at /x\x0a\x1b[2Jy\xff: No such file or directory'
	bpfpin -j show $'/x\n\xff'
	is_rc 1
	is_json '.error == "cannot look at /x\n\ufffd: No such file or directory" and (.error_bytes | length > 10)'
	bpfpin show '/x\x41'
	is_error 'cannot look at /x\x5cx41: No such file or directory'
}
