# SPDX-License-Identifier: GPL-2.0-only
# what: what cannot be removed at the owner's end stays, all else goes, and the log says which
. /tests/tie.sh

# Mounts of the initial namespace count, as for rm(1) there.
mkdir /sys/fs/bpf/tie
cd /sys/fs/bpf/tie
trap 'nsenter -t 1 -m umount /sys/fs/bpf/tie/d/deep/deeper 2>/dev/null || :; rm -rf /sys/fs/bpf/tie' EXIT

step "something is mounted below"
seven d
: >"$T/owner"
tie d path "$T/owner"
nsenter -t 1 -m mount -t tmpfs tmpfs /sys/fs/bpf/tie/d/deep/deeper
rm "$T/owner"
wait_for kernel_said "tie $tie: deeper stays (-16): something is mounted there"
wait_for kernel_said "tie $tie: the owner has ended, but not all that was tied is removed (-16)"
ties 0 0
seven_gone
expect_same "$(find . | sort | tr '\n' ' ')" ". ./d ./d/deep ./d/deep/deeper "
nsenter -t 1 -m umount /sys/fs/bpf/tie/d/deep/deeper
rm -r d

step "in another namespace it is detached, as by rm"
seven d
: >"$T/owner"
tie d path "$T/owner"
mount -t tmpfs tmpfs d/deep
rm "$T/owner"
vanished d
seven_gone
ties 0 0
! is_mounted /sys/fs/bpf/tie/d/deep || fail "still mounted"

step "read-only"
mount_fs bpf "$T/bpf"
seven "$T/bpf/d"
: >"$T/owner"
tie "$T/bpf/d" path "$T/owner"
mount -o remount,ro "$T/bpf"
rm "$T/owner"
wait_for kernel_said "tie $tie: the owner has ended, but not all that was tied is removed (-30)"
ties 0 0
seven_alive
umount "$T/bpf"
seven_gone

step "who adds entries all the time does not keep it"
mkdir d
: >"$T/owner"
tie d path "$T/owner"
sh -c 'while mkdir d/a d/b d/a/c && rmdir d/a/c d/b d/a; do :; done' 2>/dev/null &
pid=$!
sleep 0.2
rm "$T/owner"
vanished d
wait "$pid" || :
ties 0 0
