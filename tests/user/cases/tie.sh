# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Ties: made, listed, dissolved; read by tests/user/run.

bpffs() {
	owners
	cat <<-'END'
	at path=/bpf/app kind=bpffs fs=bpf
	at path=/bpf/app/prog kind=bpffs fs=bpf state=4
	at path=/m/a pin=1 fs=tmpfs
	pin id=1
	END
}
two_ties() {
	cat >"$work/mountinfo" <<-'END'
	20 1 8:1 / / rw - ext4 /dev/sda1 rw
	30 20 0:40 / /bpf rw - bpf bpf rw
	31 20 0:41 / /cg rw - cgroup2 cgroup rw
	END
	echo "mountinfo $work/mountinfo"
	cat <<-'END'
	tie id=2 at=/bpf/app path=/app dev=0:40 ino=8 fs=bpf dir=1 kind=cgroup opath=/app odev=0:41 oino=99 ofs=cgroup2 uid=0 pid=7 comm=agent created=1700000000123456789
	tie id=4 at=/bpf/app path=/gone dev=0:40 ino=9 fs=bpf dir=0 kind=netdev opath=eth0 opflags=8 ifindex=3 netns=4026531999 uid=1000 pid=8 comm=b created=1700000001000000000
	tie id=6 path=/x dev=8:1 ino=5 fs=ext4 kind=netns opath= netns=4026531999 uid=0 pid=8 comm=b created=1700000001000000000
	at path=/bpf/app ino=8 mnt=30
	at path=/cg/app ino=99 mnt=31
	at path=/x ino=5 mnt=20
	END
}

t_tie() {
	bpffs | fake
	bpfpin tie /bpf/app to cgroup /cg/app; is_rc 0; no_err; is_out ''
	logged 'TIE path=/bpf/app path_fd=-100 owner=/cg/app fd=-100'
	bpfpin -j tie /bpf/app to file /etc/f; is_rc 0; is_json '. == {id: 77, path: "/bpf/app"}'
	bpfpin tie /m/a to netdev eth0; is_rc 0
	logged 'TIE path=/m/a path_fd=-100 owner=if3 fd=-1'
	bpfpin tie rel t fd 55:7; is_rc 0
	logged 'TIE path=rel path_fd=-100 owner=fd fd=/dev/null'
	for pinned in pinned p; do
		bpfpin tie /bpf/app to $pinned /m/a; is_rc 0
		logged 'TIE path=/bpf/app path_fd=-100 owner=/m/a fd=-100'
		bpfpin tie /bpf/app to $pinned /bpf/app/prog; is_rc 0
	done
	bpfpin tie /bpf/app to pinned /etc/f; is_error '/etc/f is no pin'
	bpfpin tie /bpf/app to pinned /none
	is_error 'cannot look at /none: No such file or directory'
	bpfpin tie /bpf/app to cgroup /etc/f
	is_error '/etc/f is no cgroup, but on a file system of type ext4'
	not_logged TIE
}

t_tie_refused() {
	refused() { bpffs; echo "fail request=TIE error=$1"; }
	refused EINVAL | fake
	bpfpin tie /etc/f to cgroup /cg/app
	is_error 'cannot tie /etc/f: it is neither in a bpffs nor the file of a pin'
	for path in /bpf/app /m/a; do
		bpfpin tie $path to cgroup /cg/app
		is_error "cannot tie $path: it is the root of a bpffs, or the owner, or a directory that the owner is in"
	done
	refused EBUSY | fake
	bpfpin tie /bpf/app to cgroup /cg/app
	is_error 'cannot tie /bpf/app: something is mounted there'
	refused EACCES | fake
	bpfpin tie /bpf/app to cgroup /cg/app
	is_error 'cannot tie /bpf/app to cgroup /cg/app: Permission denied; it takes the right to write to the directory of the one and to the other'
	refused EPERM | fake
	bpfpin tie /bpf/app to netdev eth0
	is_error 'cannot tie /bpf/app to netdev eth0: Operation not permitted; it takes CAP_BPF or CAP_SYS_ADMIN, and CAP_NET_ADMIN over the namespace'
	refused ENOENT | fake
	bpfpin tie /bpf/none to cgroup /cg/app
	is_error 'cannot tie /bpf/none: No such file or directory'
	bpfpin tie /bpf/app to file /none
	is_error 'cannot tie /bpf/app to file /none: there is no such thing, or it is just ending'
	refused EOPNOTSUPP | fake
	bpfpin -j tie /bpf/app to fd 55:7
	is_json_error "cannot tie /bpf/app to fd 55:7: the kernel does not tell the end of such an owner (the kernel's log says why)"
	refused EIO | fake
	bpfpin tie $'/b\n' to cgroup /cg/app
	is_error 'cannot tie /b\x0a to cgroup /cg/app: Input/output error'
}

t_tie_wrong_words() {
	bpffs | fake
	bpfpin tie; is_error 'what to tie is missing: see "bpfpin help tie"'
	bpfpin tie /x; is_error '"to OWNER" is missing: see "bpfpin help tie"'
	bpfpin tie /x with; is_error 'expected "to OWNER" instead of "with": see "bpfpin help tie"'
	bpfpin tie /x to; is_error 'the owner is missing: see "bpfpin help tie"'
	bpfpin tie /x to file; is_error 'what file is missing: see "bpfpin help tie"'
	bpfpin tie /x to file /f more; is_error 'unexpected argument "more": see "bpfpin help tie"'
	not_logged TIE
}

t_untie() {
	two_ties | fake
	bpfpin untie /bpf/app; is_rc 0; no_err; is_out ''
	logged 'UNTIE id=0 path=/bpf/app path_fd=-100'
	bpfpin -j untie /bpf/app; is_json '. == {path: "/bpf/app", count: 2}'
	bpfpin untie id 6; is_rc 0; no_err; is_out ''
	logged 'UNTIE id=6 path= path_fd=-100'
	bpfpin -j untie id 6; is_json '. == {id: 6}'
	bpfpin untie id 3; is_error 'there is no tie with id 3'
	bpfpin untie /cg/app; is_error '/cg/app is not tied to anything: see "bpfpin list ties"'
	bpfpin untie /none; is_error 'cannot untie /none: No such file or directory'
	{ two_ties; echo 'tie id=8 at=/y untie=EIO'; } | fake
	bpfpin untie id 8; is_error 'cannot dissolve tie 8: Input/output error'
	bpfpin untie /y; is_error 'cannot untie /y: Input/output error'
}

t_untie_wrong_words() {
	two_ties | fake
	bpfpin untie; is_error 'what to untie is missing: see "bpfpin help untie"'
	bpfpin untie id; is_error 'the id of the tie is missing: see "bpfpin help untie"'
	not_logged UNTIE
	for id in 0 x -1; do
		bpfpin -- untie id $id; is_error "\"$id\" is not the id of a tie: see \"bpfpin help untie\""
	done
	bpfpin untie /x /y; is_error 'unexpected argument "/y": see "bpfpin help untie"'
	bpfpin untie --all x; is_error 'unexpected argument "x" after --all: see "bpfpin help untie"'
	bpfpin tie --all; is_error 'tie takes no --all: see "bpfpin help tie"'
	not_logged UNTIE
}

t_untie_all() {
	two_ties | fake
	bpfpin untie --all; is_rc 0; no_err; is_out '3 ties dissolved'
	bpfpin -j untie -a; is_rc 0
	is_json '. == {untied: [{id: 2}, {id: 4}, {id: 6}], failed: []}'
	{ two_ties; echo 'tie id=3 untie=EIO'; } | fake
	bpfpin untie --all
	is_rc 1; is_out '3 ties dissolved'
	[ "$(cat "$err")" = 'Error: cannot dissolve tie 3: Input/output error' ] || bad "said $(cat "$err")"
	bpfpin -j untie --all
	is_rc 1; no_err
	is_json '.error == "1 of 4 ties could not be dissolved" and (.untied | length) == 3 and
		 .failed == [{id: 3, error: "Input/output error"}]'
	{ two_ties; echo 'fail request=TIE_INFO error=EIO skip=1'; } | fake
	bpfpin untie --all
	is_rc 1; is_out '1 tie dissolved'
	[ "$(cat "$err")" = 'Error: cannot list the ties: Input/output error' ] || bad "said $(cat "$err")"
	bpfpin -j untie --all
	is_rc 1; is_json '.error == "cannot list the ties: Input/output error"'
	: | fake
	bpfpin untie --all; is_rc 0; is_out '0 ties dissolved'
}

t_list_ties() {
	two_ties | fake
	bpfpin list ties
	is_rc 0; no_err
	is_out 'ID TYPE FS   DEV:INO PATH                     OWNER  OWNER-FS OWNER-DEV:INO OWNER-PATH                          UID PID COMM  WHEN
 2 dir  bpf   0:40:8 /bpf/app                 cgroup cgroup2        0:41:99 /cg/app                               0   7 agent 2023-11-14T22:13:20
 4 file bpf   0:40:9 /gone (not mounted here) netdev -                    - eth0 (ifindex 3, net:[4026531999]) 1000   8 b     2023-11-14T22:13:21
 6 file ext4   8:1:5 /x                       netns  -                    - net:[4026531999]                      0   8 b     2023-11-14T22:13:21'
	bpfpin list t; is_rc 0
	bpfpin -j list ties
	is_rc 0; no_err
	is_json 'length == 3 and .[0] == {
		id: 2, type: "dir", fs_type: "bpf", dev: "0:40", ino: 8, path: "/bpf/app",
		path_state: "found", owner_kind: "cgroup", owner_fs_type: "cgroup2", owner_dev: "0:41",
		owner_ino: 99, owner_path: "/cg/app", owner_path_state: "found", uid: 0, pid: 7,
		comm: "agent", created: "2023-11-14T22:13:20Z", created_ns: .[0].created_ns
	} and (.[1] | .path == null and .path_hint == "/gone" and .type == "file" and .ifname == "eth0" and
	       .ifindex == 3 and .netns_ino == 4026531999 and .owner_path == null) and
	(.[2] | .netns_ino == 4026531999 and (has("ifindex") | not) and .path == "/x")'
	bpfpin -p list ties; is_json 'length == 3'
	bpfpin list ties x; is_error 'unexpected argument "x": see "bpfpin help list"'
	: | fake
	bpfpin list ties; is_rc 0; is_out ''
	bpfpin -j list ties; is_rc 0; is_json '. == []'
}

t_list_ties_fails() {
	{ two_ties; echo 'fail request=TIE_INFO error=EIO skip=1'; } | fake
	bpfpin list ties; is_error 'cannot list the ties: Input/output error'
	bpfpin -j list ties; is_json_error 'cannot list the ties: Input/output error'
	echo "mountinfo $work/there-is-none" | fake
	bpfpin list ties; is_error 'cannot list the ties: No such file or directory'
}

t_list_ties_names() {
	local path=''
	for ((i = 0; i < 30; i++)); do path+=/$(printf 'd%.0s' {1..200}); done
	{ mounts; echo "tie id=1 path=/a\\x0a\\x1b\\xff opath=$path dev=0:30 odev=0:30 oino=7 comm=c\\x0a"
	  echo "at path=/m$path ino=7 mnt=21"; } | fake
	bpfpin -j list ties
	is_rc 0
	is_json '.[0].path_hint == "/a\n\u001b\ufffd" and .[0].path_hint_bytes == "2f610a1bff" and
		 .[0].owner_path == $p' --arg p "/m$path"
	bpfpin list ties
	[ "$(wc -l <"$out")" = 2 ] || bad "a newline came through"
	LC_ALL=C grep -q '[[:cntrl:]]' "$out" && bad "a control character came through"
	:
}
