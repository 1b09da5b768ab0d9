#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The second story that ./demo tells: an agent of a cluster, its pods, and what is
# left in the kernel when both have died, without ties and with them.
set -eu
. /examples/tell.sh

pods=50 killed=40
globals=/sys/fs/bpf/globals
# What the agent makes for each: two programs, five maps, two links.
per_pod=9

each()
{
	i=1
	while [ $i -le "$1" ]; do
		echo $i
		i=$((i + 1))
	done
}

# A pod: a network namespace, a veth into it, a cgroup, and a process in all.
make_pods()
{
	for i in $(each $pods); do
		ip netns add "pod-$i"
		ip link add "pod-$i" type veth peer name eth0 netns "pod-$i"
		mkdir "/sys/fs/cgroup/pod-$i"
		(
			echo 0 >"/sys/fs/cgroup/pod-$i/cgroup.procs"
			exec ip netns exec "pod-$i" sleep 100000
		) &
		echo $! >"/tmp/pod-$i"
	done
}

# kill_pods FIRST LAST: as a cluster does; nobody tells the agent, which is dead.
kill_pods()
{
	i=$1
	while [ "$i" -le "$2" ]; do
		kill -9 "$(cat "/tmp/pod-$i")"
		wait "$(cat "/tmp/pod-$i")" 2>/dev/null || :
		ip netns del "pod-$i"
		until rmdir "/sys/fs/cgroup/pod-$i" 2>/dev/null; do
			sleep 0.1
		done
		i=$((i + 1))
	done
}

start_agent()
{
	echo "\$ /examples/podagent /examples/pod.bpf.o $globals $pods &"
	/examples/podagent /examples/pod.bpf.o $globals $pods >/tmp/podagent 2>&1 &
	agent=$!
	until grep -q cares /tmp/podagent; do
		kill -0 $agent 2>/dev/null || lie "the agent failed: $(cat /tmp/podagent)"
		sleep 0.2
	done
	cat /tmp/podagent
}

kill_agent()
{
	run kill -9 $agent
	wait $agent 2>/dev/null || :
}

# All that the agent made and the kernel still has.
count_objects()
{
	{
		bpftool -j prog show | jq '.[] | select(.name // "" | startswith("pod_")) | .id'
		bpftool -j map show | jq '.[] | select(.name // "" | startswith("pod_")) | .id'
		bpftool -j link show | jq '.[] | select(.type == "cgroup" or .type == "xdp") | .id'
	} | wc -l
}

# left EXPECTED: says how many objects there are, which must be so many soon: a
# namespace ends in the background.
left()
{
	tries=50
	until [ "$(count_objects)" = "$1" ]; do
		[ $tries -gt 0 ] || lie "$(count_objects) objects are left, not $1"
		tries=$((tries - 1))
		sleep 0.2
	done
	echo "programs, maps and links of pods in the kernel: $1"
}

mkdir -p /sys/fs/bpf
grep -q ' /sys/fs/bpf ' /proc/mounts || mount -t bpf bpf /sys/fs/bpf
mkdir $globals

tell "Now what agents in clusters suffer from.  $pods pods, each a network namespace," \
	"a veth and a cgroup.  For each the agent pins $per_pod objects in bpffs."
make_pods
start_agent
left $((pods * per_pod))

tell "The agent is killed, and then $killed pods die.  Nobody removes anything:" \
	"the objects of the dead stay, until somebody sweeps, and knows what to sweep."
kill_agent
echo "\$ ip netns del pod-1; rmdir /sys/fs/cgroup/pod-1; ...  # $killed times"
kill_pods 1 $killed
left $((pods * per_pod))
rm -r $globals
mkdir $globals
kill_pods $((killed + 1)) $pods

tell "Once more with bpfpin.  The agent is the same; only one call for each pod is" \
	"new: its directory in bpffs is tied to the pod's network namespace."
run insmod /lib/bpfpin/bpfpin.ko
make_pods
start_agent
for i in $(each $pods); do
	[ "$i" != 1 ] || echo "\$ bpfpin tie $globals/pod-1 to netns pod-1; ...  # $pods times"
	bpfpin tie "$globals/pod-$i" to netns "pod-$i"
done
left $((pods * per_pod))
kill_agent
kill_pods 1 $killed

tell "The kernel has removed what belonged to the dead, and nothing else."
left $(((pods - killed) * per_pod))
run ls $globals

tell "The others die too: nothing is left, and the module may go."
kill_pods $((killed + 1)) $pods
left 0
run rmmod bpfpin
