# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Pinning to files; read by tests/user/run.

objects() {
	cat <<-'END'
	prog id=3 name=drop tag=0011223344556677
	prog id=5 name=drop tag=8899aabbccddeeff
	prog id=7 name=pass tag=8899aabbccddeeff
	map id=3 name=counters
	map id=4 name=cnt
	link id=8
	pinned path=/old/prog type=prog id=5
	pinned path=/old/map type=map id=4
	pinned path=/old/link type=link id=8
	END
}

t_pin_by_id() {
	objects | fake
	bpfpin pin prog id 3 /x
	is_rc 0; no_err; is_out ''
	logged 'OBJ_PIN prog=3 path=/x flags=0 path_fd=0'
	bpfpin pin map id 3 /x; is_rc 0; logged 'OBJ_PIN map=3 path=/x flags=0 path_fd=0'
	bpfpin pin link id 8 /x; is_rc 0; logged 'OBJ_PIN link=8 path=/x flags=0 path_fd=0'
	bpfpin -j pin link id 8 /x
	is_json '. == {object_type: "link", object_id: 8, path: "/x"}'
	bpfpin pin prog id 4 /x; is_error 'there is no program with id 4'
	bpfpin pin prog id x /x; is_error '"x" is not the id of a program: see "bpfpin help pin"'
}

t_pin_by_name() {
	objects | fake
	bpfpin pin prog name pass /x; is_rc 0; logged 'OBJ_PIN prog=7 path=/x flags=0 path_fd=0'
	bpfpin pin map name cnt /x; is_rc 0; logged 'OBJ_PIN map=4 path=/x flags=0 path_fd=0'
	bpfpin pin prog name drop /x
	is_error '2 programs have the name "drop", so say which by id: 3, 5'
	not_logged OBJ_PIN
	bpfpin pin prog name none /x; is_error 'there is no program with name "none"'
	bpfpin pin prog name dro /x; is_error 'there is no program with name "dro"'
	bpfpin pin prog name '' /x; is_error 'a name cannot be empty: see "bpfpin help pin"'
	bpfpin pin prog name a_name_that_is_longer_than_the_kernels /x
	is_error 'there is no program with name "a_name_that_is_longer_than_the_kernels"'
	bpfpin pin link name x /x
	is_error 'a link is named by id or pinned, not "name": see "bpfpin help pin"'
}

t_pin_by_tag() {
	objects | fake
	bpfpin pin prog tag 0011223344556677 /x; is_rc 0; logged 'OBJ_PIN prog=3 path=/x flags=0 path_fd=0'
	bpfpin pin prog tag 8899AABBCCDDEEFF /x
	is_error '2 programs have the tag "8899AABBCCDDEEFF", so say which by id: 5, 7'
	bpfpin pin prog tag 0000000000000000 /x; is_error 'there is no program with tag "0000000000000000"'
	for tag in 00112233 00112233445566zz 001122334455667788 ''; do
		bpfpin pin prog tag "$tag" /x
		is_error "\"$tag\" is not a tag of 16 hexadecimal digits: see \"bpfpin help pin\""
	done
	bpfpin pin map tag 0011223344556677 /x
	is_error 'a map is named by id, name or pinned, not "tag": see "bpfpin help pin"'
}

t_pin_by_pinned_file() {
	objects | fake
	bpfpin -j pin prog pinned /old/prog /x; is_rc 0; is_json '.object_id == 5'
	bpfpin pin map pinned /old/map /x; is_rc 0; logged 'OBJ_PIN map=4 path=/x flags=0 path_fd=0'
	bpfpin pin link pinned /old/link /x; is_rc 0; logged 'OBJ_PIN link=8 path=/x flags=0 path_fd=0'
	bpfpin pin prog pinned /old/map /x; is_error 'what is pinned at /old/map is no program'
	bpfpin pin prog pinned /none /x
	is_error 'cannot open what is pinned at /none: No such file or directory'
}

t_pin_prefixes() {
	objects | fake
	bpfpin pi p i 3 /x; is_rc 0; logged 'OBJ_PIN prog=3 path=/x flags=0 path_fd=0'
	bpfpin p m n cnt /x; is_rc 0; logged 'OBJ_PIN map=4 path=/x flags=0 path_fd=0'
	bpfpin p pr t 0011223344556677 /x; is_rc 0
	bpfpin p l p /old/link /x; is_rc 0
}

t_pin_wrong_words() {
	objects | fake
	bpfpin pin; is_error 'what to pin is missing: see "bpfpin help pin"'
	bpfpin pin foo id 1 /x; is_error '"foo" is none of prog, map and link: see "bpfpin help pin"'
	bpfpin pin '' id 1 /x; is_error '"" is none of prog, map and link: see "bpfpin help pin"'
	bpfpin pin prog; is_error 'id, name or file of the program is missing: see "bpfpin help pin"'
	bpfpin pin prog id; is_error 'id, name or file of the program is missing: see "bpfpin help pin"'
	bpfpin pin prog id 3; is_error 'the path is missing: see "bpfpin help pin"'
	bpfpin pin prog id 3 /x /y; is_error 'unexpected argument "/y": see "bpfpin help pin"'
	bpfpin pin prog fd 3 /x
	is_error 'a program is named by id, name, tag or pinned, not "fd": see "bpfpin help pin"'
	not_logged OBJ_PIN
}

t_pin_without_rights() {
	for request in FD_BY_ID NEXT_ID; do
		{ objects; echo "fail request=$request error=EPERM"; } | fake
		bpfpin pin prog name pass /x
		is_error 'looking up programs needs CAP_SYS_ADMIN: run this as root'
	done
	{ objects; echo 'fail request=FD_BY_ID error=EPERM'; } | fake
	bpfpin pin map id 3 /x
	is_error 'looking up maps needs CAP_SYS_ADMIN: run this as root'
}

t_pin_object_goes_while_looking() {
	{ objects; echo 'fail request=FD_BY_ID error=ENOENT skip=0'; } | fake
	bpfpin pin prog name pass /x
	is_error 'there is no program with name "pass"'
}

t_pin_errors() {
	for case in 'EEXIST:there is a file already' 'ENOENT:No such file or directory' \
		'EROFS:the file system is read-only' 'ENOSPC:No space left on device' \
		'ENOTDIR:Not a directory' 'EACCES:Permission denied'; do
		{ objects; echo "fail request=OBJ_PIN error=${case%%:*}"; } | fake
		bpfpin pin prog id 3 /x; is_error "cannot pin to /x: ${case#*:}"
		bpfpin -j pin prog id 3 /x; is_json_error "cannot pin to /x: ${case#*:}"
	done
}

t_pin_refused_explains() {
	refused() { objects; echo 'fail request=OBJ_PIN error=EPERM'; }
	{ refused; echo 'at path=/proc/ reason=procfs\x20keeps\x20no\x20files'; } | fake
	bpfpin pin prog id 3 /proc/x
	is_error 'cannot pin to /proc/x: procfs keeps no files'
	# of a cgroup, where the name decides
	{ refused; printf '%s\n' 'at path=/cg/ reason=not\x20this' \
		'at path=/cg/x new=1 reason=the\x20name\x20is\x20wrong' 'at path=/cg/bpf new=1'; } | fake
	bpfpin pin prog id 3 /cg/x
	is_error 'cannot pin to /cg/x: the name is wrong'
	bpfpin pin prog id 3 /cg/bpf
	is_error 'cannot pin to /cg/bpf: Operation not permitted; it takes CAP_BPF and the right to make a file there'
	# an older module tells of the directory
	{ refused; echo 'at path=/proc/x new=1 error=EINVAL'
		echo 'at path=/proc/ reason=procfs\x20keeps\x20no\x20files'; } | fake
	bpfpin pin prog id 3 /proc/x
	is_error 'cannot pin to /proc/x: procfs keeps no files'
	{ refused; echo 'status features=1 pin_error=-16'; } | fake
	bpfpin pin prog id 3 /x
	is_error 'cannot pin to /x: the module could not extend BPF_OBJ_PIN: a live patch or another module has taken that kernel function'
	{ refused; echo 'open ENOENT'; } | fake
	bpfpin pin prog id 3 /x
	is_error 'cannot pin to /x: outside bpffs that needs the bpfpin module, which is not loaded: load it with "modprobe bpfpin"'
	{ refused; echo 'at path=/'; } | fake
	bpfpin pin prog id 3 /x
	is_error 'cannot pin to /x: Operation not permitted; it takes CAP_BPF and the right to make a file there'
}

t_pin_needs_no_module() {
	# on bpffs bpf(2) is enough
	{ objects; echo 'open ENOENT'; } | fake
	bpfpin pin prog id 3 /sys/fs/bpf/x
	is_rc 0; no_err
}
