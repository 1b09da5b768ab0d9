# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Stages: folders that become a part of a guest's initial file system.

# stage_program STAGE FILE TARGET: a program and the libraries it needs.
stage_program()
{
	mkdir -p "$1${3%/*}"
	cp -L "$2" "$1$3"
	libraries "$2" | while read -r library; do
		case $library in
		"$out"/*) target=/usr/lib/${library##*/} ;;
		*) target=$library ;;
		esac
		[ -e "$1$target" ] || {
			mkdir -p "$1${target%/*}"
			cp -L "$library" "$1$target"
		}
	done
}

# libraries FILE: the files of the shared libraries that a program needs.
libraries()
{
	LD_LIBRARY_PATH=$out/lib ldd "$1" 2>/dev/null | awk '
		$2 == "=>" && $3 == "not" { print "Error: " $1 " not found" >"/dev/stderr" }
		$2 == "=>" && $3 ~ /^\// { print $3; next }
		$1 ~ /^\// { print $1 }'
}

# Where modules_install would put the module, below /lib/modules/RELEASE.
bpfpin_module=updates/bpfpin.ko

# stage_bpfpin STAGE KERNEL: the module, library and command, where they are
# built already.  The list that modprobe reads has the module (vm/mkroot).
stage_bpfpin()
{
	release=$(kernel_release "$2")
	ko=$out/module/$release/bpfpin.ko
	if [ -e "$ko" ]; then
		mkdir -p "$1/lib/bpfpin"
		cp "$ko" "$1/lib/bpfpin/"
		mkdir -p "$1/lib/modules/$release/${bpfpin_module%/*}"
		ln -s ../../../bpfpin/bpfpin.ko "$1/lib/modules/$release/$bpfpin_module"
	fi
	for lib in "$out"/lib/libbpfpin.so*; do
		[ ! -e "$lib" ] || { mkdir -p "$1/usr/lib" && cp -P "$lib" "$1/usr/lib/"; }
	done
	[ ! -e "$out/bpfpin" ] || stage_program "$1" "$out/bpfpin" /usr/local/sbin/bpfpin
}

# stage_guest STAGE: what the guest does when it starts.
stage_guest()
{
	mkdir -p "$1/guest" "$1/etc"
	cp "$top/vm/guest/init" "$1/init"
	cp "$top/vm/guest/motd" "$1/etc/motd"
}

# pack STAGE: as an archive that the kernel unpacks.  Not compressed: under
# emulation unpacking takes longer than reading.
pack()
{
	(cd "$1" && find . -mindepth 1 | LC_ALL=C sort |
		cpio -o -H newc -R 0:0 --quiet)
}
