# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# bpftool, on the file system of its own: what it pins, opens, lists, attaches.

. /foreign/session.sh

# shellcheck disable=SC2034 # for sessions
all="maps mapsofmaps programs links cgroups net listings features selftest"
object=/foreign/session.bpf.o
iterator=/foreign/iterator.bpf.o
b=/sys/fs/bpf/session

run_part()
{
	mkdir -p $b
	sessions "$@"
}

session_maps()
{
	for type in hash array percpu_hash percpu_array lru_hash lpm_trie queue stack ringbuf; do
		key=4 flags=0 entries=8
		case $type in
		queue | stack) key=0 ;;
		lpm_trie) key=8 flags=1 ;;
		ringbuf) key=0 entries=4096 ;;
		esac
		value=8
		[ $type != ringbuf ] || value=0
		t bpftool map create $b/$type type $type key $key value $value entries $entries \
			name m_$type flags $flags
	done
	t bpftool map create $b/hash type hash key 4 value 8 entries 8 name again
	t bpftool map update pinned $b/hash key 1 0 0 0 value 1 2 3 4 5 6 7 8
	t bpftool map update pinned $b/hash key 1 0 0 0 value 8 7 6 5 4 3 2 1 noexist
	t bpftool map getnext pinned $b/hash
	# With more than one key their order would be chance: each map has a seed of its own.
	t bpftool map update pinned $b/hash key 2 0 0 0 value 8 7 6 5 4 3 2 1 noexist
	t bpftool map lookup pinned $b/hash key 1 0 0 0
	t bpftool map delete pinned $b/hash key 1 0 0 0
	t bpftool map lookup pinned $b/hash key 1 0 0 0
	t bpftool -j map dump pinned $b/hash
	t bpftool map dump pinned $b/array
	t bpftool map update pinned $b/lpm_trie key 24 0 0 0 10 0 0 0 value 1 0 0 0 0 0 0 0
	t bpftool map dump pinned $b/lpm_trie
	t bpftool map enqueue pinned $b/queue value 1 0 0 0 0 0 0 0
	t bpftool map peek pinned $b/queue
	t bpftool map dequeue pinned $b/queue
	t bpftool map push pinned $b/stack value 1 0 0 0 0 0 0 0
	t bpftool map pop pinned $b/stack
	t bpftool map pop pinned $b/stack
	t bpftool map pin pinned $b/hash $b/second
	t rm $b/hash
	t bpftool -j map dump pinned $b/second
	t mv $b/second $b/third
	t ln $b/third $b/fourth
	t bpftool map show pinned $b/third
	t bpftool map freeze pinned $b/third
	t bpftool map update pinned $b/third key 2 0 0 0 value 0 0 0 0 0 0 0 0
	t bpftool map show name m_array
	t bpftool map show pinned $b/nothing
	t chmod 0640 $b/third
	t stat -c '%a %u %g %s %F' $b/third
	t cat $b/third
	t cp $b/third /tmp/copy
	t ls $b
	t sh -c "rm $b/*"
	t sh -c 'bpftool map show name m_hash; bpftool map show name m_array'
}

session_mapsofmaps()
{
	t bpftool map create $b/inner type hash key 4 value 8 entries 8 name inner
	t bpftool map create $b/outer type hash_of_maps key 4 value 4 entries 8 name outer inner_map pinned $b/inner
	t bpftool map update pinned $b/outer key 1 0 0 0 value pinned $b/inner
	t bpftool map dump pinned $b/outer
	t bpftool map create $b/calls type prog_array key 4 value 4 entries 2 name calls
	t bpftool prog load $object $b/prog type tracepoint
	t bpftool map update pinned $b/calls key 0 0 0 0 value pinned $b/prog
	t bpftool map dump pinned $b/calls
	t bpftool map create $b/cgroups type cgroup_array key 4 value 4 entries 2 name cgroups
	t sh -c "rm $b/*"
}

session_programs()
{
	t bpftool prog loadall $object $b/all pinmaps $b/all-maps
	t ls $b/all $b/all-maps
	t bpftool prog show pinned $b/all/count
	t bpftool -j prog show pinned $b/all/count
	t bpftool prog dump xlated pinned $b/all/count
	t bpftool prog dump xlated pinned $b/all/count opcodes linum
	t bpftool prog run pinned $b/all/pass repeat 10 data_in /foreign/packet
	t bpftool prog pin pinned $b/all/count $b/again
	t bpftool prog pin pinned $b/all/count $b/again
	t bpftool -n prog pin pinned $b/all/count /tmp/not-bpffs
	t bpftool prog show name count
	t bpftool prog show tag 0000000000000000
	t bpftool prog load $object $b/all/pass
	t bpftool prog load /dev/null $b/none
	t bpftool -f prog show pinned $b/again
	t sh -c "bpftool -j -f prog show pinned $b/again | jq -c '.pinned | sort'"
	t bpftool gen skeleton $object
	t rm -r $b/all $b/all-maps $b/again
	t bpftool prog show name count
}

session_links()
{
	t bpftool iter pin $object $b/none
	t bpftool iter pin $iterator $b/iterator
	t bpftool iter pin $iterator $b/iterator
	t cat $b/iterator
	t bpftool link show pinned $b/iterator
	t bpftool -j link show pinned $b/iterator
	t bpftool link pin pinned $b/iterator $b/link
	t rm $b/iterator
	t mv $b/link $b/renamed
	t bpftool -f link show pinned $b/renamed
	t bpftool link detach pinned $b/renamed
	t bpftool prog show name every_map
	t rm $b/renamed
	t bpftool link show pinned $b/renamed
	# The kernel ends a link by a worker.
	t sh -c 'for i in 1 2 3 4 5 6 7 8 9; do bpftool prog show name every_map >/dev/null || exit 0; sleep 1; done; exit 1'
}

session_cgroups()
{
	group=/sys/fs/cgroup/session
	t mkdir $group
	t bpftool prog loadall $object $b/all
	t bpftool cgroup attach $group egress pinned $b/all/egress multi
	t bpftool cgroup attach $group egress pinned $b/all/egress multi
	t bpftool cgroup attach $group connect4 pinned $b/all/connect
	t bpftool cgroup show $group
	t bpftool cgroup show $group effective
	t mkdir $group/below
	t bpftool cgroup show $group/below effective
	t bpftool -j cgroup tree
	t sh -c "echo \$\$ >$group/below/cgroup.procs && ping -c 1 -W 5 127.0.0.1"
	t bpftool cgroup detach $group egress pinned $b/all/egress
	t bpftool cgroup show $group
	t rmdir $group/below
	t rmdir $group
	t bpftool cgroup show $group
	t rm -r $b/all
	t bpftool prog show name connect
}

session_net()
{
	t ip link add b0 type veth peer name b1
	t bpftool prog loadall $object $b/all
	t bpftool net attach xdpgeneric pinned $b/all/pass dev b0
	t bpftool net show dev b0
	t bpftool net detach xdpgeneric dev b0
	t bpftool net attach xdp pinned $b/all/pass dev b1
	t bpftool net attach xdp pinned $b/all/pass dev b1 overwrite
	t bpftool net attach xdp pinned $b/all/classify dev b1
	t rm -r $b/all
	t bpftool net show dev b1
	t ip link del b0
	t bpftool prog show name pass
}

session_listings()
{
	t bpftool version
	t sh -c 'bpftool -j prog show | jq -c "[.[].name]"'
	t sh -c 'bpftool -j map show | jq -c "[.[].name]"'
	t sh -c 'bpftool -j link show | jq -c "[.[].type]"'
	t bpftool perf show
	t bpftool struct_ops show
	t sh -c 'bpftool btf show | head -n 1'
	t sh -c 'bpftool btf dump file /sys/kernel/btf/vmlinux format c | md5sum'
	t bpftool btf dump file $object
	t sh -c 'printf "map show name tied\nmap create /sys/fs/bpf/session/x type array key 4 value 4 entries 1 name x\nmap show pinned /sys/fs/bpf/session/x\n" | bpftool batch file -'
	t bpftool batch file /dev/null
	t sh -c "rm -r $b/*"
}

session_features()
{
	t bpftool feature probe kernel
	t bpftool -j feature probe kernel full
	t bpftool feature list_builtins helpers
}

# The kernel's own test of it, if it is built.
session_selftest()
{
	[ -e /foreign/selftests/test_bpftool_metadata.sh ] || return
	cd /foreign/selftests || return
	t bash ./test_bpftool_metadata.sh
}
