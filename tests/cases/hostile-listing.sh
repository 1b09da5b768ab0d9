# SPDX-License-Identifier: GPL-2.0-only
# what: what the command, the device, the events and /proc tell to who has no CAP_BPF is of his own pins only
. /tests/owner.sh
. /tests/view.sh

as_userns()
{
	as_user unshare -U -r -m -n -i "$@"
}

# What is secret is so called: names of maps are not, as all maps can be read.
cgroup=/sys/fs/cgroup/test
load_views
chmod 755 "$T" "$T/bpf"
mkdir -m 755 "$T/secret-folder"
mkdir $cgroup/secret-cgroup
bpfobj pin map "$T/secret-folder/secret-map" >/dev/null
bpfobj pin link "$T/secret-folder/secret-link" >/dev/null
: >"$T/secret-folder/secret-owner"
bpfobj attach map "$T/secret-folder/secret-owner" secret-name >/dev/null
bpfobj attach map $cgroup/secret-cgroup secret-name >/dev/null
new_device secret0
bpfobj attach map dev:secret0 secret-name >/dev/null
start_tool
tell socket udp
bpfobj attach map "fd:$tool:$told" secret-name >/dev/null
bpfobj pin map "$T/bpf/secret-tied" >/dev/null
expect_ok bpfioctl tie "$T/bpf/secret-tied" path "$T/secret-folder/secret-owner" >/dev/null
expect_ok bpfioctl view "$progs/plain" $cgroup/secret-cgroup/bpf.secret inherit >/dev/null
mkdir -m 777 "$T/open"
bpfobj pin map "$T/open/map" >/dev/null
chmod 666 "$T/open/map"

# commands: all that lists or shows.
commands()
{
	cat <<-END
	bpfpin list
	bpfpin -j list
	bpfpin list ties
	bpfpin -j list ties
	bpfpin view list
	bpfpin -j view list
	bpfpin show $T/secret-folder/secret-map
	bpfpin show $T/secret-folder/secret-owner
	bpfpin show cgroup $cgroup/secret-cgroup
	bpfpin show netdev secret0
	bpfpin status
	bpfpin -j status
	timeout 20 bpfpin monitor
	bpfioctl next 0
	bpfioctl tie-next 0
	END
	# All that there are.
	bpfpin -j list | jq -r '.[].id' | while read -r id; do
		echo "bpfpin show id $id"
		echo "bpfioctl info $id"
		echo "bpfioctl owner $id"
	done
}

# told_to WHO: all of what it says to somebody, but for his own words.
told_to()
{
	commands >"$T/commands"
	$1 sh "$T/commands" 2>&1 </dev/null 8>&- 9<&- |
		sed "s|$T/secret-folder/secret-[a-z]*||g; s|$cgroup/secret-cgroup||g; s|netdev secret0||g; s|\"secret0\"||g"
}

step "root is told of it all"
bpfpin list >"$T/list"
for word in secret-map secret-link secret-owner secret-name secret-cgroup secret0 bpf.secret; do
	grep -q "$word" "$T/list" || fail "root's list has no $word"
done
bpfpin list ties | grep -q secret-tied || fail "root's list of ties has no secret-tied"

for who in as_user as_userns as_other; do
	step "$who is told of nothing"
	told_to $who >"$T/told"
	! grep -n secret "$T/told" || fail "$who is told of secrets"
	$who bpfpin -j list >"$T/list"
	expect_same "$(jq -c . "$T/list")" "[]" "pins that $who sees"
	expect_errno ENOENT $who bpfioctl next 0
	expect_errno ENOENT $who bpfioctl tie-next 0
	expect_errno EPERM $who bpfmonitor open
done

step "and of his own, when there are any"
expect_ok as_user bpfobj repin "$T/open/map" "$T/open/own"
for who in as_user as_userns; do
	told_to $who >"$T/told"
	! grep -n secret "$T/told" || fail "$who is told of secrets"
	grep -q "$T/open/own" "$T/told" || fail "$who is not told of his own: $(cat "$T/told")"
done
told_to as_other >"$T/told"
! grep -n 'secret\|/open/own' "$T/told" || fail "another is told"

step "nor by tracefs or below /proc and /sys"
for who in as_user as_userns as_other; do
	! $who cat /sys/kernel/tracing/trace >/dev/null 2>&1 || fail "$who can read what is traced"
	! $who perf trace -e 'bpfpin:*' true >/dev/null 2>&1 || fail "$who can trace"
	! $who grep -rs secret /sys/module/bpfpin /sys/class/misc/bpfpin || fail "$who reads of secrets"
done

end_tool
ip link del secret0
rm -r "$T/secret-folder" "$T/open"
rmdir $cgroup/secret-cgroup
