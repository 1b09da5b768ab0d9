# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# How the stories of ./demo are told.

tell()
{
	echo
	printf '# %s\n' "$@"
}

# run COMMAND...: as if it was typed.
run()
{
	echo "\$ $*"
	"$@"
}

# id_of FILE: the id of the object that is pinned there.
id_of()
{
	bpftool -j "$1" show pinned "$2" | sed 's/^\[*{"id":\([0-9]*\).*/\1/'
}

# alive prog|map|link ID: known to the kernel, or the story is a lie.
alive()
{
	bpftool "$1" show id "$2" >/dev/null || lie "$1 $2 is gone"
}

# gone prog|map|link ID: the kernel says itself that it knows no such object.
# It ends links in the background, which may take a moment.
gone()
{
	tries=10
	while [ "$1" = link ] && [ $tries -gt 0 ] && bpftool link show id "$2" >/dev/null 2>&1; do
		tries=$((tries - 1))
		sleep 0.1
	done
	echo "\$ bpftool $1 show id $2"
	if bpftool "$1" show id "$2" 2>&1; then
		lie "$1 $2 is still alive"
	fi
}

lie()
{
	echo
	echo "This should not have happened: $*"
	exit 1
}
