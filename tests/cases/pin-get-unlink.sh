# SPDX-License-Identifier: GPL-2.0-only
# what: every object type pins, opens and ends with its file on every file system
# timeout: 360

for fs in $pin_filesystems; do
	dir=$T/$fs
	mount_fs "$fs" "$dir"
	for type in prog map prog_array link; do
		step "$type on $fs"
		file=$dir/pin-$type
		id=$(bpfobj pin $type "$file")
		expect_text "$(type_of $type) $id" bpfobj get "$file"
		rm "$file"
		gone $type "$id"
		expect_errno ENOENT bpfobj get "$file"
	done
	umount "$dir"
done
