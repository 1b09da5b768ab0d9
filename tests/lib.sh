# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# What tests in a guest use.  Each test runs with `set -eu' in a fresh folder,
# $T, of a tmpfs and in a mount namespace of its own: nothing has to be undone
# that is undone by the end of those.

# shellcheck disable=SC2034
T=/tmp
module=/lib/bpfpin/bpfpin.ko

# fail MESSAGE: ends the test.
fail()
{
	echo "FAIL: $*"
	exit 1
}

# step MESSAGE: what the test does now, for whoever reads its output.
step()
{
	echo "- $*"
}

# expect_ok COMMAND...
expect_ok()
{
	"$@" || fail "this failed with exit code $?: $*"
}

# expect_fail COMMAND...: any exit code but 0; the output stays in $output.
expect_fail()
{
	code=0
	output=$("$@" 2>&1) || code=$?
	[ "$code" != 0 ] || fail "this should have failed: $* (it printed: $output)"
}

# expect_errno ENAME COMMAND...: COMMAND is a program of tests/tools, or runs
# one, whose system call fails with this errno.
expect_errno()
{
	errno=$1
	shift
	code=0
	output=$("$@" 2>&1) || code=$?
	[ "$code" != 0 ] || fail "no $errno, it worked: $*"
	case $output in
	*"errno $errno") ;;
	*) fail "not $errno but '$output': $*" ;;
	esac
}

# expect_text PATTERN COMMAND...: the command works and its whole output is
# like the pattern, which is the shell's.
expect_text()
{
	pattern=$1
	shift
	output=$("$@" 2>&1) || fail "this failed: $* (it printed: $output)"
	# shellcheck disable=SC2254 # it is a pattern
	case $output in
	$pattern) ;;
	*) fail "printed '$output', not '$pattern': $*" ;;
	esac
}

# expect_same A B [MESSAGE]
expect_same()
{
	[ "$1" = "$2" ] || fail "${3:-values differ}: '$1', expected '$2'"
}

# type_of TYPE: what the kernel knows it as, one of prog, map and link.
type_of()
{
	case $1 in
	prog) echo prog ;;
	map | prog_array | sockmap | sockhash | sk_storage) echo map ;;
	*) echo link ;;
	esac
}

# alive TYPE ID
alive()
{
	bpfobj exists "$(type_of "$1")" "$2" || fail "$1 $2 is gone too early"
}

# gone TYPE ID: the reference was dropped before the last command returned.  The ids
# of programs and maps go with the last reference.  The end of a link is left to a
# worker of the kernel, and so is that of the entries of a program array, which
# holds the map meanwhile: they get a second.
gone()
{
	case $1 in
	link | iter | prog_array) wait_gone "$1" "$2" 10 ;;
	*) wait_gone "$1" "$2" 0 ;;
	esac
}

# wait_gone TYPE ID [TENTHS]: the kernel forgets the object in time.
wait_gone()
{
	tenths=${3:-50}
	while bpfobj exists "$(type_of "$1")" "$2"; do
		[ "$tenths" -gt 0 ] || fail "$1 $2 is still alive"
		tenths=$((tenths - 1))
		sleep 0.1
	done
}

# wait_for COMMAND...: until it works, five seconds at most.
wait_for()
{
	tenths=50
	until "$@"; do
		[ "$tenths" -gt 0 ] || fail "this did not happen: $*"
		tenths=$((tenths - 1))
		sleep 0.1
	done
}

# at_least VERSION: the running kernel is this or newer.
at_least()
{
	[ "$(printf '%s\n' "$1" "$(uname -r)" | sort -V | head -n 1)" = "$1" ]
}

# as_user COMMAND...: as uid 1000, without any capability.
as_user()
{
	setpriv --reuid 1000 --regid 1000 --clear-groups --inh-caps=-all "$@"
}

# as_other COMMAND...: as uid 1001, without any capability.
as_other()
{
	setpriv --reuid 1001 --regid 1001 --clear-groups --inh-caps=-all "$@"
}

drop_caches()
{
	sync
	echo 3 >/proc/sys/vm/drop_caches
}

# The names that mount_fs takes, of file systems that take pins.
# shellcheck disable=SC2034
pin_filesystems="tmpfs ramfs ext4 xfs btrfs overlay hugetlbfs devtmpfs"

# mount_fs NAME DIRECTORY: a file system, fresh unless said otherwise.
#   tmpfs ramfs hugetlbfs
#   devtmpfs		the one of the whole guest: use names of your own
#   ext4 xfs btrfs vfat	a scratch disk: empty at first, then as left
#   small		an ext4 with 5 free inodes
#   overlay		upper layer on a tmpfs, below DIRECTORY.layers
mount_fs()
{
	mkdir -p "$2"
	case $1 in
	ext4 | small) mount -t ext4 "/dev/scratch-$1" "$2" ;;
	xfs | btrfs | vfat) mount -t "$1" "/dev/scratch-$1" "$2" ;;
	overlay)
		mkdir -p "$2.layers"
		mount -t tmpfs tmpfs "$2.layers"
		mkdir "$2.layers/lower" "$2.layers/upper" "$2.layers/work"
		mount -t overlay -o "lowerdir=$2.layers/lower,upperdir=$2.layers/upper,workdir=$2.layers/work" overlay "$2" ;;
	bpf) mount -t bpf bpf "$2" ;;
	*) mount -t "$1" "$1" "$2" ;;
	esac || fail "cannot mount $1 on $2"
}

module_loaded()
{
	grep -q '^bpfpin ' /proc/modules
}

load_module()
{
	insmod "$module" "$@"
}

unload_module()
{
	rmmod bpfpin
}

# expect_pins N: right now there are so many pins, and no other watch.
expect_pins()
{
	status=$(bpfobj status)
	[ "$status" = "pins $1 watches $1" ] ||
		fail "'$status', expected $1: $(bpfpin list 2>&1 | tr -s ' \n' ' ')"
}

is_mounted()
{
	grep -q " $1 " /proc/mounts
}

# unmount_fs NAME DIRECTORY: what mount_fs has mounted.
unmount_fs()
{
	expect_ok umount "$2"
	[ "$1" != overlay ] || expect_ok umount "$2.layers"
}

# on_each_fs FUNCTION [NAME...]: on each of these file systems, or of all that
# take pins, calls FUNCTION NAME FOLDER with an empty folder on it.  FUNCTION may
# unmount.
on_each_fs()
{
	on_each=$1
	shift
	# shellcheck disable=SC2086 # a list of words
	[ $# -gt 0 ] || set -- $pin_filesystems
	for fs; do
		step "$fs"
		mount_fs "$fs" "$T/$fs"
		rm -rf "$T/$fs/bpfpin-test"
		mkdir "$T/$fs/bpfpin-test"
		$on_each "$fs" "$T/$fs/bpfpin-test"
		cd "$T" || return
		is_mounted "$T/$fs" || continue
		rm -rf "$T/$fs/bpfpin-test"
		unmount_fs "$fs" "$T/$fs"
	done
}

# with_bpf COMMAND...: as uid 1000, with CAP_BPF and no other capability.
with_bpf()
{
	as_user_with bpf "$@"
}

# expect_calls [COMMAND...]: standard input is a list of calls of bpfobj behind
# what each must give: ok or an errno.  COMMAND is to run bpfobj with.
expect_calls()
{
	grep -v '^$' >"$T/calls"
	"$@" bpfobj batch <"$T/calls" >"$T/results" || fail "cannot run the calls"
	diff -U 0 "$T/calls" "$T/results" >"$T/differ" || {
		grep '^[-+][^-+]' "$T/differ" | cut -c 1-200
		fail "in $PWD: $(sed -n 's/^-\([^-]\)/no \1/p' "$T/differ" | head -n 1 | cut -c 1-100)"
	}
}

# kernel_said TEXT: the kernel's log has it, since this test began.
kernel_said()
{
	dmesg | awk -v text="$1" '
		/guest: test .* begins$/ { said = 0 }
		index($0, text) { said = 1 }
		END { exit !said }'
}

# said_after TEXT COMMAND...: the command, which fails, makes the kernel say this;
# repeated for a while, since messages of one kind are limited to ten in five
# seconds.
said_after()
{
	text=$1
	shift
	tries=20
	until kernel_said "$text"; do
		[ "$tries" -gt 0 ] || fail "the kernel did not say: $text"
		tries=$((tries - 1))
		"$@" >/dev/null 2>&1 || :
		kernel_said "$text" || sleep 0.5
	done
}

# as_user_with CAPABILITY COMMAND...: as uid 1000 with this one.
as_user_with()
{
	capability=$1
	shift
	setpriv --reuid 1000 --regid 1000 --clear-groups --inh-caps "-all,+$capability" \
		--ambient-caps "-all,+$capability" "$@"
}

# mount_empty NAME DIRECTORY: as mount_fs, without what other tests left.
mount_empty()
{
	mount_fs "$1" "$2"
	[ "$1" = devtmpfs ] ||
		find "$2" -mindepth 1 ! -name lost+found -exec rm -rf {} + 2>/dev/null || :
}

# commit_fault NAME: has the kernel do what a debug kernel must notice.
commit_fault()
{
	grep -q '^faults ' /proc/modules || expect_ok insmod /tests/modules/faults.ko
	echo "$1" >/sys/module/faults/parameters/fault || fail "cannot have the fault $1"
}
