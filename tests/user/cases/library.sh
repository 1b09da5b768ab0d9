# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Library, build, installation; read by tests/user/run.

# Prints its own lines.
run_api() {
	: >"$log"
	# shellcheck disable=SC2086
	env LD_PRELOAD="$PWD/$T/fake.so" BPFPIN_FAKE="$script" BPFPIN_FAKE_LOG="$log" \
		LD_LIBRARY_PATH="$O/lib" ${WRAP:+$WRAP} "$T/api" "$@" >"$out" 2>"$err"
	rc=$?
	cat "$out"
	[ $rc = 0 ] || bad "exit code $rc: $(head -c 300 "$err")"
}

t_lib() {
	{ mounts; cat <<-'END'
	status pins=5 version=9.8.7
	pin id=1 dev=0:30 path=/a
	pin id=2
	pin id=4294967295
	at path=/m/a pin=1
	at path=/proc/ reason=procfs\x20keeps\x20no\x20files
	at path=. reason=the\x20working\x20directory
	at path=/ reason=the\x20root
	at path=/closed error=EACCES
	END
	} | fake
	run_api
	logged 'OBJ_PIN fd=12345 path=fd-flag flags=0x4000 path_fd=7'
	logged 'OBJ_PIN fd=12345 path=fd-noflag flags=0 path_fd=0'
	logged 'FILE path=at-flag path_fd=7 flags=0'
	logged 'FILE path=at-noflag path_fd=-100 flags=0'
	not_logged MALFORMED
}

t_lib_owners() {
	{ mounts; cat <<-'END'
	status pins=3 ties=2
	pin id=1 type=1 oid=11 dev=0:30 ino=7 path=/a
	pin id=2 type=2 oid=12 dev=8:1 ino=77 path=/cg pname=egress owner=/cg mode=r
	pin id=3 type=1 oid=11 path=eth0 pflags=8 ifindex=3 netns=4026531999 pname=x owner=if3
	tie id=5 at=/b path=/b dev=8:1 ino=9 dir=1 kind=netdev opath=eth0 opflags=8 ifindex=3 netns=7 fs=bpf comm=c
	tie id=6 at=/b path=/none dev=8:1 ino=9
	tie id=4294967295
	at path=/m/a pin=1
	at path=/cg ino=77 mnt=20
	at path=/b ino=9 mnt=20
	prog id=11
	map id=12
	event pin=1 size=80 alone=1
	event pin=2
	event pin=3 lost=9
	event pin=4 size=60 room=72 alone=1
	END
	} | fake
	run_api owners
	logged 'ATTACH prog=11 owner=/o fd=-100 name=n'
	logged 'ATTACH prog=11 owner=o fd=/dev/null name=n'
	logged 'ATTACH prog=11 owner=if3 fd=-1 name=n'
	logged 'ATTACH prog=11 owner=if3 fd=/dev/null name=n'
	logged 'ATTACH prog=11 owner=fd fd=/dev/null name=n'
	logged 'OPEN id=1 owner= fd=-1 name= flags=0'
	logged 'TIE path=t path_fd=7 owner=/o fd=-100'
	logged 'UNTIE id=0 path=/b path_fd=7'
	not_logged MALFORMED
}

t_lib_abi_check() {
	local copy=$work/abi
	mkdir -p "$copy"
	cp -r lib include "$copy"
	printf '%s\n' 'O = build' 'CC = '"$CC" 'AR = ar' 'CFLAGS = -O0' 'all: lib' 'include lib/build.mk' >"$copy/Makefile"
	make -s -C "$copy" lib >"$out" 2>&1 || bad "an untouched library does not build: $(cat "$out")"
	sed -i 's/^\t\tbpfpin__fd;$//' "$copy/lib/libbpfpin.map"
	make -s -C "$copy" lib >"$out" 2>&1 && bad "a lost symbol went unnoticed"
	grep -q 'are not those of lib/libbpfpin.abi' "$out" || bad "said $(cat "$out")"
}

t_lib_needs_nothing_but_libc() {
	[ "${SANITIZE:-}" ] && return
	readelf -d "$O/lib/libbpfpin.so" >"$out"
	grep -q 'SONAME.*\[libbpfpin.so.0\]' "$out" || bad "wrong soname"
	[ "$(grep -c NEEDED "$out")" = 1 ] || bad "$(grep NEEDED "$out")"
	grep -qE 'R(UN)?PATH' "$out" && bad "it has an rpath"
	readelf -d "$O/bpfpin" | grep -qE 'R(UN)?PATH' && bad "the command has an rpath"
	:
}

t_lib_header_alone() {
	printf '#include "libbpfpin.h"\nint main(void) { return 0; }\n' >"$work/h.c"
	"$CC" -Wall -Wextra -Werror -std=gnu11 -Iinclude/uapi -Ilib -fsyntax-only "$work/h.c" 2>"$err" ||
		bad "$(head -3 "$err")"
	if command -v g++ >/dev/null; then
		g++ -Wall -Wextra -Werror -Iinclude/uapi -Ilib -fsyntax-only -x c++ "$work/h.c" 2>"$err" ||
			bad "C++: $(head -3 "$err")"
	fi
}

t_install() {
	local root=$work/root flags_text=${flags[*]}
	mkdir -p "$root/usr/lib" "$root/usr/include/bpfpin"
	: >"$root/usr/include/bpfpin/somebody-elses.h"
	find "$root" ! -type d | sort >"$work/before"
	make -s install O="$O" CC="$CC" CFLAGS="$flags_text" DESTDIR="$root" PREFIX=/usr >"$out" 2>&1 ||
		bad "install: $(cat "$out")"
	for file in lib/libbpfpin.so lib/libbpfpin.so.0 lib/libbpfpin.a lib/pkgconfig/libbpfpin.pc \
		include/bpfpin/libbpfpin.h include/linux/bpfpin.h sbin/bpfpin share/man/man8/bpfpin.8 \
		share/bash-completion/completions/bpfpin; do
		[ -e "$root/usr/$file" ] || bad "$file is not installed"
	done
	printf '#include <bpfpin/libbpfpin.h>\nint main(void) { return !libbpfpin_version_string(); }\n' >"$work/u.c"
	# shellcheck disable=SC2046
	PKG_CONFIG_PATH=$root/usr/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root \
		"$CC" "${flags[@]}" -o "$work/u" "$work/u.c" \
		$(PKG_CONFIG_PATH=$root/usr/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root \
		  PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1 PKG_CONFIG_ALLOW_SYSTEM_LIBS=1 \
		  pkg-config --cflags --libs libbpfpin) 2>"$err" || bad "pkg-config: $(head -3 "$err")"
	LD_LIBRARY_PATH=$root/usr/lib "$work/u" || bad "a program linked with it does not run"
	make -s uninstall O="$O" CC="$CC" DESTDIR="$root" PREFIX=/usr >"$out" 2>&1 || bad "uninstall: $(cat "$out")"
	find "$root" ! -type d | sort | diff "$work/before" - >"$out" || bad "uninstall left or took: $(cat "$out")"
}

t_manual_page() {
	local any=
	if command -v mandoc >/dev/null; then
		any=1
		mandoc -Tlint -W warning cmd/bpfpin.8 >"$out" 2>&1 || bad "$(cat "$out")"
	fi
	if command -v man >/dev/null; then
		any=1
		man --warnings -E UTF-8 -l -Tutf8 -Z cmd/bpfpin.8 2>"$err" >/dev/null
		no_err
	fi
	[ "$any" ] || bad "neither mandoc nor man is here to check it"
}

t_completion() {
	local commands
	bash -n cmd/bpfpin.bash-completion 2>"$err" || bad "$(cat "$err")"
	commands=$("$O/bpfpin" -j help | jq -r 'map(.command) | join(" ")')
	grep -qF "'$commands'" cmd/bpfpin.bash-completion || bad "it does not know: $commands"
}
