# SPDX-License-Identifier: GPL-2.0-only
#
# Makes the table of a kernel from the lines "NAME VALUE" of owners.sh.

# Of several the lowest.
!($1 in v) || $2 < v[$1] { v[$1] = $2 }

END {
	few = crowd / 10
	heading()
	row("socket+close", v["with-socket-close"], "module not loaded",
		v["without-socket-close"], 1.01)
	row("pipe+close", v["with-pipe-close"], "module not loaded",
		v["without-pipe-close"], 1.01)
	row("mkdir+rmdir of a cgroup", v["with-cgroup"], "module not loaded",
		v["without-cgroup"], 1.01)
	row("a pin's end, 10000 on one owner", v["one-owner-10000"],
		"1000 on one owner", v["one-owner-1000"], 1.1)
	row("close of one of " crowd " sockets", v["sockets-" crowd],
		"of " few, v["sockets-" few], 1.1)
	row("attach to one of " crowd, v["attach-" crowd], "of " few,
		v["attach-" few], 1.1)
	row("close of one of " crowd ", no pins", v["plain-" crowd],
		"of " few, v["plain-" few], 0)
	row("close of a socket with a pin", v["sockets-" few], "without one",
		v["plain-" few], 0)
	printf "\nfrom the owner's end to the object's, in microseconds of the guest's clock\n"
	printf "%-34s %12.1f\n", "the kernel, inside close(2)", v["released"] / 1000
	printf "%-34s %12.1f\n", "an agent told by inotify (a file)", v["inotify"] / 1000
	printf "%-34s %12.1f\n", "an agent that looks every 100 ms", v["polled"] / 1000
}
