# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# For the tests of ties.

# ties TIES WATCHES: so many are there, in two seconds at most.
ties()
{
	expect_same "$(bpfioctl ties "$1 $2")" "$1 $2" "ties and watches"
}

# vanished PATH...: in five seconds at most.
vanished()
{
	for path; do
		wait_for test ! -e "$path" -a ! -L "$path"
	done
}

# seven DIRECTORY: makes it with two programs and five maps, some of them deeper;
# $seven are the objects.
seven()
{
	seven=''
	mkdir -p "$1/deep/deeper"
	for at in prog/a prog/deep/a map/b map/c map/deep/b map/deep/c map/deep/deeper/b; do
		seven="$seven ${at%%/*}:$(bpfobj pin "${at%%/*}" "$1/${at#*/}")"
	done
}

seven_alive()
{
	for object in $seven; do
		alive "${object%:*}" "${object#*:}"
	done
}

seven_gone()
{
	for object in $seven; do
		wait_gone "${object%:*}" "${object#*:}"
	done
}

# tie PATH OWNER...: $tie is its id.
# shellcheck disable=SC2034
tie()
{
	tie=$(bpfioctl tie "$@") || fail "cannot tie: $*"
}
