# SPDX-License-Identifier: GPL-2.0-only
# what: the view tcp has the bytes that were sent and received, the retransmits of /proc/net/snmp, and the sockets' RTT
# timeout: 300
. /tests/installed.sh
. /tests/owner.sh
view_setup tcp

# Two ends in two network namespaces; processes in either, cgroups the same.
ip netns add left
ip netns add right
ip link add v0 netns left type veth peer name v1 netns right
ip -n left addr add 10.9.0.1/24 dev v0
ip -n right addr add 10.9.0.2/24 dev v1
for side in left right; do
	ip -n $side link set lo up
done
ip -n left link set v0 up
ip -n right link set v1 up

# in_netns NAME COMMAND...
in_netns()
{
	namespace=$1
	shift
	nsenter "--net=/run/netns/$namespace" "$@"
}

retransmits()
{
	in_netns left cat /proc/net/snmp | awk '$1 == "Tcp:" && ++n == 2 { print $13 }'
}

# talk SERVER-CGROUP CLIENT-CGROUP TO-SERVER TO-CLIENT
talk()
{
	rm -f "$T/server"
	in_netns right workload "$1" serve 10.9.0.2 7000 "$3" "$4" >"$T/server" &
	wait_for grep -q ready "$T/server"
	in_netns left workload "$2" connect 10.9.0.2 7000 "$3" "$4" >"$T/client" || fail "client"
	wait $! || fail "server"
	echo "  client $(cat "$T/client"), server $(tail -n 1 "$T/server")"
}

step "bytes"
talk $b $a/deep 3000000 500000
for cgroup in $a/deep $a; do
	expect_value 3000000 $cgroup sent_bytes
	expect_value 500000 $cgroup received_bytes
	expect_value 1 $cgroup connections
	expect_value 0 $cgroup lost
done
expect_value 500000 $b sent_bytes
expect_value 3000000 $b received_bytes
expect_value 1 $b connections
expect_value 3500000 $base sent_bytes
expect_value 3500000 $base received_bytes
expect_value 2 $base connections
[ "$(value $a/deep rtt_usec)" -ge 1 ] || fail "no round-trip time"
view_text $a/deep

step "beside it nothing counts, its other end does"
talk $outside $a/deep 1000 70
expect_value 3001000 $a sent_bytes
expect_value 500070 $a received_bytes
expect_value 3501000 $base sent_bytes
expect_value 3000000 $b received_bytes

step "a round-trip time is what the socket says: in its bucket, or one beside it"
read -r _ _ _ rtt _ <"$T/client"
limit=1
while [ $limit -le "$rtt" ]; do
	limit=$((limit * 2))
done
times=0
for bucket in $((limit / 2)) $limit $((limit * 2)); do
	times=$((times + $(value $a/deep rtt_usec $bucket)))
done
echo "  the socket says $rtt; $times times"
[ $times -ge 1 ] || fail "not once"

step "a connection that goes on is counted while it does"
rm -f "$T/server"
mkfifo "$T/go"
in_netns right workload $b serve 10.9.0.2 7001 40 50 >"$T/server" &
server=$!
wait_for grep -q ready "$T/server"
# bash's own connection, of this cgroup, which is none of the view
in_netns left bash -c 'exec 5<>/dev/tcp/10.9.0.2/7001; printf "%040d" 0 >&5; head -c 50 <&5 >/dev/null; read -r _ <"$1"' bash "$T/go" &
has_sent()
{
	[ "$(value $b sent_bytes)" = 500050 ]
}
has_received()
{
	[ "$(value $b received_bytes)" = 3000040 ]
}
wait_for has_received
wait_for has_sent
kill -0 $server || fail "the server has ended"
echo go >"$T/go"
wait

# deaf, hears: whether what is sent to the other end arrives
deaf()
{
	ip -n left neigh replace 10.9.0.2 lladdr 02:00:00:00:00:99 dev v0 nud permanent
}

hears()
{
	ip -n left neigh replace 10.9.0.2 lladdr "$mac" dev v0 nud permanent
}

# was_repeated N: so many retransmits are counted, at least
was_repeated()
{
	[ "$(value $a/deep retransmits)" -ge "$1" ]
}

mac=$(ip -n right -j link show v1 | jq -r '.[0].address')
before=$(retransmits)

step "retransmits of data, while the other end is deaf"
rm -f "$T/server"
in_netns right workload $b serve 10.9.0.2 7002 1040 10 >"$T/server" &
wait_for grep -q ready "$T/server"
# shellcheck disable=SC2016 # for the shell that is started
start_in $a/deep nsenter --net=/run/netns/left bash -c '
	exec 5<>/dev/tcp/10.9.0.2/7002
	printf "%040d" 0 >&5
	read -r _ <"$1"
	printf "%01000d" 0 >&5
	head -c 10 <&5 >/dev/null' bash "$T/go"
has_begun()
{
	[ "$(value $b received_bytes)" = 3000080 ]
}
wait_for has_begun
expect_value 0 $a/deep retransmits
deaf
echo go >"$T/go"
wait_for was_repeated 2
hears
wait
expect_same "$(value $a/deep retransmits)" $(($(retransmits) - before)) "retransmits"
expect_value 3002040 $a/deep sent_bytes
expect_value 3001080 $b received_bytes

step "retransmits of what opens a connection"
deaf
counted=$(value $a/deep retransmits)
rm -f "$T/server"
in_netns right workload $b serve 10.9.0.2 7003 30 10 >"$T/server" &
wait_for grep -q ready "$T/server"
in_netns left workload $a/deep connect 10.9.0.2 7003 30 10 >"$T/client" &
wait_for was_repeated $((counted + 1))
hears
wait
echo "  retransmits $(value $a/deep retransmits), snmp $(($(retransmits) - before))"
expect_same "$(value $a/deep retransmits)" $(($(retransmits) - before)) "retransmits"
expect_value 3002070 $a/deep sent_bytes
expect_value 0 $b retransmits

step "a connection that is refused was none"
connections=$(value $a/deep connections)
expect_fail in_netns left workload $a/deep connect 10.9.0.2 7099 1 1
expect_value "$connections" $a/deep connections

ip netns del left
ip netns del right
view_end
