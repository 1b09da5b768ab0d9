# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# How owners are named, and what is said of those that will not do; read by
# tests/user/run.

# A program to attach, and owners of most kinds.
owners() {
	objects
	cat <<-'END'
	at path=/cg/app kind=cgroup fs=cgroup2 ino=77 mnt=20
	at path=/etc/f kind=file fs=ext4
	opens path=/run/netns/blue real=/proc/self/ns/net
	opens path=/run/netns/closed error=EACCES
	netdev name=eth0 ifindex=3
	process pid=55
	descriptor pid=55 fd=7
	descriptor pid=55 fd=8 error=EPERM
	END
}
attached_to() { bpfpin attach prog id 3 to "$@"; }
netns_link() { readlink /proc/self/ns/net; }

t_owner_file() {
	owners | fake
	attached_to file /etc/f
	is_rc 0; no_err; is_out ''
	logged 'ATTACH prog=3 owner=/etc/f fd=-100 name=drop'
}

t_owner_cgroup() {
	owners | fake
	attached_to cgroup /cg/app; is_rc 0
	logged 'ATTACH prog=3 owner=/cg/app fd=-100 name=drop'
	attached_to cgroup /etc/f
	is_error '/etc/f is no cgroup, but on a file system of type ext4'
	attached_to cgroup /none
	is_error 'cannot look at /none: No such file or directory'
	not_logged ATTACH
	# version 1 is a cgroup too
	{ objects; echo 'at path=/cg1 kind=cgroup fs=cgroup'; } | fake
	attached_to cgroup /cg1; is_rc 0
}

t_owner_netns() {
	local ns
	ns=$(netns_link)
	owners | fake
	attached_to netns blue; is_rc 0
	logged "ATTACH prog=3 owner=fd fd=$ns name=drop"
	attached_to netns /proc/self/ns/net; is_rc 0
	logged "ATTACH prog=3 owner=fd fd=$ns name=drop"
	attached_to netns pid $$; is_rc 0
	logged "ATTACH prog=3 owner=fd fd=$ns name=drop"
	attached_to netns green
	is_error 'there is no network namespace "green" (no /run/netns/green)'
	attached_to netns closed
	is_error 'cannot open the network namespace /run/netns/closed: Permission denied'
	attached_to netns /none/ns
	is_error 'cannot open the network namespace /none/ns: No such file or directory'
	attached_to netns /proc/self/ns/mnt
	is_error '/proc/self/ns/mnt is no network namespace'
	attached_to netns /dev/null
	is_error '/dev/null is no network namespace'
	attached_to netns pid 4194999
	is_error 'there is no process 4194999'
	for pid in 0 x -1 ''; do
		bpfpin -- attach prog id 3 to netns pid "$pid"
		is_error "\"$pid\" is not the id of a process: see \"bpfpin help attach\""
	done
	attached_to netns ''
	is_error 'the name of a network namespace cannot be empty: see "bpfpin help attach"'
	not_logged ATTACH
}

t_owner_netdev() {
	owners | fake
	attached_to netdev eth0; is_rc 0
	logged 'ATTACH prog=3 owner=if3 fd=-1 name=drop'
	not_logged SETNS
	attached_to netdev eth0 netns blue; is_rc 0
	logged "ATTACH prog=3 owner=if3 fd=$(netns_link) name=drop"
	# there and back again, as commands are run for the user
	[ "$(grep -c 'SETNS type=0x40000000' "$log")" = 2 ] || bad "not there and back: $(cat "$log")"
	attached_to netdev eth0 netns pid $$ name x; is_rc 0
	logged "ATTACH prog=3 owner=if3 fd=$(netns_link) name=x"
	attached_to netdev eth0 name x; is_rc 0
	logged 'ATTACH prog=3 owner=if3 fd=-1 name=x'
	attached_to netdev wlan0; is_error 'there is no network device "wlan0"'
	attached_to netdev a_name_that_is_too_long
	is_error 'there is no network device "a_name_that_is_too_long"'
	attached_to netdev ''; is_error 'there is no network device ""'
	attached_to netdev eth0 netns
	is_error 'the network namespace is missing: see "bpfpin help attach"'
	attached_to netdev eth0 n x
	is_error '"n" may be netns or name: type more of it: see "bpfpin help attach"'
	not_logged ATTACH
	{ owners; echo 'fail request=SETNS error=EPERM'; } | fake
	attached_to netdev eth0 netns blue
	is_error 'cannot look into the network namespace: Operation not permitted'
	{ owners; echo 'fail request=SETNS error=EPERM skip=1'; } | fake
	attached_to netdev eth0 netns blue
	is_error 'cannot look into the network namespace: Operation not permitted'
}

t_owner_fd() {
	owners | fake
	attached_to fd 7 7</dev/null; is_rc 0
	logged 'ATTACH prog=3 owner=fd fd=/dev/null name=drop'
	attached_to fd 55:7; is_rc 0
	logged 'ATTACH prog=3 owner=fd fd=/dev/null name=drop'
	attached_to fd 55:8
	is_error 'no permission to take descriptor 8 of process 55, which needs the right to trace it'
	attached_to fd 55:9; is_error 'process 55 has no descriptor 9'
	attached_to fd 56:7; is_error 'there is no process 56'
	attached_to fd 77; is_error 'descriptor 77 was not handed to this command'
	for fd in x 55: :7 0:7 55:7x 55:7:9 -1 '' 99999999999 3000000000 55x:7; do
		attached_to fd "$fd"
		[ "$fd" = -1 ] && { is_error 'there is no option "-1": see "bpfpin help"'; continue; }
		is_error "\"$fd\" is neither FD nor PID:FD: see \"bpfpin help attach\""
	done
	not_logged ATTACH
}

t_owner_fd_of_our_own_is_not_meant() {
	# whatever the command itself has open has no number for the user
	owners | fake
	for fd in 3 4 5 6; do
		attached_to fd $fd
		is_error "descriptor $fd was not handed to this command"
	done
}

t_owner_wrong_words() {
	owners | fake
	attached_to; is_error 'the owner is missing: see "bpfpin help attach"'
	for word in x '' files pinned; do
		attached_to "$word" /x
		is_error "\"$word\" is none of file, fd, cgroup, netns and netdev: see \"bpfpin help attach\""
	done
	attached_to f /x; is_error '"f" may be file or fd: type more of it: see "bpfpin help attach"'
	attached_to ne x; is_error '"ne" may be netns or netdev: type more of it: see "bpfpin help attach"'
	for word in file fd cgroup netns netdev; do
		attached_to $word; is_error "what $word is missing: see \"bpfpin help attach\""
	done
	bpfpin tie /x to x /y
	is_error '"x" is none of file, fd, cgroup, netns, netdev and pinned: see "bpfpin help tie"'
}

t_owner_prefixes() {
	owners | fake
	attached_to fi /etc/f; is_rc 0; logged 'ATTACH prog=3 owner=/etc/f fd=-100 name=drop'
	attached_to c /cg/app n x; is_rc 0; logged 'ATTACH prog=3 owner=/cg/app fd=-100 name=x'
	attached_to netd eth0 netn blue na y; is_rc 0
	logged "ATTACH prog=3 owner=if3 fd=$(netns_link) name=y"
	bpfpin a p i 3 t fi /etc/f; is_rc 0; logged 'ATTACH prog=3 owner=/etc/f fd=-100 name=drop'
}

# The very sentence for each refusal, of attach and of tie.
t_owner_refusals() {
	local cap='Operation not permitted; it takes CAP_BPF or CAP_SYS_ADMIN'
	refused() { owners; echo "fail request=$1 error=$2"; }
	refused ATTACH EPERM | fake
	attached_to file /etc/f; is_error "cannot attach to file /etc/f: $cap"
	attached_to netns blue; is_error "cannot attach to netns blue: $cap, and CAP_NET_ADMIN over the namespace"
	attached_to netdev eth0 netns blue
	is_error "cannot attach to netdev eth0 netns blue: $cap, and CAP_NET_ADMIN over the namespace"
	refused ATTACH EACCES | fake
	attached_to cgroup /cg/app
	is_error 'cannot attach to cgroup /cg/app: Permission denied; it takes the right to write to it'
	refused ATTACH ENODEV | fake
	attached_to netdev eth0
	is_error 'cannot attach to netdev eth0: there is no such network device any more'
	refused ATTACH ENOENT | fake
	attached_to file /etc/f
	is_error 'cannot attach to file /etc/f: there is no such thing, or it is just ending'
	refused ATTACH ENOTDIR | fake
	bpfpin -j attach prog id 3 to file /etc/f
	is_json_error 'cannot attach to file /etc/f: Not a directory'
	refused ATTACH EOPNOTSUPP | fake
	attached_to fd 55:7
	is_error "cannot attach to fd 55:7: the kernel does not tell the end of such an owner (the kernel's log says why)"
	attached_to file /etc/f
	is_error "cannot attach to file /etc/f: the kernel does not tell the end of such an owner (the kernel's log says why)"
	{ refused ATTACH EOPNOTSUPP; echo 'at path=/proc/x reason=procfs\x20keeps\x20no\x20files'; } | fake
	attached_to file /proc/x
	is_error 'cannot attach to file /proc/x: procfs keeps no files'
	refused ATTACH ENOTTY | fake
	attached_to file /etc/f
	is_error 'cannot attach to file /etc/f: the loaded bpfpin module is too old for this'
}
