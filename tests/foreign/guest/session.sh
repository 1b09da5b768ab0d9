# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Sessions: commands as somebody types them, one after the other.  The result of each
# is its exit code and what it prints, but for what differs each time.

# sessions [NAME...]: runs these, or those of the list $all.
sessions()
{
	# shellcheck disable=SC2086,SC2154 # a list of words; of the part
	[ $# -gt 0 ] || set -- $all
	for name; do
		begin "$name"
		"session_$name"
	done
}

# begin NAME: what follows is of this session.
begin()
{
	echo "=== $1"
	session=$1 steps=0
}

# t COMMAND...: a step of a session.
t()
{
	steps=$((steps + 1))
	said=$(timeout -s KILL 120 "$@" 2>&1 </dev/null)
	code=$?
	printf '$ %s\n%s\n' "$*" "$said"
	result "$session/$(printf %02d $steps) $*" \
		"exit $code$(printf '%s\n' "$said" | without_chance | summary)"
}

# summary: few words are shown, of many the number and a sum.
summary()
{
	tr '\n\t' '  ' | tr -s ' ' | sed 's/ $//' >/tmp/words
	size=$(wc -c </tmp/words)
	if [ "$size" -gt 60 ]; then
		echo ": $size bytes, $(md5sum </tmp/words | cut -c 1-8)"
	elif [ "$size" -gt 1 ]; then
		echo ": $(cat /tmp/words)"
	fi
}

# without_chance: ids, times, addresses made up by the kernel.
without_chance()
{
	sed -E \
		-e 's/([0-9a-f]{2}:){5}[0-9a-f]{2}/MAC/g' \
		-e 's/fe80::[0-9a-f:]+/LOCAL/g' \
		-e 's/20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:+]*/TIME/g' \
		-e 's/\b(id|ids|prog_id|map_ids|btf_id|btf_vmlinux_id|prog_ids|pids|pid|jited|netns_ino) +[0-9,]+/\1 N/g' \
		-e 's/"(id|prog_id|btf_id|map_ids|loaded_at|uid|ino|dev)": *(\[[^]]*\]|[0-9]+)/"\1":N/g' \
		-e 's/^[0-9]+: /N: /' \
		-e 's/\b0x[0-9a-f]{6,}\b/ADDRESS/g' \
		-e 's/pid=[0-9]+/pid/g' \
		-e 's/time=[0-9.]+ ms/time/g' \
		-e 's/load_time [0-9]+/load_time/g' \
		-e 's/\(average\): [0-9]+ns/(average)/' \
		-e 's/^(round-trip|rtt) .*/times/' \
		-e 's/(seq|ttl)=[0-9]+/\1/g' \
		-e 's/\(iif|link-netnsid [0-9]+\)/NETNS/g'
}
