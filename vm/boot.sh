# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Boots: how QEMU is called.

qemu='qemu-system-x86_64'

# Text in a kernel log that means that something is broken.  kmemleak itself may say
# that memory failed; what it finds are "leaks".  Functions called lockdep_... are in any
# stack.
# shellcheck disable=SC2034 # for the scripts that read this
splat='BUG|WARNING|Oops|general protection|lockdep([^_]|$)|possible .*(deadlock|lock)|INFO: (task .* blocked|rcu|trying to register)|detected stall|waiting for .* to become free|KASAN|KCSAN|UBSAN|refcount_t|[^m][Ll]eak|[Ll]eak[^:]|cut here'

# accelerator KERNEL: kvm where it really works, else tcg.  Whether it works is
# tried once after each start of this machine.
accelerator()
{
	case ${BPFPIN_ACCEL:-} in
	kvm) [ -w /dev/kvm ] || die "BPFPIN_ACCEL is kvm, but /dev/kvm cannot be written here" ;;
	esac
	[ -z "${BPFPIN_ACCEL:-}" ] || { echo "$BPFPIN_ACCEL"; return; }
	if ! [ -w /dev/kvm ]; then
		echo tcg
		return
	fi
	boot_id=$(cat /proc/sys/kernel/random/boot_id)
	if [ "$(sed -n 1p "$cache/accel" 2>/dev/null)" != "$boot_id" ]; then
		say "trying whether KVM works here (at most 8 seconds)" >&2
		{ echo "$boot_id"; try_kvm "$1"; } | install_new "$cache/accel"
	fi
	sed -n 2p "$cache/accel"
}

# try_kvm KERNEL: without a root it panics, says so and makes QEMU end: all it
# takes.
try_kvm()
{
	tree=$(kernel_tree "$1")
	if { timeout -s KILL 8 sh -c 'exec "$@"' sh $qemu -accel kvm -cpu host -m 256 -nodefaults \
		-display none -no-reboot -kernel "$tree/vmlinuz" \
		-append "console=ttyS0 panic=-1" -serial stdio </dev/null 2>&1; } 2>/dev/null |
		grep -q 'Unable to mount root\|Kernel panic'; then
		echo kvm
	else
		echo tcg
	fi
}

# kernel_options KERNEL
kernel_options()
{
	# The console is the kernel's; an oops ends the guest, and QEMU with it.
	echo console=ttyS0 panic=-1 oops=panic
	# Nothing of the log may be lost: tests are judged by it.
	echo log_buf_len=4M printk.devkmsg=on
	# A slow machine is not a locked up one; a stuck task is.
	echo watchdog_thresh=60 sysctl.kernel.hung_task_timeout_secs=$((20 * $(slowness "$1")))
	# A machine with much else to do lets no timer be due while the kernel looks for
	# one: "IO-APIC + timer doesn't work!", and a panic.
	echo no_timer_check
	# What a page that is free has in it is no pointer, and not changed.
	! is_built "$1" || echo page_poison=1
	# Half a second of self-tests of the kernel's cryptography.
	echo cryptomgr.notests initcall_blacklist=jent_mod_init,crypto_kdf108_init
}

# boot KERNEL INITRD ARGUMENTS QEMU-OPTION...: runs a guest to its end.
# BOOT_smp, BOOT_mem, BOOT_icount change its shape.
boot()
{
	kernel=$1
	tree=$(kernel_tree "$kernel")
	initrd=$2
	arguments="$(kernel_options "$kernel" | tr '\n' ' ')$3"
	shift 3
	memory=1024
	# For what is recorded of each piece of memory, and of each byte.
	! is_built "$kernel" || memory=2048
	image=$tree/vmlinux
	accel=$(accelerator "$kernel")
	[ -z "${BOOT_icount:-}" ] || accel=tcg
	# With a thread for each processor QEMU now and then runs an instruction
	# that the kernel has just patched away (seen: an Oops "int3" in
	# sched_clock_cpu() at boot); one thread takes turns and never did.  But turns
	# are much longer than any access is watched for data races.
	case $accel-$kernel in
	tcg-*-kcsan) accel=tcg,thread=multi ;;
	tcg-*) accel=tcg,thread=single ;;
	esac
	# What QEMU (7.2) has in the flags after cmpxchg16b is right for a jump, but else
	# may be anything, and a kernel that is interrupted there puts it on the stack (seen:
	# a double fault in kmem_cache_alloc(), whose fast way that is).
	cpu=max,-cx16
	# KVM does not take the bare kernel on every machine.
	[ "$accel" != kvm ] || { cpu=host; image=$tree/vmlinuz; }
	[ -e "$image" ] || image=$tree/vmlinuz
	[ -z "${BOOT_icount:-}" ] || set -- -icount shift=0,sleep=off "$@"
	# Each processor in a socket of its own: of those in one, the table of a
	# machine without ACPI (vm/guest.config) has only the first.
	smp=${BOOT_smp:-2}
	exec $qemu -nodefaults -no-user-config -display none -no-reboot \
		-accel "$accel" -cpu "$cpu" -smp "$smp,sockets=$smp" -m "${BOOT_mem:-$memory}" \
		-kernel "$image" -initrd "$initrd" \
		-append "$arguments" \
		-drive "file=$cache/disks/disk,if=none,id=disk,format=raw,snapshot=on" \
		-device virtio-blk-pci,drive=disk "$@"
}
