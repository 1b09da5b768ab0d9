# SPDX-License-Identifier: GPL-2.0-only
# what: views of many cgroups: each has its entry from when it is made until it is removed, and what finds no room is told
# timeout: 300
. /tests/installed.sh
view_setup schedwait

map=$(bpftool -j map show name cgroups | jq 'if type == "array" then .[0].id else .id end')

# entries: how many, and of which cgroups
entries()
{
	bpftool -j map dump id "$map" | jq length
}

# has_entry ID: a number of 64 bits, the lowest byte first
has_entry()
{
	# shellcheck disable=SC2046 # eight words
	bpftool map lookup id "$map" key hex $(printf '%016x' "$1" | sed 's/../& /g' |
		awk '{ for (i = NF; i > 0; i--) print $i }') >/dev/null 2>&1
}

step "those that were there, and those that are made"
expect_same "$(entries)" 4
for cgroup in $base $a $a/deep $b; do
	has_entry "$(stat -c %i $cgroup)" || fail "none for $cgroup"
done
i=0
while [ $i -lt 500 ]; do
	mkdir "$b/$i"
	i=$((i + 1))
done
mkdir $outside/x
expect_same "$(entries)" 504

step "as many as are left"
gone_id=$(stat -c %i "$b/77")
has_entry "$gone_id" || fail "none for $b/77"
rmdir $b/[0-9]* $outside/x
expect_same "$(entries)" 4
! has_entry "$gone_id" || fail "it is still there"
[ "$(value $base lost)" = 0 ] || fail "something was lost"

step "a cgroup of the same name begins with nothing"
mkdir $b/x
expect_ok workload $b/x spin 50 3
[ "$(value $b/x waits)" -gt 0 ] || fail "nothing was counted"
rmdir $b/x
mkdir $b/x
expect_nothing $b/x
rmdir $b/x
expect_same "$(entries)" 4

step "no room: what is not counted is told, and those that have room count on"
awk -v id="$map" 'BEGIN {
	for (i = 4; i < 16384; i++)
		printf "map update id %d key hex %02x %02x 00 00 00 00 00 ff value hex" \
			" 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00\n",
			id, i % 256, int(i / 256)
}' >"$T/batch"
bpftool batch file "$T/batch" >/dev/null 2>"$T/said" || fail "cannot fill it: $(tail -n 2 "$T/said")"
mkdir $b/x
waits=$(value $b waits)
expect_ok workload $b/x spin 100 10
[ "$(value $b waits)" -gt "$waits" ] || fail "nothing was counted above it"
[ "$(value $b lost)" -gt 0 ] || fail "nobody says that something is missing"
expect_same "$(value $b/x waits)" 0
rmdir $b/x
view_end
