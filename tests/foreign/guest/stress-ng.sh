# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The stressors of stress-ng that deal with files, sockets and cgroups, one after the
# other, each for a short time, on the file system where pins are.

stress_seconds=2
stress_limit=90

run_part()
{
	mkdir "$place/xfs/stress"
	# shellcheck disable=SC2046 # a list of words
	[ $# -gt 0 ] || set -- $(stressors)
	for stressor; do
		echo "=== $stressor"
		stress "$stressor" >/tmp/log 2>&1
		code=$?
		cat /tmp/log
		result "$stressor" "$(stress_outcome "$stressor" "$code")"
	done
}

# stressors: of the classes, and more that are asked for by name.
stressors()
{
	{
		stress-ng --class 'filesystem?'
		stress-ng --class 'network?'
	} | sed 's/.*stressors: //' | tr ' ' '\n' | {
		cat
		printf '%s\n' inotify cgroup sockfd mmap
	} | grep . | sort -u
}

# little NAME: options that make it use little disk, as there is not much.
little()
{
	case $1 in
	copy-file) echo --copy-file-bytes 128m ;;
	fallocate | hdd | iomix | sync-file) echo "--$1-bytes 32m" ;;
	esac
}

# stress NAME
stress()
{
	stress-ng --stressors 2>/dev/null | tr ' ' '\n' | grep -qx "$1" ||
		{ echo "this stress-ng has none of that name"; return 4; }
	# shellcheck disable=SC2046 # a list of words
	timeout -s KILL "$stress_limit" stress-ng "--$1" 1 --timeout "$stress_seconds" --verify \
		--no-rand-seed --temp-path "$place/xfs/stress" $(little "$1")
}

# stress_outcome NAME CODE: what it says by its exit code, and in words only.
stress_outcome()
{
	case $2 in
	0)
		if grep -qE "skipped: [1-9]|skipping stressor" /tmp/log; then
			echo SKIP
		else
			echo OK
		fi ;;
	2) echo FAIL ;;
	3) echo "FAIL (no resources)" ;;
	4) echo SKIP ;;
	*) echo "exit $2" ;;
	esac
}
