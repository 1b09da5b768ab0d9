# SPDX-License-Identifier: GPL-2.0-only
# what: who has no CAP_BPF, root of a user namespace included, gets by no request, command or form of owner at what is not his own
# timeout: 540
. /tests/owner.sh
. /tests/view.sh

# The callers: a user, root of a user namespace of his (with all namespaces of its
# own), another user, and the first one with CAP_BPF, to show what the others lack.
as_userns()
{
	as_user unshare -U -r -m -n -i --propagation unchanged "$@"
}

# table FUNCTION: what it prints is a table that has to hold: what each of the
# callers gets, in that order, and the command of bpfobj or another program.  An @
# in that is the number of the caller; one that gets - does not try.
table()
{
	step "$1"
	$1 >"$T/table"
	number=0
	for caller in as_user as_userns as_other with_bpf; do
		number=$((number + 1))
		step "$1 $caller"
		awk -v n=$number '$n != "-" {
			expected = $n
			$1 = $2 = $3 = $4 = ""
			gsub(/@/, n)
			sub(/^ */, "")
			print expected, $0
		}' "$T/table" | expect_calls $caller || wrong=1
	done
}

cgroup=/sys/fs/cgroup/test
mount_empty ext4 "$T/disk"
load_views
chmod 755 "$T" "$T/disk" "$T/bpf"

step "the world: of root's, for everybody, the user's own"
mkdir "$T/root" "$T/open" "$T/user" "$T/disk/root" "$T/disk/user" "$T/bpf/root" "$T/bpf/user"
mkdir $cgroup/root $cgroup/root/below $cgroup/user
chown 1000:1000 "$T/user" "$T/disk/user" "$T/bpf/user" $cgroup/user
chmod 777 "$T/open"
for at in root open disk/root bpf/root; do
	bpfobj pin map "$T/$at/map" >/dev/null
done
bpfobj pin prog "$T/root/prog" >/dev/null
bpfobj pin link "$T/root/link" >/dev/null
: >"$T/root/file"
: >"$T/user/file"
chown 1000:1000 "$T/user/file"
: >"$T/open/file"
chmod 666 "$T/open/map" "$T/open/file"
expect_ok bpfioctl unpin-id "$(bpfobj pin map "$T/disk/root/stale" >/dev/null
	bpfioctl file "$T/disk/root/stale" | cut -d ' ' -f 2)" >/dev/null
# A program of views that everybody has.
expect_ok bpfobj repin "$progs/plain" "$T/open/view"
chmod 666 "$T/open/view"
expect_ok bpfioctl view "$T/open/view" $cgroup/root/bpf.view inherit >/dev/null
start_tool
tell socket udp
socket=$told
tell pipe
pipe=${told% *}
tell netns
tell socket tcp
netns_socket=$told
: >"$T/ns"
mount --bind "/proc/$tool/ns/net" "$T/ns"
new_device owner
bpfobj attach map "$T/root/file" x >/dev/null
bpfobj attach map "$T/open/file" x >/dev/null
bpfobj attach map $cgroup/root x >/dev/null
bpfobj attach map "fd:$tool:$socket" x >/dev/null
bpfobj attach map "fd:$tool:$pipe" x >/dev/null
bpfobj attach map "fd:$tool:$netns_socket" x >/dev/null
bpfobj attach map "$T/ns" x >/dev/null
bpfobj attach map dev:owner x >/dev/null
expect_ok bpfioctl tie "$T/bpf/root/map" path "$T/root/file" >"$T/tie"
tie=$(cat "$T/tie")
pin=$(bpfioctl file "$T/root/map" | cut -d ' ' -f 2)
open_pin=$(bpfioctl file "$T/open/map" | cut -d ' ' -f 2)
view_pin=$(bpfioctl file $cgroup/root/bpf.view | cut -d ' ' -f 2)
attached=$(bpfobj pin-of "$T/root/file" x)
# The user's own, which all of them that are the user see.
expect_ok as_user bpfobj repin "$T/open/map" "$T/user/own"
own=$(as_user bpfioctl file "$T/user/own" | cut -d ' ' -f 2)
# Descriptors that everybody has, open for reading only.
exec 4<"/proc/$tool/fd/$pipe" 5<"$T/root/file" 6<$cgroup/root 7<"$T/ns"

# BPF_OBJ_PIN of what everybody can open; modes and owners decide, as in bpffs.
pinning()
{
	cat <<-END
	EACCES EACCES EACCES EACCES repin $T/open/map $T/root/new
	EACCES EACCES EACCES EACCES repin $T/open/map $T/disk/root/new
	EACCES EACCES EACCES EACCES repin $T/open/map $T/bpf/root/new
	EACCES EACCES EACCES EACCES repin $T/open/map $cgroup/root/bpf-new
	EACCES EACCES EACCES EACCES repin $T/open/view $cgroup/root/bpf-new
	EEXIST EEXIST EEXIST EEXIST repin $T/open/map $T/root/map
	EEXIST EEXIST EEXIST EEXIST repin $T/open/map $T/root/file
	EEXIST EEXIST EEXIST EEXIST repin $T/open/map $cgroup/root/bpf.view
	EEXIST EEXIST EEXIST EEXIST repin $T/open/view $cgroup/root/below/bpf.view
	ENOENT ENOENT ENOENT ENOENT repin $T/open/map /proc/self/new
	EPERM EPERM EPERM EPERM repin $T/open/map /sys/kernel/new
	EACCES EACCES EACCES EACCES repin $T/open/map /dev/new
	ok ok EACCES ok repin $T/open/map $T/user/new-@
	ok ok ok ok repin $T/open/map $T/open/new-@
	ok ok EACCES ok repin $T/open/map $T/disk/user/new-@
	ok ok EACCES ok repin $T/open/map $T/bpf/user/new-@
	EACCES EACCES EACCES EACCES repin $T/root/map $T/open/again
	EACCES EACCES EACCES EACCES repin $T/root/map $T/open/again rdonly
	EACCES EACCES EACCES EACCES repin $T/root/prog $T/open/again
	EPERM EPERM EPERM ok pin map $T/open/made-@
	EINVAL EINVAL EINVAL EINVAL pin-fd 5 $T/open/again
	EINVAL EINVAL EINVAL EINVAL pin-fd 6 $T/open/again
	END
}

# BPF_OBJ_GET: the modes of the file.
getting()
{
	for access in "" rdonly wronly; do
		for file in root/map root/prog root/link disk/root/map bpf/root/map; do
			echo "EACCES EACCES EACCES EACCES get $T/$file $access"
		done
		echo "ok ok ok ok get $T/open/map $access"
	done
	cat <<-END
	EACCES EACCES EACCES EACCES get $cgroup/root/bpf.view
	EACCES EACCES EACCES EACCES get $cgroup/root/bpf.view wronly
	EACCES EACCES EACCES EACCES get $cgroup/root/below/bpf.view
	EACCES EACCES EACCES EACCES get $T/disk/root/stale
	EACCES EACCES EACCES EACCES get $T/root/file
	EACCES EACCES EACCES EACCES get $T/open/file
	ok ok EACCES ok get $T/user/own
	END
}

# What everybody may ask, and what nobody learns that way.
asking()
{
	cat <<-END
	ok ok ok ok status
	ok ok ok ok bpfioctl ties -
	ok ok ok ok bpfioctl file $T/root/map
	ok ok ok ok bpfioctl file $cgroup/root/below/bpf.view
	ENOENT ENOENT ENOENT ok bpfioctl info $pin
	ENOENT ENOENT ENOENT ok bpfioctl info $open_pin
	ENOENT ENOENT ENOENT ok bpfioctl info $view_pin
	ENOENT ENOENT ENOENT ok bpfioctl info $attached
	ok ok ENOENT ok bpfioctl info $own
	ENOENT ENOENT ENOENT ok bpfioctl owner $attached
	ENOENT ENOENT ENOENT ok bpfioctl tie-info $tie
	ENOENT ENOENT ENOENT ok bpfioctl tie-next 0
	EPERM EPERM EPERM ok bpfmonitor open
	END
}

# Getting at attached pins: by id, by each form of owner.
opening()
{
	for owner in "$T/root/file" "$T/open/file" $cgroup/root "$T/ns" fd:4 fd:5 fd:6 fd:7; do
		echo "ENOENT ENOENT ENOENT ok attached $owner x"
	done
	cat <<-END
	ENODEV ENODEV ENODEV ENODEV attached dev:4711 x
	ENOENT ENOENT ENOENT ENOENT attached $T/root/file none
	ENOENT ENOENT ENOENT ok open-id $attached
	ENOENT ENOENT ENOENT ok open-id $attached rdonly
	ENOENT ENOENT ENOENT ok open-id $pin
	ENOENT ENOENT ENOENT ok open-id $view_pin
	ok ok ENOENT ok open-id $own
	END
}

# Attaching, to each form of owner, his own ones as well.
attaching()
{
	for owner in "$T/root/file" "$T/open/file" "$T/user/file" "$T/user" "$T/user/own" \
		$cgroup/root $cgroup/user "$T/ns" /proc/self/ns/net /dev/null fd:4 fd:5 fd:6 fd:7 dev:lo; do
		without=EPERM
		case $owner in
		"$T/open/file" | "$T/user/file" | "$T/user" | "$T/user/own" | $cgroup/user | fd:4 | /dev/null) with=ok ;;
		"$T/ns" | fd:7 | dev:lo) with=EPERM ;;
		# The initial one never ends.
		/proc/self/ns/net) without=EOPNOTSUPP with=EOPNOTSUPP ;;
		*) with=EACCES ;;
		esac
		echo "$without EPERM $without $with attach-pinned $T/open/map $owner y"
		# That one others may not open.
		echo "$without EPERM EACCES - attach-pinned $T/user/own $owner z"
	done
}

tying()
{
	for owner in "path $T/root/file" "path $T/user/file" "path $cgroup/user" "path $T/user/own" \
		"fd 4" "fd 5" "fd 7" "path $T/ns" "dev 1"; do
		for what in bpf/root/map bpf/root bpf/user root/map user/own user/file; do
			echo "EPERM EPERM EPERM - bpfioctl tie $T/$what $owner"
		done
	done
	cat <<-END
	EPERM EPERM EPERM EACCES bpfioctl tie $T/bpf/root/map path $T/root/file
	EPERM EPERM EPERM EACCES bpfioctl tie $T/bpf/root/map path $T/user/file
	ENOENT ENOENT ENOENT - bpfioctl untie $tie
	ENOENT ENOENT ENOENT - bpfioctl untie-path $T/bpf/root/map
	ENOENT ENOENT ENOENT ENOENT bpfioctl untie-path $T/user/own
	END
}

views()
{
	cat <<-END
	EPERM EPERM EPERM EACCES bpfioctl view $T/open/view $cgroup/root/bpf.new
	EPERM EPERM EPERM EACCES bpfioctl view $T/open/view $cgroup/root/bpf.new inherit
	EPERM EPERM EPERM ok bpfioctl view $T/open/view $cgroup/user/bpf.new
	EPERM EPERM EPERM EACCES bpfioctl view $T/open/view $cgroup/root/below/bpf.view
	EPERM EPERM EPERM - bpfioctl view $T/open/view $cgroup/root/bpf.view replace
	EPERM EPERM EPERM - bpfioctl view $T/open/view $cgroup/user/bpf.new replace
	END
}

# Ending, by id and by name.
ending()
{
	for id in "$pin" "$open_pin" "$view_pin" "$attached"; do
		echo "ENOENT ENOENT ENOENT - bpfioctl unpin-id $id"
	done
	cat <<-END
	EINVAL EINVAL EINVAL - bpfioctl unpin-path $T/root/map
	EINVAL EINVAL EINVAL - bpfioctl unpin-path $T/open/map
	EINVAL EINVAL EINVAL - bpfioctl unpin-path $cgroup/root/bpf.view
	EINVAL EINVAL EINVAL EINVAL bpfioctl unpin-path $T/root/file
	EINVAL EINVAL EINVAL EINVAL bpfioctl unpin-path $T/bpf/root/map
	EINVAL EINVAL EINVAL EBUSY bpfioctl clean $T/root/map
	EINVAL EINVAL EINVAL EBUSY bpfioctl clean $T/open/map
	EACCES EACCES EACCES EACCES bpfioctl clean $T/disk/root/stale
	EACCES EACCES EACCES EACCES unlink $T/root/map
	EACCES EACCES EACCES EACCES rename $T/root/map $T/open/moved
	EACCES EACCES EACCES EACCES unlink $cgroup/root/bpf.view
	EACCES EACCES EACCES EACCES unlink $cgroup/root/below/bpf.view
	EACCES EACCES EACCES EACCES cat $T/root/map
	ETXTBSY ETXTBSY ETXTBSY ETXTBSY append $T/open/map x
	ETXTBSY ETXTBSY ETXTBSY ETXTBSY truncate $T/open/map
	ETXTBSY ETXTBSY ETXTBSY ETXTBSY mmap $T/open/map
	END
}

wrong=''
table pinning
table getting
table asking
table opening
table attaching
table tying
table views
table ending
[ -z "$wrong" ] || fail "not all is as the tables say"

step "all of root's is there, and ends with its owners"
expect_ok bpfioctl info "$pin" >/dev/null
expect_ok bpfioctl info "$open_pin" >/dev/null
expect_ok bpfioctl info "$view_pin" >/dev/null
expect_ok bpfioctl info "$attached" >/dev/null
expect_ok bpfioctl tie-info "$tie" >/dev/null
exec 4<&- 5<&- 6<&- 7<&-
# What never ends.
expect_ok bpfioctl unpin-id "$(bpfobj pin-of /dev/null y)" >/dev/null
umount "$T/ns"
ip link del owner
end_tool
rmdir $cgroup/root/below $cgroup/root $cgroup/user
