# SPDX-License-Identifier: GPL-2.0-only
# what: the view memstall has the page faults that the process has, and the stalls of memory.pressure
# timeout: 300
. /tests/installed.sh
view_setup memstall

mount_fs ext4 "$T/disk"
dd if=/dev/urandom of="$T/disk/file" bs=4096 count=300 2>/dev/null

step "page faults, minor and major"
drop_caches
workload $a/deep faults 3000 "$T/disk/file" >"$T/faults" || fail "workload"
read -r minor major rest <"$T/faults"
echo "  of the process: $minor $major ($rest)"
[ "$minor" -ge 3000 ] && [ "$major" -ge 1 ] || fail "too few"
for cgroup in $a/deep $a $base; do
	# a few more: to touch the stack and the library before and after
	between "$minor" "$(value $cgroup minor_faults)" $((minor + 30)) 0
	between "$major" "$(value $cgroup major_faults)" $((major + 10)) 0
	expect_value 0 $cgroup lost
done
expect_nothing $b
expect_ok workload $outside faults 3000 "$T/disk/file" >/dev/null
between "$minor" "$(value $base minor_faults)" $((minor + 30)) 0

step "stalls"
# some avg10=0.00 avg60=0.00 avg300=0.00 total=0
pressure()
{
	sed -n 's/^some .*total=//p' "$1/memory.pressure"
}
stalled=$(value $b stall_usec)
before=$(pressure $b)
echo 4M >$b/memory.high
# memory.pressure adds up the processors by how busy each is, so there is to be one.
expect_ok taskset 2 workload $b eat 8000000 1
echo max >$b/memory.high
# It is brought up to date every two seconds.
sleep 2.5
cat $b/memory.pressure
[ "$(($(pressure $b) - before))" -gt 100000 ] || fail "it was not throttled"
near $(($(value $b stall_usec) - stalled)) $(($(pressure $b) - before)) 10 5000
[ "$(value $b stalls)" -gt 0 ] || fail "no stall"
between 1 "$(value $b longest_stall_usec)" "$(value $b stall_usec)" 0
[ "$(value $base longest_stall_usec)" -ge "$(value $b longest_stall_usec)" ] || fail "above it is shorter"
umount "$T/disk"
view_end
