# SPDX-License-Identifier: GPL-2.0-only
# what: unmodified libbpf pins and opens with bpf_obj_pin(), bpf_obj_get() and bpf_obj_get_opts()

for fs in tmpfs ext4 bpf; do
	step "$fs"
	mount_empty $fs "$T/$fs"
	libbpfuser pin by_libbpf "$T/$fs/map" >"$T/said"
	read -r id name <"$T/said"
	expect_same "$name" by_libbpf
	alive map "$id"
	expect_text "$id by_libbpf" libbpfuser get "$T/$fs/map"
	expect_errno EPERM libbpfuser get-rdonly "$T/$fs/map"
	expect_text "$id by_libbpf
8
errno EPERM" echo "$output"
	expect_errno EEXIST libbpfuser pin other "$T/$fs/map"
	expect_errno ENOENT libbpfuser get "$T/$fs/none"
	expect_errno ENOENT libbpfuser pin other "$T/$fs/none/map"
	: >"$T/file"
	expect_errno EACCES libbpfuser get "$T/file"
	chmod 0755 "$T/$fs"
	expect_errno EACCES as_user libbpfuser get "$T/$fs/map"
	chmod 0440 "$T/$fs/map"
	chgrp 1000 "$T/$fs/map"
	expect_errno EACCES as_user libbpfuser get "$T/$fs/map"
	rm "$T/$fs/map"
	gone map "$id"
	umount "$T/$fs"
done
