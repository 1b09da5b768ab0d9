# SPDX-License-Identifier: GPL-2.0-only
# what: the module can be loaded and removed a hundred times, used each time, and leaves nothing behind
# timeout: 720

unload_module
i=0
while [ $i -lt 100 ]; do
	load_module
	case $((i % 10)) in
	3)
		id=$(bpfobj pin map "$T/x")
		rm "$T/x" ;;
	6)
		mount_fs tmpfs "$T/tmpfs"
		id=$(bpfobj pin link "$T/tmpfs/x")
		expect_text "link $id" bpfobj get "$T/tmpfs/x"
		umount "$T/tmpfs" ;;
	esac
	unload_module
	[ ! -e /dev/bpfpin ] || fail "round $i: /dev/bpfpin is still there"
	i=$((i + 1))
done
expect_same "$(grep -c -e bpf_watch -e bpf_pin /proc/slabinfo)" 0 "caches left"
load_module
