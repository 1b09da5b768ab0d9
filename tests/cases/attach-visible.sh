# SPDX-License-Identifier: GPL-2.0-only
# what: who made an attached pin and who has CAP_BPF can see, open and end it; for others there is none
. /tests/owner.sh

cgroup=/sys/fs/cgroup/test
mkdir $cgroup/a
chmod 777 $cgroup/a
user=$(as_user_with bpf bpfobj attach map $cgroup/a user)
root=$(bpfobj attach map $cgroup/a root)
user_pin=$(bpfobj pin-of $cgroup/a user)
root_pin=$(bpfobj pin-of $cgroup/a root)

# sees NAME ID PIN UID COMMAND...
sees()
{
	name=$1 map=$2 pin=$3 uid=$4
	shift 4
	expect_text "map $map" "$@" bpfobj attached $cgroup/a "$name"
	expect_text "map $map" "$@" bpfobj open-id "$pin"
	expect_text "$pin 2 $map $uid 1 /test/a" "$@" bpfioctl info "$pin"
	expect_text "cgroup cgroup2 0 0 * $name" "$@" bpfioctl owner "$pin"
}

# blind NAME PIN COMMAND...
blind()
{
	name=$1 pin=$2
	shift 2
	expect_errno ENOENT "$@" bpfobj attached $cgroup/a "$name"
	expect_errno ENOENT "$@" bpfobj open-id "$pin"
	expect_errno ENOENT "$@" bpfioctl info "$pin"
	expect_errno ENOENT "$@" bpfioctl unpin-id "$pin"
}

step "root, CAP_BPF and CAP_SYS_ADMIN"
for who in env "as_user_with bpf" "as_user_with sys_admin"; do
	# shellcheck disable=SC2086 # words
	sees user "$user" "$user_pin" 1000 $who
	# shellcheck disable=SC2086
	sees root "$root" "$root_pin" 0 $who
done
step "the user, without any"
sees user "$user" "$user_pin" 1000 as_user
blind root "$root_pin" as_user
step "another"
blind user "$user_pin" as_other
blind root "$root_pin" as_other
step "root without capabilities, and that of a user namespace"
blind user "$user_pin" setpriv --inh-caps=-all --bounding-set=-all
blind root "$root_pin" setpriv --inh-caps=-all --bounding-set=-all
blind root "$root_pin" as_user unshare -U -r
sees user "$user" "$user_pin" 0 as_user unshare -U -r

step "a name is taken, whoever may see it"
expect_errno EEXIST as_user_with bpf bpfobj attach map $cgroup/a root

step "ended by who may"
expect_text "$user_pin" as_user bpfioctl unpin-id "$user_pin"
gone map "$user"
expect_errno ENOENT as_user bpfioctl unpin-id "$user_pin"
expect_text "$root_pin" as_user_with bpf bpfioctl unpin-id "$root_pin"
gone map "$root"
expect_pins 0
rmdir $cgroup/a
