# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Sources: the kernel's, as Debian packages them.

# fetch_source PACKAGE VERSION: the package, in a file whose name is in $deb.  Kept for
# the next time; older ones are not.
fetch_source()
{
	deb=$cache/sources/$1_$2.deb
	[ ! -e "$deb" ] || return 0
	say "fetching the source $1 $2 (a download of some 150 MB)"
	rm -rf "$cache/sources/part.$$" "$cache/sources/$1"_*.deb
	mkdir -p "$cache/sources/part.$$"
	# As root it would warn that it cannot be somebody else in this folder.
	(cd "$cache/sources/part.$$" && apt-get -q -o APT::Sandbox::User=root \
		-o Acquire::Retries=3 download "$1=$2" >apt.log 2>&1 </dev/null) || {
		tail -n 5 "$cache/sources/part.$$/apt.log" >&2
		rm -rf "$cache/sources/part.$$"
		die "cannot fetch $1 $2; is there a network?"
	}
	mv "$cache/sources/part.$$"/*.deb "$deb"
	rm -rf "$cache/sources/part.$$"
}

# unpack_source PACKAGE FOLDER [PATH...]: the source whose package is $deb, or these
# paths of it.
unpack_source()
{
	package=$1 into=$2
	shift 2
	for path; do
		shift
		set -- "$@" "$package/$path"
	done
	mkdir -p "$into"
	dpkg-deb --fsys-tarfile "$deb" | tar -xO "./usr/src/$package.tar.xz" |
		tar -xJ -C "$into" --strip-components=1 "$@"
}
