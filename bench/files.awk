# SPDX-License-Identifier: GPL-2.0-only
#
# Makes the table of a kernel from the lines "NAME VALUE" of files.sh.

{ v[$1] = $2 }

END {
	heading()
	row("get+close, tmpfs", v["with-tmp-get-close"], "bpffs",
		v["with-bpf-get-close"], 1.15)
	row("get+close, ext4", v["with-ext4-get-close"], "bpffs",
		v["with-bpf-get-close"], 1.15)
	row("pin+unlink, tmpfs", v["with-tmp-pin-unlink"], "bpffs",
		v["with-bpf-pin-unlink"], 1.6)
	row("pin+unlink, tmpfs", v["with-tmp-pin-unlink"],
		"a file with inotify on it", v["inotify-unlink"], 0)
	row("pin+unlink, tmpfs", v["with-tmp-pin-unlink"],
		"mknod+unlink", v["mknod-unlink"], 0)
	row("pin+unlink, ext4", v["with-ext4-pin-unlink"], "bpffs",
		v["with-bpf-pin-unlink"], 0)
	row("pin+unlink, ext4", v["with-ext4-pin-unlink"],
		"create+unlink", v["with-ext4-create-unlink"], 0)
	row("get+close, bpffs, module loaded", v["with-bpf-get-close"],
		"not loaded", v["without-bpf-get-close"], 1.05)
	row("pin+unlink, bpffs, module loaded", v["with-bpf-pin-unlink"],
		"not loaded", v["without-bpf-pin-unlink"], 1.05)
	row("open+read+close, tmpfs file", v["with-tmp-open-read-close"],
		"module not loaded", v["without-tmp-open-read-close"], 1.01)
	row("open+read+close, ext4 file", v["with-ext4-open-read-close"],
		"module not loaded", v["without-ext4-open-read-close"], 1.01)
	row("create+unlink, tmpfs file", v["with-tmp-create-unlink"],
		"module not loaded", v["without-tmp-create-unlink"], 1.01)
	row("create+unlink, ext4 file", v["with-ext4-create-unlink"],
		"module not loaded", v["without-ext4-create-unlink"], 1.01)
	row("socket+close", v["with-socket-close"], "module not loaded",
		v["without-socket-close"], 1.01)
	row("get+close among " crowd " pins", v["many-get-close"],
		"among 1,000", v["few-get-close"], 1.05)
	row("pin+unlink among " crowd " pins", v["many-pin-unlink"],
		"among 1,000", v["few-pin-unlink"], 1.05)
	memory = v["bytes-per-pin"] - v["bytes-per-file"]
	printf "%-34s %9d  %-26s %9d  %6s  <= 512  %s\n",
		"bytes of a pin beyond its file", memory, "file and dentry",
		v["bytes-per-file"], "", memory <= 512 ? "" : "MISSED"
}
