# SPDX-License-Identifier: GPL-2.0-only
# what: the module cannot be removed while there is a tie, and can be when it has ended either way
. /tests/tie.sh

mount_fs bpf "$T/bpf"
for way in owner target untie umount; do
	step "$way"
	seven "$T/bpf/d"
	: >"$T/owner"
	tie "$T/bpf/d" path "$T/owner"
	expect_fail rmmod bpfpin
	module_loaded || fail "the module is gone"
	case $way in
	owner) rm "$T/owner" ;;
	target) rm -r "$T/bpf/d" ;;
	untie) bpfioctl untie "$tie" >/dev/null; seven_alive; rm -r "$T/bpf/d" ;;
	umount) umount "$T/bpf" ;;
	esac
	wait_for rmmod bpfpin
	seven_gone
	[ ! -e "$T/bpf/d" ] || fail "it was not removed"
	load_module
done

step "unload against the work"
mount_fs bpf "$T/bpf"
for i in $(seq 20); do
	seven "$T/bpf/d"
	: >"$T/owner"
	tie "$T/bpf/d" path "$T/owner"
	rm "$T/owner"
	wait_for rmmod bpfpin
	[ ! -e "$T/bpf/d" ] || fail "it was not removed"
	seven_gone
	load_module
done
