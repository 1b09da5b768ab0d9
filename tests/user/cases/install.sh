# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Installing the module, into a folder that looks like a kernel's.

# The place of a file of the newest kernel that vm/setup has unpacked.
kernel_file() {
	(top=$PWD; . vm/lib.sh; tree=$(kernel_tree "$(newest_kernel)") && echo "$tree/$1") 2>"$err"
}

t_install_module() {
	local tree kdir release root=$work/modules find
	kdir=$(kernel_file headers) || { bad "$(cat "$err")"; return; }
	tree=$(kernel_file lib/modules)
	release=$(cat "$(kernel_file release)")
	find="env PATH=$PATH:/usr/sbin:/sbin modprobe -C /dev/null -n --show-depends -S $release -d $root bpfpin"

	mkdir -p "$root/lib/modules/$release/kernel/fs"
	cp "$tree/$release"/modules.{order,builtin,builtin.modinfo} "$root/lib/modules/$release/"
	cp -R "$tree/$release/kernel/fs/xfs" "$root/lib/modules/$release/kernel/fs/"
	make modules_install O="$O" KDIR="$kdir" DESTDIR="$root" >"$out" 2>&1 ||
		bad "modules_install: $(tail -n 5 "$out")"
	grep -i warning "$out" >"$work/said" && bad "$(cat "$work/said")"
	[ "$($find 2>&1 | sed -n 's|^insmod .*/\(updates/bpfpin.ko\)[.a-z]* *$|\1|p')" = updates/bpfpin.ko ] ||
		bad "modprobe does not find it: $($find 2>&1)"
	grep -q '^kernel/fs/xfs/' "$root/lib/modules/$release/modules.dep" ||
		bad "the kernel's own modules are no longer known"

	# Of every kernel, and only where there was one.
	mkdir -p "$root/lib/modules/1.2.3-gone/updates" "$root/lib/modules/1.2.4-other/updates"
	: >"$root/lib/modules/1.2.3-gone/updates/bpfpin.ko.xz"
	: >"$root/lib/modules/1.2.4-other/updates/other.ko"
	make modules_uninstall O="$O" DESTDIR="$root" >"$out" 2>&1 || bad "uninstall: $(cat "$out")"
	$find >"$out" 2>&1 && bad "modprobe still finds $(cat "$out")"
	[ ! -e "$root/lib/modules/$release/updates" ] || bad "uninstall left updates"
	[ "$(cd "$root/lib/modules" && find 1.2.* -type f)" = 1.2.4-other/updates/other.ko ] ||
		bad "uninstall left or took: $(find "$root"/lib/modules/1.2.*)"
	make modules_uninstall O="$O" DESTDIR="$root" >"$out" 2>&1 || bad "again: $(cat "$out")"
}

# A folder to make a package of: there is no kernel in it that depmod could ask.
t_install_module_for_a_package() {
	local kdir root=$work/package
	kdir=$(kernel_file headers) || { bad "$(cat "$err")"; return; }
	make modules_install O="$O" KDIR="$kdir" DESTDIR="$root" >"$out" 2>&1 ||
		bad "modules_install: $(tail -n 5 "$out")"
	[ "$(find "$root" -type f | sed 's/.*\.ko.*/KO/')" = KO ] || bad "installed $(find "$root" -type f)"
}
