# SPDX-License-Identifier: GPL-2.0-only
# what: the view biolat has the requests of io.stat and /proc/diskstats, and times that fit
. /tests/installed.sh
view_setup biolat

disk=$(readlink -f /dev/scratch-xfs)
[ -b "$disk" ] || fail "no disk"
device=$(basename "$disk")
numbers=$(stat -c '%Hr:%Lr' "$disk")
# io.stat tells of the whole disk
whole=$(cat "/sys/class/block/$device/../dev" 2>/dev/null || echo "$numbers")

# diskstats COLUMN: 4 reads, 7 milliseconds of them, 8 writes, 11 milliseconds
diskstats()
{
	awk -v device="$device" -v column="$1" '$3 == device { print $column }' /proc/diskstats
}

# Other tests need the file system that is there.
dd if="$disk" of="$T/saved" bs=8192 count=50 2>/dev/null
trap 'dd if="$T/saved" of="$disk" bs=8192 conv=fsync 2>/dev/null' EXIT

# io_stat CGROUP rios|wios
io_stat()
{
	awk -v device="$whole" -v key="$2" '
		$1 == device { for (i = 2; i <= NF; i++) { split($i, pair, "="); if (pair[1] == key) print pair[2] } }
		' "$1/io.stat"
}

reads=$(diskstats 4) read_ms=$(diskstats 7) writes=$(diskstats 8)
expect_ok workload $a/deep read "$disk" 200 4096
expect_same $(($(diskstats 4) - reads)) 200 "/proc/diskstats"
read_ms=$(($(diskstats 7) - read_ms))
expect_ok workload $a/deep write "$disk" 50 8192
expect_same $(($(diskstats 8) - writes)) 50 "/proc/diskstats"
cat $a/deep/io.stat
view_text $a/deep
for cgroup in $a/deep $a $base; do
	expect_value 200 $cgroup read_usec
	expect_value 50 $cgroup write_usec
	expect_same "$(io_stat $cgroup rios)" 200 "io.stat"
	expect_same "$(io_stat $cgroup wios)" 50 "io.stat"
	expect_value 0 $cgroup lost
done
expect_nothing $b

step "the buckets' limits hold the time that /proc/diskstats has"
view_text $base | awk -v ms="$read_ms" '
	$1 == "read_usec" {
		for (i = 2; i <= NF; i++) {
			split($i, pair, "=")
			limit = pair[1] == "inf" ? 1e9 : pair[1]
			most += pair[2] * limit
			least += pair[2] * (limit == 1 ? 0 : limit / 2)
		}
		print "  between " least " and " most " us, " ms " ms"
		# that of the disk is cut to milliseconds now and then
		exit !(least <= ms * 1000 + 2000 && ms * 1000 <= most + 2000)
	}' || fail "they do not"

step "beside it nothing counts"
expect_ok workload $outside read "$disk" 30 4096
expect_value 200 $base read_usec
expect_ok workload $b read "$disk" 10 4096
expect_value 210 $base read_usec
expect_value 10 $b read_usec
expect_value 200 $a read_usec

step "without the controller it is refused"
echo -io >$a/cgroup.subtree_control
echo -io >$base/cgroup.subtree_control
expect_fail bpfpin view install biolat at $a
case $output in
*'needs the controller "io", which is not enabled'*) ;;
*) fail "it says $output" ;;
esac
view_end
