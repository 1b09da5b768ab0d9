# SPDX-License-Identifier: GPL-2.0-only
# what: file systems that break the contract give EPERM, no file, and the log says why
# timeout: 360

# The kernel limits such messages to ten in five seconds: one of each first.
# logs FS FOLDER REASON: a pin in FOLDER, of this type, is refused and the log
# tells the reason.
logs()
{
	step "$1"
	before=$(ls "$2" | wc -l)
	echo "guest: bpfpin-test $1" >/dev/kmsg
	expect_errno EPERM bpfobj pin map "$2/bpfpin-test"
	dmesg | sed "1,/guest: bpfpin-test $1\$/d" |
		grep -qF "bpfpin: no pin on $1: $3" ||
		fail "the log does not say why but: $(dmesg | tail -n 3)"
	expect_same "$(ls "$2" | wc -l)" "$before" "files in $2"
	expect_errno ENOENT bpfobj get "$2/bpfpin-test"
}

# explained FS FOLDER REASON: whatever it is that shall be pinned; and the
# command says why.
explained()
{
	step "$1"
	expect_errno EPERM bpfobj pin prog "$2/bpfpin-test"
	expect_errno EPERM bpfobj pin link "$2/bpfpin-test"
	expect_errno ENOENT bpfobj get "$2/bpfpin-test"
	id=$(bpfobj pin map "$T/tmpfs/map")
	expect_fail bpfpin pin map id "$id" "$2/bpfpin-test"
	case $output in
	*"$3"*) ;;
	*) fail "bpfpin does not say why but: $output" ;;
	esac
	rm "$T/tmpfs/map"
	gone map "$id"
	expect_pins 0
}

mount_fs tmpfs "$T/tmpfs"
remote="a server can remove its files without telling this kernel"
made_up="its files are made up at each look-up"
sysfs="drivers do not expect files there; the module parameter sysfs=1 allows it"

unknown="nobody has shown yet"

modprobe fuse
mkdir "$T/fuse"
fusefs "$T/fuse" >"$T/fuse.log" || fail "no fuse"
mount_fs vfat "$T/vfat"

for check in logs explained; do
	$check sysfs /sys/kernel "$sysfs"
	$check debugfs /sys/kernel/debug "$made_up"
	$check tracefs /sys/kernel/tracing "$made_up"
	$check fuse "$T/fuse" "$remote"
	$check vfat "$T/vfat" "$unknown"
done
expect_same "$(cat "$T/fuse.log")" "" "what the server was asked for"
umount "$T/fuse"

step "the table of the command has them"
bpfpin status >"$T/status"
for fs in proc debugfs tracefs fuse nfs nfs4 9p ceph cifs; do
	grep -q "^ *unsupported *$fs .*[a-z] [a-z]" "$T/status" ||
		{ cat "$T/status"; fail "bpfpin status says nothing of $fs"; }
done
for fs in sysfs resctrl; do
	grep -q "^ *kernfs *$fs  *no  *no .*[a-z] [a-z]" "$T/status" ||
		{ cat "$T/status"; fail "bpfpin status says nothing of $fs"; }
done
for fs in cgroup cgroup2; do
	grep -q "^ *cgroup *$fs  *yes  *yes " "$T/status" ||
		{ cat "$T/status"; fail "bpfpin status says nothing of $fs"; }
done
grep -q "$made_up" "$T/status" || fail "bpfpin status does not say why"

step "proc, which lets nobody look for a name that is not there"
expect_errno ENOENT bpfobj pin map /proc/bpfpin-test
expect_errno ENOENT bpfobj pin map /proc/sys/kernel/bpfpin-test

step "ordinary files of an unknown file system"
: >"$T/vfat/file"
expect_errno EACCES bpfobj get "$T/vfat/file"
expect_errno EEXIST bpfobj pin map "$T/vfat/file"
rm "$T/vfat/file"
expect_same "$(ls "$T/vfat")" ""
umount "$T/vfat"

step "devpts, mqueue"
mkdir "$T/mqueue"
mount -t mqueue mqueue "$T/mqueue"
expect_errno EPERM bpfobj pin map "$T/mqueue/pin"
expect_same "$(ls "$T/mqueue")" ""
expect_errno EPERM bpfobj pin map /dev/pts/pin

step "other errors come first, as ever"
expect_calls <<-END
EEXIST pin map /proc/version
EEXIST pin map /sys/kernel
ENOENT pin map /proc/missing/x
ENOTDIR pin map /proc/version/x
EINVAL pin-fd 0 /sys/kernel/bpfpin-test
EACCES get /proc/version
EACCES get /sys/kernel
EACCES get /sys/fs/cgroup/cgroup.procs
ENOENT get /proc/missing
END
expect_pins 0
