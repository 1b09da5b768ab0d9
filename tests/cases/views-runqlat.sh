# SPDX-License-Identifier: GPL-2.0-only
# what: the view runqlat has each run of /proc/PID/schedstat in a bucket, and those fit its times
. /tests/installed.sh
view_setup runqlat

for i in 1 2 3 4; do
	workload $a/deep spin 1500 100 >"$T/spin$i" &
done
workload $outside spin 1500 100 >/dev/null &
wait
for cgroup in $a/deep $a $base; do
	between "$(spun 2 "$T"/spin?)" "$(value $cgroup wait_usec)" "$(spun 4 "$T"/spin?)" 0
	expect_value 0 $cgroup lost
done
expect_nothing $b

step "the buckets' limits hold the sum"
view_text $base | awk -v inside="$(spun 1 "$T"/spin?)" -v outside="$(spun 3 "$T"/spin?)" '
	$1 == "wait_usec" {
		for (i = 2; i <= NF; i++) {
			split($i, pair, "=")
			limit = pair[1] == "inf" ? 1e9 : pair[1]
			most += pair[2] * limit
			least += pair[2] * (limit == 1 ? 0 : limit / 2)
		}
		print "  between " least " and " most ", waited " inside " to " outside
		exit !(least <= outside && inside <= most)
	}' || fail "they do not"
view_end
