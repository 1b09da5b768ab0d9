# SPDX-License-Identifier: GPL-2.0-only
# what: top prints the rates and quantiles of views that come along, of each cgroup, and those of cgroups made meanwhile
# timeout: 300
. /tests/installed.sh
view_setup runqlat
expect_ok bpfpin view install schedwait at $base inherit mode 0440

columns=schedwait.waits,schedwait.longest_wait_usec,runqlat.wait_usec

step "what happens while it looks"
while [ ! -e "$T/stop" ]; do
	workload $a/deep spin 100 10 >/dev/null
done &
expect_ok bpfpin -j top $base -n 2 -i 2 -c $columns >"$T/looks"
touch "$T/stop"
wait
jq -c . "$T/looks"
jq -es 'length == 2 and all(.[];
	([.columns[].shown] == ["rate", "value", "p99"]) and
	([.cgroups[].path] == ["/", "/a", "/a/deep", "/b"]) and
	(.cgroups | all(.[:3][].values; .["schedwait.waits"] > 0 and
		.["schedwait.longest_wait_usec"] > 0 and .["runqlat.wait_usec"] > 0)) and
	(.cgroups[3].values == {"schedwait.waits": 0, "schedwait.longest_wait_usec": 0, "runqlat.wait_usec": null}) and
	(.cgroups | all(.errors == null)))' "$T/looks" >/dev/null || fail "it says something else"

step "as they are: no more and no less than the files say"
expect_ok bpfpin -j top $base -t -n 1 -c schedwait.waits,runqlat.wait_usec >"$T/look"
for cgroup in / /a /a/deep /b; do
	expect_same "$(jq --arg path "$cgroup" '.cgroups[] | select(.path == $path) | .values["schedwait.waits"]' "$T/look")" \
		"$(awk '$1 == "waits" { print $2 }' $base$cgroup/bpf.schedwait)"
done

step "of all cgroups that there are, and of those that are made while it looks"
bpfpin -j top -t -n 100 -i 0.1 -c schedwait.waits >"$T/looks" &
top=$!
wait_for test -s "$T/looks"
mkdir $b/new
wait_for grep -q '"path":"/bpfpin-test/b/new","values":{"schedwait.waits":0}' "$T/looks"
rmdir $b/new
wait_for sh -c "tail -n 1 $T/looks | grep -q '\"path\":\"/bpfpin-test/b\",' && ! tail -n 1 $T/looks | grep -q new"
kill $top
wait $top || :
jq -es 'all(.[]; .cgroups | all(.errors == null and .error == null)) and
	(.[0].cgroups | map(select(.path == "/bpfpin-beside")) | .[0].values == {"schedwait.waits": null})' \
	"$T/looks" >/dev/null || fail "it says something else: $(head -n 1 "$T/looks")"

step "as a table, by somebody who may not read one of the views"
output=$(as_user bpfpin top $base -t -b -n 1 -c $columns 2>&1)
echo "$output"
echo "$output" | grep -q '^ *- *- *[0-9.]*[mu]s /a/deep$' || fail "another line for /a/deep"
echo "$output" | grep -q '^Warning: 4 could not be read, such as .*/bpf.schedwait: Permission denied$' ||
	fail "it does not say why"

step "of very many"
i=0
while [ $i -lt 1000 ]; do
	mkdir "$b/$i"
	i=$((i + 1))
done
expect_ok bpfpin -j top $base -t -n 1 -c $columns >"$T/look"
expect_same "$(jq '.cgroups | map(select(.values["schedwait.waits"] == 0)) | length' "$T/look")" 1001
rmdir $b/[0-9]*

rm $base/bpf.schedwait
view_end
expect_fail bpfpin top /sys/fs/cgroup -t -b -n 1
expect_same "$output" 'Error: there is no view with numbers below /sys/fs/cgroup: "bpfpin view install" lists some to make'
