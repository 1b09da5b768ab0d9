# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# The scripts of the virtual machine: what they refuse, and that no guest stays
# behind.  No guest starts here.

# Runs a script; $out and $err tell what came.
script_said() {
	"$@" >"$out" 2>"$err" </dev/null
	rc=$?
}
# It refused with this sentence, and said nothing else.
is_refused() {
	[ "$rc" = 1 ] || bad "exit code $rc, not 1"
	[ "$(cat "$err")" = "Error: $1" ] || bad "said \"$(cat "$err")\""
	[ -s "$out" ] && bad "printed \"$(head -c 300 "$out")\""
}

t_vm_arguments() {
	for option in kernel add smp mem limit log; do
		script_said vm/run "--$option"; is_refused "--$option takes an argument; see --help"
	done
	script_said vm/run --bogus -- true; is_refused 'unknown option: --bogus; see --help'
	script_said vm/run --mem lots -- true; is_refused '--mem takes a number, not "lots"'
	script_said vm/run --mem 12 -- true; is_refused '--mem 12 is too little: it takes 256 at least'
	script_said vm/run --mem 1024M -- true; is_refused '--mem takes a number, not "1024M"'
	script_said vm/run --smp 0 -- true; is_refused '--smp 0 is too little: it takes 1 at least'
	script_said vm/run --limit -1 -- true; is_refused '--limit takes a number, not "-1"'
	script_said env BPFPIN_ACCEL=fast vm/run -- true
	is_refused 'BPFPIN_ACCEL is "fast", and can be kvm or tcg'
	script_said vm/run; [ "$rc" = 1 ] || bad "exit code $rc, not 1"
	script_said vm/run --shell true; is_refused '--shell takes no command, and here is "true"'
}

t_demo_arguments() {
	script_said ./demo --kernel; is_refused '--kernel takes an argument; see --help'
	script_said ./demo --bogus; is_refused 'unknown option: --bogus; see --help'
	script_said ./demo now; is_refused 'the demo takes no argument, and here is "now"; see --help'
}

# Nothing of these runs a test, or waits for the ./check that runs this.
t_check_refuses() {
	script_said ./check --bogus; is_refused 'unknown option: --bogus; see --help'
	script_said ./check --kernel; is_refused '--kernel takes an argument; see --help'
	script_said ./check --list bogus; is_refused 'no test is called bogus; see ./check --list'
	script_said ./check soak-owners
	is_refused 'soak-owners is one of the tests of --soak: ./check --soak soak-owners'
	script_said ./check --soak race-kill
	is_refused 'race-kill is none of the tests of --soak: leave that out'
	script_said ./check --debug race-kill user-help
	is_refused 'user-help needs no guest, and no kernel is part of it: leave out --debug and --kcsan'
	script_said ./check --kernel 6.1 --kernel 6.1 race-kill faults-pin
	is_refused 'faults-pin is not for kernel 6.1: ./check --debug faults-pin'
	script_said ./check --kernel 6.1 harness-kcsan-data-race
	is_refused 'harness-kcsan-data-race is not for kernel 6.1: ./check --kcsan harness-kcsan-data-race'
	script_said ./check --list --debug harness-hangs
	[ "$rc" = 1 ] || bad "exit code $rc, not 1"
}

# Of one kernel only what runs there; and where to look, of what runs nowhere else.
t_check_list() {
	script_said ./check --list --kernel 6.1 'faults-*' 'race-kill' user-check-list
	is_refused 'faults-* is not for kernel 6.1: ./check --debug faults-*'
	script_said ./check --list --kernel 6.1 '*in*'
	[ "$rc" = 0 ] || bad "exit code $rc: $(cat "$err")"
	grep -q '^race-pin-pin  *[a-z]' "$out" || bad "no race-pin-pin"
	grep -q '^faults-pin ' "$out" && bad "faults-pin is not for 6.1"
	script_said ./check --list --debug
	grep -q '^faults-pin ' "$out" || bad "no faults-pin"
	grep -q '^harness-debug-leak ' "$out" || bad "no harness-debug-leak"
	grep -q '^harness-hangs ' "$out" && bad "harness-hangs does not run on the debug kernel"
	script_said ./check --list user-check-list lib-walk static-sparse fuzz-view
	[ "$(wc -l <"$out")" = 4 ] || bad "listed $(cat "$out")"
	grep -q '^user-check-list  *(needs no guest: tests/user/cases/machine.sh)$' "$out" || bad "not where it is"
	grep -q '^lib-walk  *(needs no guest: tests/user/api.c)$' "$out" || bad "not where lib-walk is"
	grep -Eq '^static-sparse +sparse .*\(needs no guest\)$' "$out" || bad "not what static-sparse is"
	grep -Eq '^fuzz-view +The .*\(needs no guest\)$' "$out" || bad "not what fuzz-view is"
}

# headers LINE...: of a test that is like that, between two others.
headers() {
	printf '%s\n' '# SPDX-License-Identifier: GPL-2.0-only' "$@" >"$work/a.sh"
	script_said sh -c 'top=$PWD; . vm/lib.sh; . tests/headers.sh; headers_are_good "$@"' \
		sh tests/cases/race-kill.sh "$work/a.sh" tests/cases/faults-pin.sh
}

t_check_headers() {
	local header
	headers; is_refused "$work/a.sh: there is no '# what: SENTENCE', which --list shows"
	for header in 10s 0 '' 1.5 -3; do
		headers '# what: x' "# timeout: $header"
		is_refused "$work/a.sh: cannot read '# timeout: $header': it can be a number of seconds"
	done
	headers '# what: x' '# long: much'
	is_refused "$work/a.sh: cannot read '# long: much': it can be a number of times"
	for header in 6.5 '>=6.5' '> 6.5' '>= new'; do
		headers '# what: x' "# kernels: $header"
		is_refused "$work/a.sh: cannot read '# kernels: $header': it can be '>= VERSION', '< VERSION' or a pattern such as '*-debug'"
	done
	for header in '>= 6.5' '< 6.5' '*-debug' '6.12-*'; do
		headers '# what: x' '# timeout: 20' "# kernels: $header" ': # timeout: 10s'
		[ "$rc" = 0 ] || bad "$header: $(cat "$err")"
	done
}

t_user_run_arguments() {
	script_said tests/user/run --bogus; is_refused 'unknown option: --bogus; see --help'
	script_said tests/user/run --help
	[ "$rc" = 0 ] || bad "exit code $rc"
	grep -q '^  tests/user/run \[NAME...\]$' "$out" || bad "no usage"
	script_said tests/static bogus
	[ "$rc" = 1 ] || bad "exit code $rc, not 1"
	grep -q '^Error: there is no check bogus, but: static-checkpatch ' "$err" || bad "said $(cat "$err")"
	script_said tests/static --bogus; is_refused 'unknown option: --bogus; see --help'
	script_said tests/static --help
	grep -q '^Usage: tests/static ' "$out" || bad "no usage"
}

t_vm_shell_needs_a_terminal() {
	for script in vm/run ./demo; do
		script_said "$script" --shell
		is_refused '--shell needs a terminal to type at; to run a command: vm/run -- COMMAND'
		echo 'echo hello' | script_said "$script" --shell
		is_refused '--shell needs a terminal to type at; to run a command: vm/run -- COMMAND'
	done
}

# A QEMU that does nothing, and for ever.
fake_qemu() {
	mkdir -p "$work/bin"
	rm -f "$work/qemu"
	printf '%s\n' '#!/bin/sh' "echo \$\$ >$work/qemu.new" "mv $work/qemu.new $work/qemu" \
		'exec sleep 1000' >"$work/bin/qemu-system-x86_64"
	chmod 755 "$work/bin/qemu-system-x86_64"
}
# run_fake ARGUMENT...: vm/run with it, at a terminal, in the background.
run_fake() {
	printf '#!/bin/sh\necho $$ >%s\nexec vm/run "$@"\n' "$work/runner" >"$work/start"
	# What runs in the background is deaf to SIGINT, and who is cannot unlearn it.
	PATH=$work/bin:$PATH BPFPIN_ACCEL=tcg env --default-signal=INT script -qefc "sh $work/start $*" /dev/null \
		>"$out" 2>&1 </dev/null &
	running=$!
}
# Waits until a file is there, or a process is not.
within_half_a_minute() {
	local tries
	for ((tries = 300; tries; tries--)); do
		"$@" 2>/dev/null && return
		sleep 0.1
	done
	return 1
}
has_ended() { ! kill -0 "$1"; }

t_vm_signals_end_the_guest() {
	local how signal
	kernel_file release >/dev/null || { bad "$(cat "$err")"; return; }
	for how in --shell '-- true'; do
		for signal in TERM INT; do
			fake_qemu
			# shellcheck disable=SC2086 # words
			run_fake --log "$work/guest.log" $how
			within_half_a_minute test -e "$work/qemu" || bad "no QEMU with $how: $(cat "$out")"
			kill -$signal "$(cat "$work/runner")"
			within_half_a_minute has_ended "$(cat "$work/qemu")" || bad "QEMU outlives $signal with $how"
			within_half_a_minute has_ended "$running" || bad "vm/run $how outlives $signal"
			kill "$(cat "$work/qemu")" "$running" 2>/dev/null
			wait "$running"
		done
	done
}

t_vm_limit_ends_the_shell() {
	kernel_file release >/dev/null || { bad "$(cat "$err")"; return; }
	fake_qemu
	run_fake --limit 1 --shell
	within_half_a_minute has_ended "$running" || bad "vm/run is still there"
	grep -q 'Error: the guest took more than 1 seconds' "$out" || bad "printed $(cat "$out")"
	has_ended "$(cat "$work/qemu")" 2>/dev/null || bad "QEMU is still there"
	kill "$(cat "$work/qemu")" "$running" 2>/dev/null
	wait "$running"
}

# Two trees with one cache do not write to the same log.
t_vm_log_is_of_the_tree() {
	kernel_file release >/dev/null || { bad "$(cat "$err")"; return; }
	local name
	name=$(top=$PWD; . vm/lib.sh; newest_kernel)
	mkdir -p "$work/bin"
	printf '#!/bin/sh\nexit 3\n' >"$work/bin/qemu-system-x86_64"
	chmod 755 "$work/bin/qemu-system-x86_64"
	script_said env PATH="$work/bin:$PATH" BPFPIN_ACCEL=tcg BPFPIN_CACHE="$(kernel_file ../..)" \
		BPFPIN_OUT="$work/tree" vm/run -- true
	[ "$rc" = 1 ] || bad "exit code $rc, not 1"
	[ "$(head -n 1 "$err")" = "Note: no module is built for $name; docs/testing.md says how" ] ||
		bad "said $(cat "$err")"
	grep -qF "its log is $work/tree/run-$name.log" "$err" || bad "said $(cat "$err")"
	[ -e "$work/tree/run-$name.log" ] || bad "it is not there"
}

# A program in the guest prints colours and the like only where they are seen.
t_vm_output_is_a_pipe() {
	kernel_file release >/dev/null || { bad "$(cat "$err")"; return; }
	mkdir -p "$work/bin"
	printf '%s\n' '#!/bin/sh' "echo \"\$*\" >$work/qemu" >"$work/bin/qemu-system-x86_64"
	chmod 755 "$work/bin/qemu-system-x86_64"
	script_said env PATH="$work/bin:$PATH" BPFPIN_ACCEL=tcg vm/run --log "$work/guest.log" -- true
	grep -q ' bpfpin.output=pipe ' "$work/qemu" || bad "it was run as $(cat "$work/qemu")"
	run_fake --log "$work/guest.log" -- true
	wait "$running"
	grep -q ' bpfpin.output=terminal ' "$work/qemu" || bad "at a terminal it was run as $(cat "$work/qemu")"
}
