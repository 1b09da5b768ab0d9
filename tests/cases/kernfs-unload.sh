# SPDX-License-Identifier: GPL-2.0-only
# what: the module stays as long as a cgroup has pins, and goes right behind the last

c=/sys/fs/cgroup/bpfpin-test
for how in unlink rmdir unpin; do
	step $how
	for _ in 1 2 3 4 5; do
		mkdir $c
		id=$(bpfobj pin map $c/bpf)
		expect_fail rmmod bpfpin
		case $how in
		unlink) rm $c/bpf ;;
		rmdir) rmdir $c ;;
		unpin) bpfpin unpin $c/bpf ;;
		esac
		unload_module
		gone map "$id"
		expect_fail rm $c/cgroup.procs
		[ $how = rmdir ] || rmdir $c
		load_module
	done
done
