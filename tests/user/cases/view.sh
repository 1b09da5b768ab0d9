# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Views: made, listed, removed, given another program; read by tests/user/run.

programs() {
	cat <<-'END'
	prog id=3 name=drop tag=0011223344556677
	prog id=5 name=latency tag=8899aabbccddeeff
	pinned path=/old/prog type=prog id=5
	at path=/cg/bpf.x pin=1 kind=cgroup fs=cgroup2
	at path=/cg/a/bpf.x pin=1 state=5 kind=cgroup fs=cgroup2
	at path=/cg/bpf.p pin=2 kind=cgroup fs=cgroup2
	at path=/cg/cgroup.procs fs=cgroup2
	pin id=1 view=3 oid=5 name=latency tag=8899aabbccddeeff kind=kernfs fs=cgroup2 path=/bpf.x dev=0:41 ino=9 pid=7 comm=agent created=1700000000123456789
	pin id=2 view=0 oid=6 name=other kind=kernfs fs=cgroup2 path=/bpf.p
	pin id=4 view=1 oid=5 name=latency kind=kernfs fs=cgroup2 path=/b/bpf.y uid=1000 pid=8 comm=b created=1700000001000000000
	END
}

t_view_add() {
	programs | fake
	bpfpin view add id 3 at /cg/bpf.n; is_rc 0; no_err; is_out ''
	logged 'VIEW prog=3 path=/cg/bpf.n path_fd=-100 flags=0 mode=444 uid=-1 gid=-1'
	bpfpin view add prog name latency at /cg/bpf.n inherit; is_rc 0
	logged 'VIEW prog=5 path=/cg/bpf.n path_fd=-100 flags=1 mode=444 uid=-1 gid=-1'
	bpfpin vie a pinned /old/prog at rel owner 12:34 mode 0640 inh; is_rc 0
	logged 'VIEW prog=5 path=rel path_fd=-100 flags=1 mode=640 uid=12 gid=34'
	bpfpin -j view add tag 8899aabbccddeeff at /cg/bpf.n mode 0
	is_json '. == {id: 77, object_id: 5, path: "/cg/bpf.n"}'
	logged 'VIEW prog=5 path=/cg/bpf.n path_fd=-100 flags=0 mode=0 uid=-1 gid=-1'
}

t_view_wrong_words() {
	local see=': see "bpfpin help view"'
	programs | fake
	bpfpin view add; is_rc 1
	bpfpin view add id 3; is_error "where to make the view is missing: at CGROUP/NAME$see"
	bpfpin view add id 3 at; is_error "where to make the view is missing: at CGROUP/NAME$see"
	bpfpin view add id 3 to x; is_error "unexpected argument \"to\"$see"
	bpfpin view add id 3 at x y; is_error "unexpected argument \"y\"$see"
	bpfpin view add id 3 at x mode; is_error "what follows \"mode\" is missing$see"
	for mode in 8 0777 '' 0444x; do
		bpfpin view add id 3 at x mode "$mode"
		is_error "\"$mode\" is no mode: it is octal and at most 0666$see"
	done
	for owner in 1 1: :1 a:b 1:2:3 4294967296:1; do
		bpfpin view add id 3 at x owner "$owner"; is_error "the owner is UID:GID, two numbers$see"
	done
	bpfpin view re x; is_error "\"re\" may be more than one of the commands: type more of it$see"
	bpfpin view nothing; is_error "view has no command \"nothing\"$see"
	bpfpin view list x; is_error "unexpected argument \"x\"$see"
	bpfpin view remove; is_error "the path is missing$see"
	bpfpin view remove a b; is_error "unexpected argument \"b\"$see"
	bpfpin view replace /cg/bpf.x; is_error "it is: view replace CGROUP/NAME with PROG$see"
	bpfpin view replace /cg/bpf.x by id 3; is_error "it is: view replace CGROUP/NAME with PROG$see"
	bpfpin view replace /cg/bpf.x with id 3 x; is_error "unexpected argument \"x\"$see"
	not_logged VIEW
}

t_view_refused() {
	refused() { programs; echo "fail request=VIEW error=$1"; }
	local at='cannot make a view at'
	refused EINVAL | fake
	bpfpin view add id 3 at /cg/bpf.n; is_error "$at /cg/bpf.n: the program is not of SEC(\"iter/cgroup\")"
	bpfpin view replace /cg/bpf.n with id 3
	is_error 'cannot replace the program of /cg/bpf.n: it is no view of yours that was made there, or the program is not of SEC("iter/cgroup")'
	refused EEXIST | fake
	bpfpin view add id 3 at /cg/bpf.n; is_error "$at /cg/bpf.n: there is a file already"
	refused EOPNOTSUPP | fake
	bpfpin view add id 3 at /tmp/bpf; is_error "$at /tmp/bpf: views are in the directories of cgroups of version 2"
	refused EPERM | fake
	bpfpin view add id 3 at /cg/n; is_error "$at /cg/n: its name has to begin with \"bpf\", others are the kernel's"
	bpfpin view add id 3 at /cg/bpf.n
	is_error "$at /cg/bpf.n: Operation not permitted; it takes CAP_BPF, and CAP_CHOWN to give the file away"
	{ programs; echo 'status abi=2 version=0.2.0'; } | fake
	bpfpin view add id 3 at /cg/bpf.n; is_rc 1
	grep -q 'is too old for this' "$err" || bad "said $(cat "$err")"
	echo 'open ENOENT' | fake
	bpfpin view; is_error "$no_module"
}

t_view_list() {
	{ programs; echo 'at path=/cg/bpf.x ino=9 mnt=31'
	  printf '31 20 0:41 / /cg rw - cgroup2 cgroup rw\n' >"$work/mountinfo"
	  echo "mountinfo $work/mountinfo"; } | fake
	bpfpin -j view list
	is_json '[.[] | [.id, .object_id, .object_name, .inherit, .comm]] == [[1, 5, "latency", true, "agent"], [4, 5, "latency", false, "b"]]'
	bpfpin view
	is_rc 0; no_err
	[ "$(awk '{ print $1, $2, $3, $4 }' "$out")" = "ID PROG NAME INHERIT
1 5 latency yes
4 5 latency no" ] || bad "printed $(cat "$out")"
}

t_view_remove() {
	programs | fake
	bpfpin view remove /cg/bpf.x; is_rc 0; no_err; is_out ''
	logged 'UNPIN id=1 path=/cg/bpf.x path_fd=-100'
	bpfpin view remove /cg/a/bpf.x
	is_error 'cannot remove /cg/a/bpf.x: it is inherited from a cgroup above, as pin 1; remove it there'
	bpfpin view remove /cg/bpf.p
	is_error 'cannot remove /cg/bpf.p: it is a pin, but no view; "bpfpin unpin" ends it'
	bpfpin view remove /cg/none; is_error 'cannot remove /cg/none: No such file or directory'
	bpfpin view remove /cg/cgroup.procs; is_rc 1
	not_logged UNPIN
}

t_view_replace() {
	programs | fake
	bpfpin view replace /cg/bpf.x with name latency; is_rc 0; no_err; is_out ''
	logged 'VIEW prog=5 path=/cg/bpf.x path_fd=-100 flags=2 mode=0 uid=0 gid=0'
	bpfpin -j view rep /cg/bpf.x with prog id 3
	is_json '. == {id: 77, object_id: 3, path: "/cg/bpf.x"}'
}

# Of those that come along: what is said without a kernel.
t_view_install() {
	local see=': see "bpfpin help view"' name
	bpfpin view install; is_rc 0; no_err
	bpfpin -j view install; is_rc 0
	is_json 'map(.name) == ["schedwait", "runqlat", "biolat", "tcp", "memstall", "syscalls", "openfiles"]'
	bpfpin help view
	for name in schedwait runqlat biolat tcp memstall syscalls openfiles; do
		grep -q "$name" "$out" || bad "help does not name $name"
		grep -q "^\.B $name\$" cmd/bpfpin.8 || bad "the manual does not tell of $name"
	done
	bpfpin view install sched at /
	is_error 'there is no view "sched"; there are schedwait, runqlat, biolat, tcp, memstall, syscalls, openfiles'
	bpfpin view install tcp; is_error "\"at CGROUP\" is missing$see"
	bpfpin view install tcp at; is_error "\"at CGROUP\" is missing$see"
	bpfpin view install tcp to /; is_error "expected \"at CGROUP\" instead of \"to\"$see"
	bpfpin view install tcp at / file; is_error "what follows \"file\" is missing$see"
	bpfpin view install tcp at / file a/b
	is_error "\"a/b\" is no name for a file in the cgroup's directory$see"
	bpfpin view install tcp at / inherit file x mode 9
	is_error "\"9\" is no mode: it is octal and at most 0666$see"
	bpfpin view install tcp at / nothing; is_error "unexpected argument \"nothing\"$see"
	bpfpin view install tcp at "$work"
	is_error "$work is no cgroup: it is not on a cgroup2 file system"
	bpfpin view install tcp at "$work/none"
	is_error "cannot open the cgroup $work/none: No such file or directory"
}
