# SPDX-License-Identifier: GPL-2.0-only
#
# Makes the table of a kernel from the lines "NAME VALUE" of views.sh.

# Of several the lowest.
!($1 in v) || $2 < v[$1] { v[$1] = $2 }

END {
	heading()
	row("open+read+close, view", v["view-read"], "iterator in bpffs",
		v["stock-read"], kernel == "6.1" ? 0.4 : 0.25)
	row("open+read+close, inherited view", v["inherited-read"],
		"iterator in bpffs", v["stock-read"],
		kernel == "6.1" ? 0.4 : 0.25)
	row("another read of an open view", v["view-reread"],
		"iterator in bpffs", v["stock-read"], 0.15)
	row("mkdir+rmdir below an inherited view", v["under-mkdir"],
		"not below one", v["elsewhere-mkdir"], 1.25)
	row("mkdir+rmdir, such a view elsewhere", v["elsewhere-mkdir"],
		"module not loaded", v["without-mkdir"], 1.01)
	row("mkdir+rmdir, such a view elsewhere", v["elsewhere-mkdir"],
		"module without views", v["with-mkdir"], 1.01)
	row("open+read+close, cgroup.events", v["elsewhere-events"],
		"module not loaded", v["without-events"], 1.01)
	row("open+read+close, cgroup.stat", v["elsewhere-stat"],
		"module not loaded", v["without-stat"], 1.01)
	row("all " cgroups " files of a view", v["tree-read"],
		cgroups / 100 " walks of 100", v["tree-walk"], 0)
	row("the same for the first time", v["tree-read-first"],
		cgroups / 100 " walks of 100", v["tree-walk-first"], 0)
	printf "\neach of %d cgroups inherits ten views; for one file\n", cgroups
	printf "%-34s %9d\n", "bytes", v["tree-bytes"]
	printf "%-34s %9d\n", "instructions to add it", v["tree-add"] / cgroups
	printf "%-34s %9d\n", "to remove it", v["tree-remove"] / cgroups
}
