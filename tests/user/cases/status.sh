# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Status and version; read by tests/user/run.

kinds() {
	cat <<-'END'
	kind kind=file fs=tmpfs can=3
	kind kind=file fs=ext4 can=7
	kind kind=cgroup fs=cgroup2 can=10 reason=files\x20of\x20a\x20cgroup\x20are\x20the\x20kernel\x27s
	kind kind=netdev fs= can=2 reason=a\x20device\x20is\x20no\x20file
	kind kind=none fs=nfs can=0 reason=the\x20server\x20may\x20remove\x20files
	END
}

t_status_plain() {
	{ kinds; echo 'status pins=2 watches=5 ties=3 version=0.3.0'; } | fake
	bpfpin status
	is_rc 0; no_err
	is_out 'module          0.3.0 (interface 3)
BPF_OBJ_PIN     extended
BPF_OBJ_GET     extended
watching files  works
pins            2
ties            3
watches         5

OWNER  FS      FILE-PIN ATTACH STAMP VIEW WHY NO FILE-PIN
file   tmpfs   yes      yes    no    no   -
file   ext4    yes      yes    yes   no   -
cgroup cgroup2 no       yes    no    yes  files of a cgroup are the kernel'\''s
netdev -       no       yes    no    no   a device is no file
none   nfs     no       no     no    no   the server may remove files'
}

t_status_json() {
	{ kinds; echo 'status pins=2 watches=5 version=0.3.0 ties=4 features=1 pin_error=-16 get_error=-2'; } | fake
	bpfpin -j status
	is_rc 0; no_err
	is_json '.module_version == "0.3.0" and .abi_version == 3 and .pins == 2 and .watches == 5 and .ties == 4 and
		 .instance == "a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5" and .watch == {supported: true} and
		 .pin.supported == false and .pin.errno == 16 and (.pin.reason | length) > 0 and
		 .get.errno == 2 and (.owner_kinds | length) == 5 and
		 .owner_kinds[1] == {owner_kind: "file", fs_type: "ext4", pin: true, watch: true, stamp: true, view: false} and
		 .owner_kinds[4].reason == "the server may remove files" and
		 .owner_kinds[3] == {owner_kind: "netdev", fs_type: "", pin: false, watch: true, stamp: false, view: false,
		 reason: "a device is no file"}'
}

t_status_ftrace_off() {
	echo 0 >"$work/ftrace"
	{ objects; echo 'status features=1 pin_error=-16 get_error=-16'
	  echo 'fail request=OBJ_PIN error=EPERM'
	  echo "opens path=/proc/sys/kernel/ftrace_enabled real=$work/ftrace"; } | fake
	bpfpin status
	is_rc 0
	[ "$(grep -cx 'BPF_OBJ_[PG]..     not extended: kernel.ftrace_enabled is 0: set it to 1, then load bpfpin again' "$out")" = 2 ] ||
		bad "printed $(cat "$out")"
	bpfpin pin prog id 3 /x
	is_error 'cannot pin to /x: the module could not extend BPF_OBJ_PIN: kernel.ftrace_enabled is 0: set it to 1, then load bpfpin again'
	echo 1 >"$work/ftrace"
	bpfpin status
	[ "$(grep -c 'not extended: a live patch or another module has taken' "$out")" = 2 ] ||
		bad "printed $(cat "$out")"
}

t_status_not_extended() {
	echo 1 >"$work/ftrace"
	{ echo 'status features=4 pin_error=-16 watch_error=-1'
	  echo "opens path=/proc/sys/kernel/ftrace_enabled real=$work/ftrace"; } | fake
	bpfpin status
	is_rc 0
	grep -qx 'BPF_OBJ_PIN     not extended: a live patch or another module has taken that kernel function' "$out" ||
		bad "printed $(cat "$out")"
	grep -qx 'watching files  does not work: this kernel does not allow it' "$out" || bad "printed $(cat "$out")"
}

t_status_fails() {
	{ kinds; echo 'fail request=KIND error=EIO skip=1'; } | fake
	bpfpin status
	is_error 'cannot list the kinds of owner: Input/output error'
	bpfpin -j status
	is_json_error 'cannot list the kinds of owner: Input/output error'
}

t_version() {
	echo 'status version=7.7' | fake
	bpfpin version
	is_rc 0
	grep -qx 'bpfpin v0.3.0' "$out" && grep -qx 'module 7.7' "$out" || bad "printed $(cat "$out")"
	bpfpin -V; is_rc 0
	bpfpin -j --version
	is_json '.version == "0.3.0" and .module_version == "7.7"'
	echo 'open ENOENT' | fake
	bpfpin version; is_rc 0
	grep -qx 'module not loaded' "$out" || bad "printed $(cat "$out")"
	bpfpin -j version; is_rc 0; is_json '.module_version == null'
}
