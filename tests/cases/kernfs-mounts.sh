# SPDX-License-Identifier: GPL-2.0-only
# what: pins in cgroups keep no mount busy, live on without any, and work in every namespace

c=bpfpin-test
mkdir /sys/fs/cgroup/$c "$T/cg"
mount -t cgroup2 cgroup2 "$T/cg"
id=$(bpfobj pin map "$T/cg/$c/bpf")

step "umount and remount"
expect_ok umount "$T/cg"
alive map "$id"
expect_text "map $id" bpfobj get /sys/fs/cgroup/$c/bpf
expect_ok umount /sys/fs/cgroup
alive map "$id"
expect_pins 1
expect_fail rmmod bpfpin
mount -t cgroup2 cgroup2 /sys/fs/cgroup
expect_text "map $id" bpfobj get /sys/fs/cgroup/$c/bpf
expect_same "$(bpfpin -j show /sys/fs/cgroup/$c/bpf | jq -r .path)" /sys/fs/cgroup/$c/bpf
rm /sys/fs/cgroup/$c/bpf
gone map "$id"

step "a mount namespace that is gone"
id=$(unshare -m --propagation private sh -c "
	mount -t cgroup2 cgroup2 $T/cg; bpfobj pin map $T/cg/$c/bpf")
alive map "$id"
expect_text "map $id" bpfobj get /sys/fs/cgroup/$c/bpf
rm /sys/fs/cgroup/$c/bpf
gone map "$id"

step "a path in another mount namespace"
unshare -m --propagation private sh -c "
	mount -t cgroup2 cgroup2 $T/cg; : >$T/ready; exec sleep 60" &
holder=$!
wait_for test -e "$T/ready"
id=$(bpfobj pin map "/proc/$holder/root$T/cg/$c/bpf")
kill $holder
wait $holder || :
expect_text "map $id" bpfobj get /sys/fs/cgroup/$c/bpf
bpfpin unpin /sys/fs/cgroup/$c/bpf
gone map "$id"

step "a cgroup namespace, unbindable mounts"
id=$(unshare -C -m --propagation private sh -c "
	mount -t cgroup2 cgroup2 $T/cg; mount --make-unbindable $T/cg
	mkdir $T/cg/bpfpin-ns; bpfobj pin map $T/cg/bpfpin-ns/bpf")
alive map "$id"
rmdir "$(find /sys/fs/cgroup -type d -name bpfpin-ns)"
gone map "$id"
rmdir /sys/fs/cgroup/$c
expect_pins 0
