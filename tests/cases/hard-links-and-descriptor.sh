# SPDX-License-Identifier: GPL-2.0-only
# what: a file open through a name that is gone, whose other name goes too: 6.12 waits for the close, 6.1 does not

mount_fs tmpfs "$T/fs"
id=$(bpfobj pin map "$T/fs/a")
bpfobj link "$T/fs/a" "$T/fs/b"
opener=$(bpfobj hold-file "$T/fs/a")
rm "$T/fs/a"
alive map "$id"
rm "$T/fs/b"

# 6.1 looks at the count of links alone when a name goes (dentry_unlink_inode);
# later kernels look for open names too.  docs/owner-kinds.md tells users.
if at_least 6.12; then
	alive map "$id"
	kill "$opener"
	wait_gone map "$id"
else
	gone map "$id"
	kill "$opener"
fi
