# SPDX-License-Identifier: GPL-2.0-only
# what: a PID and a descriptor that change meaning meanwhile: the pin is at one of what they meant, or there is none

mount_fs bpf "$T/bpf"
id=$(bpfobj pin map "$T/bpf/map")
: >"$T/a"
: >"$T/b"

# attaches ROUNDS PID: to its descriptor 5, which is a, b or none; so many times, and
# on until it was either of them.  Which it is when is for the scheduler to say.
attaches()
{
	at_a=0 at_b=0 failed=0 rounds=0
	while [ $rounds -lt "$1" ] || [ $at_a = 0 ] || [ $at_b = 0 ]; do
		[ $rounds -lt 500 ] || fail "one of them never: $at_a times a, $at_b times b, $failed times none"
		rounds=$((rounds + 1))
		if output=$(bpfpin attach map id "$id" to fd "$2:5" name x 2>&1); then
			case $(bpfpin -j list | jq -r '.[].path') in
			"$T/a") at_a=$((at_a + 1)) ;;
			"$T/b") at_b=$((at_b + 1)) ;;
			*) fail "attached to something else: $(bpfpin -j list)" ;;
			esac
			expect_ok bpfpin unpin --all
			expect_pins 0
		else
			case $output in
			*"has no descriptor 5"* | *"there is no process"* | *"No such process"*) ;;
			*) fail "$output" ;;
			esac
			failed=$((failed + 1))
		fi
	done
}

step "a descriptor that is one file and another in turn"
# shellcheck disable=SC2016 # for the shell that is started
sh -c 'while :; do exec 5<"$0/a"; exec 5<"$0/b"; done' "$T" &
changing=$!
attaches 15 $changing
kill -KILL $changing
wait $changing 2>/dev/null || :
step "$at_a times a, $at_b times b, $failed times none"

step "a PID that is one process and another in turn"
# It had one already: so nobody else gets it before all others were used.
# shellcheck disable=SC2016 # for the shell that is started
pid=$(sh -c 'echo $$')
samepid "$pid" "$T/a" "$T/b" &
changing=$!
attaches 20 $pid
kill -KILL $changing
wait $changing 2>/dev/null || :
step "$at_a times a, $at_b times b, $failed times none"
alive map "$id"
