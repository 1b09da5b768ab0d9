# SPDX-License-Identifier: GPL-2.0-only
# what: a user sees and ends his own pins and nobody else's; CAP_BPF sees all, root without it none

pin_id()
{
	bpfioctl file "$1" | cut -d ' ' -f 2
}

root=$(bpfobj pin map "$T/root")
user=$(as_user_with bpf bpfobj pin map "$T/user")
other=$(setpriv --reuid 1001 --regid 1001 --clear-groups --inh-caps +bpf --ambient-caps +bpf \
	bpfobj pin map "$T/other")
root_pin=$(pin_id "$T/root")
user_pin=$(pin_id "$T/user")
other_pin=$(pin_id "$T/other")

# sees WHOSE... -- COMMAND...: the command begins a process that sees just these.
sees()
{
	seen=''
	while [ "$1" != -- ]; do
		seen="$seen $1"
		shift
	done
	shift
	for whose in root user other; do
		case $whose in
		root) pin=$root_pin map=$root uid=0 ;;
		user) pin=$user_pin map=$user uid=1000 ;;
		other) pin=$other_pin map=$other uid=1001 ;;
		esac
		case " $seen " in
		*" $whose "*)
			expect_text "$pin 2 $map $uid 1 /$whose" "$@" bpfioctl info "$pin"
			expect_text "$pin 2 $map $uid 1 /$whose" "$@" bpfioctl next "$pin"
			expect_text "PIN $pin file tmpfs 3" "$@" bpfioctl file "$T/$whose" ;;
		*)
			expect_errno ENOENT "$@" bpfioctl info "$pin"
			expect_errno ENOENT "$@" bpfioctl unpin-id "$pin"
			expect_text "NONE 0 file tmpfs 3" "$@" bpfioctl file "$T/$whose" ;;
		esac
	done
	id=0 found=''
	while line=$("$@" bpfioctl next "$id" 2>/dev/null); do
		found="$found ${line##*/}"
		id=$((${line%% *} + 1))
	done
	expect_same "$found" "$seen" "pins seen by $*"
	expect_errno ENOENT "$@" bpfioctl next "$id"
}

step "root"
sees root user other -- env
step "user 1000"
sees user -- as_user
step "user 1001"
sees other -- as_other
step "user 1000 with CAP_BPF"
sees root user other -- as_user_with bpf
step "user 1000 with CAP_SYS_ADMIN"
sees root user other -- as_user_with sys_admin
step "user 1000 with CAP_NET_ADMIN"
sees user -- as_user_with net_admin
step "root without capabilities"
sees -- setpriv --inh-caps=-all --bounding-set=-all
step "root of a user namespace of user 1000"
expect_errno ENOENT as_user unshare -U -r bpfioctl info "$root_pin"
expect_errno ENOENT as_user unshare -U -r bpfioctl unpin-id "$root_pin"
expect_text "$user_pin 2 $user 0 1 /user" as_user unshare -U -r bpfioctl info "$user_pin"
step "a user without a name there"
expect_text "$user_pin 2 $user 65534 1 /user" as_user unshare -U bpfioctl info "$user_pin"

step "unpin by path needs the rights of unlink, and the pin to be one's own"
expect_errno EINVAL as_user bpfioctl unpin-path "$T/root"
expect_errno EINVAL as_user bpfioctl unpin-path "$T/other"
mkdir -m 777 "$T/open"
mv "$T/root" "$T/other" "$T/open"
expect_errno EINVAL as_user bpfioctl unpin-path "$T/open/root"
expect_errno EINVAL as_user bpfioctl unpin-path "$T/open/other"
expect_errno EINVAL as_user bpfioctl clean "$T/open/other"
expect_errno EBUSY as_other bpfioctl clean "$T/open/other"
alive map "$root"
alive map "$other"
mkdir -m 755 "$T/shut"
mv "$T/user" "$T/shut"
expect_errno EACCES as_user bpfioctl unpin-path "$T/shut/user"
alive map "$user"
mkdir -m 700 "$T/private"
mv "$T/shut/user" "$T/private"
expect_errno EACCES as_user bpfioctl file "$T/private/user"
expect_errno EACCES as_user bpfioctl unpin-path "$T/private/user"
expect_errno EACCES as_user bpfioctl clean "$T/private/user"
alive map "$user"

step "his own he can end, by id wherever it is"
expect_ok as_user bpfioctl unpin-id "$user_pin"
gone map "$user"
expect_errno ENOENT as_user bpfioctl unpin-id "$user_pin"
expect_ok as_other bpfioctl unpin-path "$T/open/other"
gone map "$other"
[ ! -e "$T/open/other" ] || fail "the file is still there"

step "with CAP_BPF everybody's"
expect_ok as_user_with bpf bpfioctl unpin-path "$T/open/root"
gone map "$root"
