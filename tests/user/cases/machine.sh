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
		script_said vm/run "--$option"
		[ "$rc" = 1 ] || bad "exit code $rc, not 1"
		[ "$(head -n 1 "$err")" = "Error: --$option takes an argument" ] || bad "said $(cat "$err")"
		grep -q '^Usage: vm/run' "$err" || bad "no usage"
	done
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
