# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# iproute2: namespaces, devices, routes, and what tc, ip and ss have to do with BPF.

. /foreign/session.sh

# shellcheck disable=SC2034 # for sessions
all="namespaces links routes tc xdp vrf sockets"
object=/foreign/session.bpf.o

run_part()
{
	sessions "$@"
}

session_namespaces()
{
	t ip netns add blue
	t ip netns add blue
	t ip netns list
	t ip netns exec blue ip link
	t ip netns exec blue ip link set lo up
	t ip netns exec blue ping -c 1 -W 5 127.0.0.1
	t ip -n blue addr
	t ip netns pids blue
	t ip netns set blue 7
	t ip netns list-id
	t ip netns identify 1
	t ip netns attach green 1
	t ip netns list
	t ip netns del green
	t ip netns del blue
	t ip netns del blue
	# shellcheck disable=SC2016 # for that shell
	t sh -c 'for i in 1 2 3 4 5 6 7 8; do ip netns add n$i && ip -n n$i link set lo up && ip netns del n$i || exit; done'
	t ip netns list
}

session_links()
{
	t ip netns add left
	t ip netns add right
	t ip link add v0 type veth peer name v1
	t ip link set v0 netns left
	t ip link set v1 netns right
	t ip -n left addr add 10.9.0.1/24 dev v0
	t ip -n right addr add 10.9.0.2/24 dev v1
	t ip -n left link set v0 up
	t ip -n right link set v1 up
	t ip netns exec left ping -c 2 -W 5 10.9.0.2
	t ip -n right link set v1 down
	t ip -n right link set v1 name renamed
	t ip -n right -j link show renamed
	t ip -n right link set renamed netns 1
	t ip link del renamed
	t ip -n left link show v0
	t ip link add d0 type dummy
	t ip link add br0 type bridge
	t ip link set d0 master br0
	t ip link set d0 up
	t ip link set br0 up
	t bridge link show
	t bridge vlan show
	t bridge fdb show br br0
	t ip link add link d0 name d0.5 type vlan id 5
	t ip link add link d0 name mv0 type macvlan mode bridge
	t ip link add d9 type dummy
	t ip link add link d9 name mv9 type macvlan mode bridge
	t ip link add vx0 type vxlan id 9 dstport 4789 dev d0
	modprobe tun
	t ip tuntap add dev tap0 mode tap
	t ip -br link
	t ip link del tap0
	t ip link del vx0
	t ip link del d0
	t ip link del d9
	t ip link del br0
	t ip netns del left
	t ip netns del right
}

session_routes()
{
	t ip netns add routes
	t ip -n routes link set lo up
	t ip -n routes link add d1 type dummy
	t ip -n routes addr add 192.0.2.1/24 dev d1
	t ip -n routes addr add 2001:db8::1/64 dev d1 nodad
	t ip -n routes link set d1 up
	t ip -n routes route add 198.51.100.0/24 via 192.0.2.9
	t ip -n routes route add blackhole 203.0.113.0/24
	t ip -n routes -6 route add 2001:db8:1::/48 via 2001:db8::9
	t ip -n routes route get 198.51.100.1
	t ip -n routes route get 203.0.113.1
	t ip -n routes rule add from 192.0.2.1 table 100
	t ip -n routes route add default via 192.0.2.9 table 100
	t ip -n routes rule show
	t ip -n routes route show table all
	t ip -n routes neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev d1
	t ip -n routes neigh show
	t ip -n routes route add 198.51.101.0/24 encap bpf out obj $object sec lwt_out dev d1
	t ip -n routes route show 198.51.101.0/24
	t ip -n routes route flush table all
	t ip netns del routes
}

session_tc()
{
	t ip link add t0 type veth peer name t1
	t ip link set t0 up
	t ip link set t1 up
	t tc qdisc add dev t0 clsact
	t tc filter add dev t0 ingress bpf da obj $object sec tc
	t tc filter add dev t0 egress bpf da obj $object sec tc
	t tc filter show dev t0 ingress
	t tc -j filter show dev t0 egress
	t bpftool prog load $object /sys/fs/bpf/session-tc type classifier
	t bpftool net attach xdpgeneric pinned /sys/fs/bpf/session-tc dev t0
	t tc filter add dev t1 root bpf da object-pinned /sys/fs/bpf/session-tc
	t tc qdisc add dev t1 ingress
	t tc filter add dev t1 ingress bpf da object-pinned /sys/fs/bpf/session-tc
	t tc filter show dev t1 ingress
	t bpftool prog load $object /sys/fs/bpf/session-action type action
	t tc actions add action bpf object-pinned /sys/fs/bpf/session-action index 3
	t tc actions list action bpf
	t tc actions del action bpf index 3
	t rm /sys/fs/bpf/session-tc /sys/fs/bpf/session-action
	t tc qdisc del dev t0 clsact
	t tc qdisc add dev t0 root handle 1: htb default 1
	t tc class add dev t0 parent 1: classid 1:1 htb rate 10mbit
	t tc qdisc add dev t0 parent 1:1 netem delay 1ms
	t tc class show dev t0
	t tc qdisc show dev t1
	t ip link del t0
}

session_xdp()
{
	t ip link add x0 type veth peer name x1
	t ip link set x0 xdpgeneric obj $object sec xdp
	t ip -d link show x0
	t ip link set x0 xdpgeneric off
	t ip link set x0 xdp obj $object sec xdp
	t ip link set x0 xdp obj $object sec xdp
	t ip -force link set x0 xdp obj $object sec xdp
	t ip link set x0 xdp off
	t bpftool prog load $object /sys/fs/bpf/session-xdp type xdp
	t ip link set x0 xdp pinned /sys/fs/bpf/session-xdp
	t rm -f /sys/fs/bpf/session-xdp
	t ip link set x0 xdp off
	t ip link show x0
	t ip link del x0
	t sh -c 'ls /sys/fs/bpf | grep -v foreign'
}

# A vrf is entered by a program on a cgroup of its own.
session_vrf()
{
	t ip link add red type vrf table 10
	t ip link set red up
	t ip vrf show
	t ip vrf exec red ip vrf identify
	t ip addr add 127.0.0.2/8 dev red
	t ip vrf exec red ping -c 1 -W 5 127.0.0.2
	t bpftool cgroup tree
	t ip vrf pids red
	t ip vrf exec nosuch true
	t ip link del red
}

session_sockets()
{
	nc -l -p 4567 >/dev/null </dev/null &
	listener=$!
	sleep 1
	t ss -Htln
	t ss -Htln --cgroup
	t ss -Htlnp sport = :4567
	t sh -c 'echo hello | nc -w 2 127.0.0.1 4567'
	t ss -Htan state established
	kill $listener 2>/dev/null
	wait $listener 2>/dev/null
	t ss -Htln
	t ss -s --no-header
	t ss -HxlN foreign
}
