# SPDX-License-Identifier: GPL-2.0-only
# what: bpf_watch_inode() of a cgroup's directory: called once inside rmdir(2), though the inode is forgotten before; unwatch needs no inode
. /tests/owner.sh
. /tests/watch.sh

cgroup=/sys/fs/cgroup/test
load_consumer

step "ends at rmdir and not before"
mkdir $cgroup/a $cgroup/a/b $cgroup/c
watch 0 $cgroup/a
watch 1 $cgroup/a/b
watch 2 $cgroup/a
watch 3 $cgroup/c
watches 4
drop_caches
eat_memory
unwatch 2
calls 0 0 "while it is there"
rmdir $cgroup/a/b
ended 1 "after rmdir"
calls 0 0 "while it is there"
rmdir $cgroup/a
ended 0 "after rmdir"
calls 2 0 "after unwatch"
calls 3 0 "of another"
watches 1
rmdir $cgroup/c
ended 3 "after rmdir"
watches 0

step "the files of a cgroup and the root are none"
expect_errno EPERM consumer "watch 4 $cgroup/cgroup.procs"
expect_errno EPERM consumer "watch 4 /sys/fs/cgroup"
said_after "bpfpin: no watch on cgroup2: the root cgroup never ends" consumer "watch 4 /sys/fs/cgroup"
said_after "bpfpin: no watch on cgroup2: the files of a cgroup are the kernel's" \
	consumer "watch 4 $cgroup/cgroup.procs"

step "a callback that sleeps keeps rmdir waiting"
mkdir $cgroup/a
watch 5 $cgroup/a
consumer "delay 5 300"
rmdir $cgroup/a
ended 5 "after rmdir"
watches 0
unload_consumer
