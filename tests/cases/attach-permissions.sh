# SPDX-License-Identifier: GPL-2.0-only
# what: attaching needs CAP_BPF and, of the owner, to write or own a file or cgroup, a descriptor of a socket, CAP_NET_ADMIN over a namespace or device
. /tests/owner.sh

cgroup=/sys/fs/cgroup/test
with_bpf_net()
{
	setpriv --reuid 1000 --regid 1000 --clear-groups --inh-caps -all,+bpf,+net_admin \
		--ambient-caps -all,+bpf,+net_admin "$@"
}

# A user needs an object, and may make maps of the administrator's grace here.
echo 0 >/proc/sys/kernel/unprivileged_bpf_disabled

# denied ERRNO WHO COMMAND...: attach to OWNER
denied()
{
	errno=$1 owner=$2
	shift 2
	expect_errno "$errno" "$@" bpfobj attach map "$owner" x
	expect_pins 0
}

# allowed OWNER WHO...: and it is theirs
allowed()
{
	owner=$1
	shift
	id=$("$@" bpfobj attach map "$owner" x) || fail "cannot attach to $owner: $*"
	expect_text "map $id" "$@" bpfobj attached "$owner" x
	expect_ok "$@" bpfioctl unpin-id "$("$@" bpfobj pin-of "$owner" x)" >/dev/null
	gone map "$id"
	expect_pins 0
}

step "a file"
chmod 755 "$T"
for mode in 600 644 666 444; do
	: >"$T/$mode"
	chmod $mode "$T/$mode"
	: >"$T/own-$mode"
	chmod $mode "$T/own-$mode"
	chown 1000 "$T/own-$mode"
	denied EPERM "$T/own-$mode" as_user
	allowed "$T/own-$mode" with_bpf
	allowed "$T/$mode" env
done
denied EPERM "$T/666" as_user
for mode in 600 644 444; do
	denied EACCES "$T/$mode" with_bpf
done
allowed "$T/666" with_bpf
allowed "$T/600" setpriv --reuid 1000 --regid 1000 --clear-groups \
	--inh-caps -all,+bpf,+dac_override --ambient-caps -all,+bpf,+dac_override
exec 5<"$T/644"
denied EACCES fd:5 with_bpf
exec 5>>"$T/600"
allowed fd:5 with_bpf
exec 5>&-
mkdir -m 700 "$T/shut"
: >"$T/shut/x"
chmod 666 "$T/shut/x"
denied EACCES "$T/shut/x" with_bpf

step "a cgroup"
mkdir $cgroup/root $cgroup/user
chown 1000 $cgroup/user
denied EACCES $cgroup/root with_bpf
exec 5<$cgroup/root
denied EACCES fd:5 with_bpf
exec 5<&-
denied EPERM $cgroup/user as_user
allowed $cgroup/user with_bpf
allowed $cgroup/root env
chmod 777 $cgroup/root
allowed $cgroup/root with_bpf
rmdir $cgroup/root $cgroup/user

step "a socket and a pipe: who has a descriptor"
start_tool
tell socket udp
socket=$told
tell pipe
pipe=${told% *}
allowed "fd:$tool:$socket" env
exec 5<"/proc/$tool/fd/$pipe"
allowed fd:5 with_bpf
denied EPERM fd:5 as_user
exec 5<&-
# By a path one has to get at it as the owner's tracer could.
denied EACCES "/proc/$tool/fd/$pipe" with_bpf
end_tool

step "a network namespace and a device: CAP_NET_ADMIN over it"
start_tool
tell netns
ns=/proc/$tool/ns/net
nsenter -n -t "$tool" ip link add owner type dummy
new_device owner
: >"$T/ns"
mount --bind "$ns" "$T/ns"
index=$(nsenter -n -t "$tool" ip -o link show owner | cut -d : -f 1)
for owner in "$T/ns" "dev:$index:$T/ns" dev:owner; do
	denied EPERM "$owner" as_user
	denied EPERM "$owner" with_bpf
	denied EPERM "$owner" as_user_with net_admin
	allowed "$owner" with_bpf_net
	allowed "$owner" env
done
umount "$T/ns"
ip link del owner
kill_tool

step "of a user namespace of one's own"
start_tool as_user
tell unshare-user
ns=/proc/$tool/ns/net
inside="nsenter -U -n --preserve-credentials -t $tool"
# As uid 1000 outside he owns that user namespace, and so all that it owns.
exec 5<"$ns"
allowed fd:5 with_bpf
# Another user does not, whatever else he may.
expect_errno EPERM setpriv --reuid 1001 --regid 1001 --clear-groups --inh-caps -all,+bpf \
	--ambient-caps -all,+bpf bpfobj attach map fd:5 x
# Being root in there is no CAP_BPF outside.
expect_errno EPERM $inside bpfobj attach map fd:5 x
exec 5<&-
kill_tool
echo 2 >/proc/sys/kernel/unprivileged_bpf_disabled
expect_pins 0
