# SPDX-License-Identifier: GPL-2.0-only
# what: file pins and attached pins of one cgroup all end at its rmdir, each told once behind its making
. /tests/owner.sh

c=/sys/fs/cgroup/bpfpin-test
many=120
mkdir $c

step "$many of each, some ended before"
{
	i=0
	while [ $i -lt $many ]; do
		echo "ok pin map $c/bpf$i"
		echo "ok attach prog $c name$i"
		i=$((i + 1))
	done
	for i in 3 50 119; do
		echo "ok unlink $c/bpf$i"
	done
} >"$T/list"
cat >"$T/script" <<END
set -eu
. /tests/lib.sh
expect_calls <"$T/list"
for i in 4 51; do
	bpfioctl unpin-id "\$(bpfobj pin-of $c name\$i)"
	bpfpin unpin $c/bpf\$i
done
expect_pins $((2 * many - 7))
rmdir $c
expect_pins 0
END
expect_ok bpfmonitor run sh -c "sh $T/script >$T/said" >"$T/events"
expect_pins 0

step "the events"
awk -v many=$many '
	$9 != 0 { bad = "lost: " $0 }
	$1 == "pinned" && ($3 in made || $2 != "none") { bad = "made twice: " $0 }
	$1 == "pinned" { made[$3] = $8; n["pinned " $8]++ }
	$1 == "released" && (made[$3] != $8 || $3 in ended) { bad = "not made, or ended twice: " $0 }
	$1 == "released" { ended[$3]; n[$2 " " $8]++ }
	END {
		wanted = "pinned kernfs " many ", pinned cgroup " many \
			", unlink kernfs 3, unpin kernfs 2, unpin cgroup 2" \
			", rmdir kernfs " many - 5 ", rmdir cgroup " many - 2
		got = "pinned kernfs " n["pinned kernfs"] ", pinned cgroup " n["pinned cgroup"] \
			", unlink kernfs " n["unlink kernfs"] ", unpin kernfs " n["unpin kernfs"] \
			", unpin cgroup " n["unpin cgroup"] ", rmdir kernfs " n["rmdir kernfs"] \
			", rmdir cgroup " n["rmdir cgroup"]
		if (!bad && wanted != got)
			bad = got ", expected " wanted
		if (bad)
			print bad
		exit bad != ""
	}' "$T/events" >"$T/said" || fail "$(cat "$T/said")"

step "a populated cgroup ends none, and another one's stay"
mkdir $c $c/below $c.other
one=$(bpfobj pin map $c/bpf)
attach prog $c x
two=$id
other=$(bpfobj pin map $c.other/bpf)
attach map $c.other x
expect_fail rmdir $c
expect_pins 4
rmdir $c/below $c
gone map "$one"
gone prog "$two"
alive map "$other"
alive map "$id"
expect_text "map $id" bpfobj attached $c.other x
rmdir $c.other
gone map "$id"
gone map "$other"
wait_for rmmod bpfpin
load_module
