# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Attaching, and opening, showing and ending what is attached; read by
# tests/user/run.

# A pin of each kind of owner: 5 cgroup, 6 netns, 7 device, 8 socket.
attached_pins() {
	owners
	mounts
	cat <<-'END'
	status pins=5
	pin id=1 type=1 oid=3 sub=6 name=drop kind=file fs=tmpfs dev=0:30 ino=7 path=/a comm=agent created=1700000000000000000
	pin id=5 type=1 oid=3 sub=8 name=drop kind=cgroup fs=cgroup2 dev=8:1 ino=77 path=/cg/app pname=egress owner=/cg/app comm=agent created=1700000000000000000
	pin id=6 type=2 oid=4 sub=1 name=cnt kind=netns fs=nsfs dev=0:4 ino=4026531999 path= netns=4026531999 pname=counters owner=fd comm=agent mode=r created=1700000000000000000
	pin id=7 type=3 oid=8 sub=6 name= kind=netdev fs= path=eth0 pflags=8 ifindex=3 netns=4026531999 pname=link-8 owner=if3 comm=agent created=1700000000000000000
	pin id=8 type=2 oid=4 sub=1 name=cnt kind=socket fs=sockfs dev=0:8 ino=12345 path= pname=m owner=/sock comm=agent created=1700000000000000000
	at path=/m/a pin=1
	END
}

t_attach() {
	owners | fake
	bpfpin attach prog name pass to file /etc/f; is_rc 0; no_err; is_out ''
	logged 'ATTACH prog=7 owner=/etc/f fd=-100 name=pass'
	bpfpin attach map pinned /old/map to file /etc/f name x; is_rc 0
	logged 'ATTACH map=4 owner=/etc/f fd=-100 name=x'
	bpfpin attach prog tag 0011223344556677 to file /etc/f; is_rc 0
	# a link has no name
	bpfpin attach link id 8 to file /etc/f; is_rc 0
	logged 'ATTACH link=8 owner=/etc/f fd=-100 name=link-8'
	bpfpin -j attach link id 8 to file /etc/f
	is_rc 0; is_json '. == {id: 77, object_type: "link", object_id: 8, pin_name: "link-8"}'
}

t_attach_default_name() {
	{ echo 'map id=1 name='; echo 'map id=2 name=.'; echo 'map id=3 name=..'; echo 'map id=4 name=.x'; } | fake
	for id in 1 2 3; do
		bpfpin attach map id $id to file /f; is_rc 0
		logged "ATTACH map=$id owner=/f fd=-100 name=map-$id"
	done
	bpfpin attach map id 4 to file /f; logged "ATTACH map=4 owner=/f fd=-100 name=.x"
}

t_attach_name() {
	local most name
	most=$(printf 'n%.0s' {1..255})
	owners | fake
	bpfpin attach prog id 3 to file /f name "$most"; is_rc 0
	logged "ATTACH prog=3 owner=/f fd=-100 name=$most"
	bpfpin attach prog id 3 to file /f name "${most}n"
	is_error 'the name of a pin has at most 255 bytes: see "bpfpin help attach"'
	bpfpin attach prog id 3 to file /f name ''
	is_error 'the name of a pin cannot be empty: see "bpfpin help attach"'
	for name in . .. a/b /; do
		bpfpin attach prog id 3 to file /f name $name
		is_error "\"$name\" cannot be the name of a pin: a slash, \".\" and \"..\" are not allowed: see \"bpfpin help attach\""
	done
	not_logged ATTACH
	# whatever else there is in it, the kernel gets
	bpfpin -j attach prog id 3 to file /f name $'a\n\e[2J\xff'; is_rc 0
	is_json '.pin_name == "a\n\u001b[2J\ufffd" and .pin_name_bytes == "610a1b5b324aff"'
	logged "ATTACH prog=3 owner=/f fd=-100 name=a"
	{ owners; printf 'pin id=5 owner=/f pname=a\\x0a\\x1b\n'; } | fake
	bpfpin attach prog id 3 to file /f name $'a\n\e'
	is_error 'cannot attach to file /f: it has a pin with name "a\x0a\x1b" already: choose another with "name NAME"'
}

t_attach_name_is_taken() {
	attached_pins | fake
	bpfpin attach prog id 3 to cgroup /cg/app name egress
	is_error 'cannot attach to cgroup /cg/app: it has a pin with name "egress" already: choose another with "name NAME"'
	bpfpin -j attach prog id 3 to cgroup /cg/app name egress
	is_json_error 'cannot attach to cgroup /cg/app: it has a pin with name "egress" already: choose another with "name NAME"'
}

t_attach_wrong_words() {
	owners | fake
	bpfpin attach; is_error 'what to attach is missing: see "bpfpin help attach"'
	bpfpin attach foo id 1 to file /f; is_error '"foo" is none of prog, map and link: see "bpfpin help attach"'
	bpfpin attach prog id 3; is_error '"to OWNER" is missing: see "bpfpin help attach"'
	bpfpin attach prog id 3 /x; is_error 'expected "to OWNER" instead of "/x": see "bpfpin help attach"'
	bpfpin attach prog id 9 to file /f; is_error 'there is no program with id 9'
	bpfpin attach prog id 3 to file /f nam; is_error 'the name of the pin is missing: see "bpfpin help attach"'
	bpfpin attach prog id 3 to file /f named x; is_error 'unexpected argument "named": see "bpfpin help attach"'
	bpfpin attach prog id 3 to file /f name x y; is_error 'unexpected argument "y": see "bpfpin help attach"'
	not_logged ATTACH
}

t_list_attached() {
	attached_pins | fake
	bpfpin list
	is_rc 0; no_err
	is_out 'ID TYPE OBJ-ID NAME OWNER  FS             DEV:INO PATH                               PIN      UID PID COMM  WHEN
 1 prog      3 drop file   tmpfs           0:30:7 /m/a                               -          0   0 agent 2023-11-14T22:13:20
 5 prog      3 drop cgroup cgroup2         8:1:77 /cg/app                            egress     0   0 agent 2023-11-14T22:13:20
 6 map       4 cnt  netns  nsfs    0:4:4026531999 net:[4026531999]                   counters   0   0 agent 2023-11-14T22:13:20
 7 link      8 -    netdev -                    - eth0 (ifindex 3, net:[4026531999]) link-8     0   0 agent 2023-11-14T22:13:20
 8 map       4 cnt  socket sockfs       0:8:12345 -                                  m          0   0 agent 2023-11-14T22:13:20'
	bpfpin list pins; cp "$out" "$work/pins"
	bpfpin list p; cmp -s "$out" "$work/pins" || bad '"list p" prints something else'
	bpfpin -j list
	is_rc 0
	is_json '(.[0] | has("pin_name") or has("ifindex") or has("netns_ino") | not) and
		 (.[1] | .pin_name == "egress" and .path == "/cg/app" and .path_state == "found" and
		  (has("ifindex") | not)) and
		 (.[2] | .netns_ino == 4026531999 and .path == null and .path_state == "none") and
		 (.[3] | .ifname == "eth0" and .ifindex == 3 and .netns_ino == 4026531999 and
		  .path == null and .path_state == "none" and (has("path_hint") | not)) and
		 (.[4] | .pin_name == "m" and .owner_kind == "socket")'
	# of an owner it is looked at the file, not asked for a pin
	logged 'STATX path=/cg/app flags=0x4900'
}

t_list_attached_elsewhere() {
	# the inode is another one, the mount is, and the mount is not known
	for at in 'ino=78 mnt=20' 'ino=77 mnt=21' 'ino=77 mnt=99'; do
		{ mounts; echo 'pin id=5 dev=8:1 ino=77 path=/cg/app pname=x kind=cgroup'
		  echo "at path=/cg/app $at"; } | fake
		bpfpin -j list
		is_json '.[0].path == null and .[0].path_state == "hidden" and .[0].path_hint == "/cg/app"'
	done
	{ mounts; echo 'pin id=5 dev=8:1 ino=77 path=/x pflags=2 pname=x'
	  echo 'pin id=6 dev=8:1 ino=78 path=/y pflags=2 pname=x'
	  echo 'at path=/x ino=77 mnt=20'; echo 'at path=/y ino=77 mnt=20'; } | fake
	bpfpin -j list
	is_json 'map(.path_state) == ["found", "when-pinned"]'
}

t_names_of_attached_pins() {
	local most
	most=$(printf 'n%.0s' {1..255})
	{ mounts; echo "pin id=1 pname=$most"; echo 'pin id=2 pname=a\x0a\x1b[31m\xff'
	  echo 'pin id=3 path=e\x0ath pflags=8 ifindex=2 netns=5 pname=x'; } | fake
	bpfpin list
	is_rc 0
	[ "$(wc -l <"$out")" = 4 ] || bad "a newline came through"
	LC_ALL=C grep -q '[[:cntrl:]]' "$out" && bad "a control character came through"
	grep -qF "$most" "$out" && grep -qF 'a\x0a\x1b[31m\xff' "$out" && grep -qF 'e\x0ath' "$out" ||
		bad "printed $(cat "$out")"
	bpfpin -j list
	is_json '.[0].pin_name == $n and .[1].pin_name == "a\n\u001b[31m\ufffd" and
		 .[1].pin_name_bytes == "610a1b5b33316dff" and .[2].ifname == "e\nth"' --arg n "$most"
}

t_show_owner_name() {
	attached_pins | fake
	bpfpin -j show cgroup /cg/app name egress; is_rc 0; is_json '.id == 5'
	bpfpin -j show netdev eth0 name link-8; is_rc 0; is_json '.id == 7'
	bpfpin show cg /cg/app na egress
	is_rc 0
	[ "$(wc -l <"$out")" = 2 ] || bad "printed $(cat "$out")"
	grep -q ' egress ' "$out" || bad "printed $(cat "$out")"
	# a pin of somebody who could only read
	bpfpin -j show netns blue name counters; is_rc 0; is_json '.id == 6'
	logged "OPEN id=0 owner=fd fd=$(netns_link) name=counters flags=0"
	logged "OPEN id=0 owner=fd fd=$(netns_link) name=counters flags=0x8"
	bpfpin show cgroup /cg/app name none
	is_error 'cgroup /cg/app has no pin with name "none"'
	bpfpin show cgroup /cg/app name
	is_error 'the name of the pin is missing: see "bpfpin help show"'
	bpfpin show cgroup /cg/app egress
	is_error 'unexpected argument "egress": see "bpfpin help show"'
	bpfpin show cgroup /cg/app name egress x
	is_error 'unexpected argument "x": see "bpfpin help show"'
	bpfpin show cgroup /etc/f name x
	is_error '/etc/f is no cgroup, but on a file system of type ext4'
	{ attached_pins; echo 'fail request=OPEN error=EOPNOTSUPP'; } | fake
	bpfpin show file /etc/f name x
	is_error 'cannot open what is pinned to file /etc/f with name "x": nothing can be pinned to it'
	{ attached_pins; echo 'fail request=OPEN error=EMFILE'; } | fake
	bpfpin show file /etc/f name x
	is_error 'cannot open what is pinned to file /etc/f with name "x": Too many open files'
}

t_show_owner() {
	local ns ino dev
	ns=$(netns_link); ns=${ns//[^0-9]/}
	: >"$work/owner"
	ino=$(stat -c %i "$work/owner") dev=$(findmnt -no MAJ:MIN -T "$work/owner")
	{
		echo 'netdev name=eth0 ifindex=3'
		echo 'opens path=/run/netns/blue real=/proc/self/ns/net'
		# on the mount's device, and one with the same number on another
		echo "pin id=1 pname=a kind=file dev=$dev ino=$ino"
		echo "pin id=2 pname=b kind=file dev=$dev ino=$ino"
		echo "pin id=3 pname=c kind=file dev=250:9 ino=$ino"
		echo "pin id=4 pname=d kind=netns dev=0:4 ino=$ns netns=$ns"
		echo "pin id=5 pname=e kind=netdev path=eth0 pflags=8 ifindex=3 netns=$ns"
		echo "pin id=6 pname=f kind=netdev path=eth0 pflags=8 ifindex=3 netns=1"
		echo "pin id=7 pname=g kind=netdev path=eth1 pflags=8 ifindex=4 netns=$ns"
		echo "pin id=8 kind=file dev=$dev ino=$ino"
	} | fake
	bpfpin -j show file "$work/owner"
	is_rc 0; no_err; is_json 'map(.id) == [1, 2, 8]'
	ln -sf owner "$work/link"
	bpfpin -j show file "$work/link"; is_json 'map(.id) == [1, 2, 8]'
	bpfpin -j show fd 7 7<"$work/owner"; is_json 'map(.id) == [1, 2, 8]'
	bpfpin -j show netns blue; is_json 'map(.id) == [4]'
	bpfpin -j show netns pid $$; is_json 'map(.id) == [4]'
	bpfpin -j show netdev eth0; is_json 'map(.id) == [5]'
	bpfpin -j show netdev eth0 netns blue; is_json 'map(.id) == [5]'
	bpfpin show file "$work/owner"
	[ "$(wc -l <"$out")" = 4 ] || bad "printed $(cat "$out")"
	: >"$work/stranger"
	bpfpin -j show file "$work/stranger"; is_rc 0; is_json '. == []'
	bpfpin show file "$work/stranger"; is_rc 0; is_out ''
	bpfpin show file "$work/none"
	is_error "cannot list the pins of file $work/none: No such file or directory"
}

t_get() {
	attached_pins | fake
	bpfpin get cgroup /cg/app name egress; is_rc 0; no_err; is_out 'prog id 3 name drop'
	bpfpin get netdev eth0 name link-8; is_rc 0; is_out 'link id 8'
	bpfpin get fi /sock n m; is_rc 0; is_out 'map id 4 name cnt'
	bpfpin -j get cgroup /cg/app name egress
	is_json '. == {id: 5, object_type: "prog", object_id: 3, object_name: "drop"}'
	bpfpin get cgroup /cg/app name none
	is_error 'cgroup /cg/app has no pin with name "none"'
	bpfpin get cgroup /cg/app; is_error '"name NAME" is missing: see "bpfpin help get"'
	bpfpin get; is_error 'the owner is missing: see "bpfpin help get"'
	{ owners; echo 'pin id=5 type=9 owner=/etc/f pname=x'; } | fake
	bpfpin get file /etc/f name x; is_error 'this command does not know objects of type 9'
	{ owners; echo 'pin id=5 type=1 oid=3 owner=/etc/f pname=x'; echo 'fail request=INFO_BY_FD error=EIO'; } | fake
	bpfpin get file /etc/f name x; is_error 'cannot look at the object of pin 5: Input/output error'
}

t_get_command() {
	attached_pins | fake
	# shellcheck disable=SC2016 # not ours to expand
	bpfpin get cgroup /cg/app name egress -- sh -c 'readlink "/proc/self/fd/$BPFPIN_FD"; exit 5'
	is_rc 5; no_err; is_out /dev/null
	# its options are its own
	bpfpin get cgroup /cg/app name egress -- printf '%s' -j; is_rc 0; is_out '-j'
	bpfpin -- get cgroup /cg/app name egress -- printf '%s' -j; is_rc 0; is_out '-j'
	bpfpin get cgroup /cg/app name egress true; is_rc 0
	bpfpin get cgroup /cg/app name egress -- /none/command
	is_error 'cannot run /none/command: No such file or directory'
	bpfpin -j get cgroup /cg/app name egress -- /none/command
	is_json_error 'cannot run /none/command: No such file or directory'
	bpfpin get cgroup /cg/app name none -- touch "$work/ran"
	is_rc 1
	[ ! -e "$work/ran" ] || bad "the command ran without an object"
}

t_unpin_attached() {
	attached_pins | fake
	bpfpin unpin cgroup /cg/app name egress; is_rc 0; no_err; is_out ''
	logged 'UNPIN id=5 path= path_fd=-100'
	bpfpin unpin id 5; is_rc 0; no_err; is_out ''
	logged 'UNPIN id=5 path= path_fd=-100'
	not_logged 'UNPIN.*path=/cg'
	bpfpin -j unpin netdev eth0 name link-8
	is_rc 0; is_json '. == {id: 7, pin_name: "link-8"}'
	bpfpin unpin cgroup /cg/app name none; is_error 'cgroup /cg/app has no pin with name "none"'
	bpfpin unpin cgroup /cg/app; is_error '"name NAME" is missing: see "bpfpin help unpin"'
	bpfpin unpin cgroup /cg/app name a b; is_error 'unexpected argument "b": see "bpfpin help unpin"'
	not_logged UNPIN
	{ owners; echo 'pin id=5 oid=3 owner=/etc/f pname=a\x0a unpin=EIO'; } | fake
	bpfpin unpin file /etc/f name $'a\n'
	is_error 'cannot end pin 5 with name "a\x0a": Input/output error'
}

t_unpin_all_attached() {
	{ attached_pins; echo 'pin id=9 pname=last unpin=EIO'; echo 'tie id=1'; } | fake
	bpfpin unpin --all
	is_rc 1; is_out '5 pins ended'
	[ "$(cat "$err")" = 'Error: cannot end pin 9: Input/output error' ] || bad "said $(cat "$err")"
	logged 'UNPIN id=1 path=/m/a path_fd=-100'
	logged 'UNPIN id=8 path= path_fd=-100'
	not_logged UNTIE
	bpfpin -j unpin --all
	is_json '.unpinned[1] == {id: 5, pin_name: "egress"} and
		 .failed == [{id: 9, pin_name: "last", error: "Input/output error"}]'
}
