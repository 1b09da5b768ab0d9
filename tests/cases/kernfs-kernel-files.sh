# SPDX-License-Identifier: GPL-2.0-only
# what: files of the kernel answer as without the module, with pins beside them and without

c=/sys/fs/cgroup/bpfpin-test
mkdir $c $c/below

answers()
{
	for who in "" as_user; do
		for call in "unlink $c/cgroup.procs" "unlink $c/missing" "unlink $c/below" \
			"unlink /sys/fs/cgroup/cgroup.procs" "unlink /sys/kernel/profiling" \
			"rename $c/cgroup.procs $c/x" "rename $c/below $c/x" "link $c/cgroup.procs $c/x" \
			"symlink x $c/x" "open $c/x w,creat" "open $c/cgroup.procs w" \
			"truncate $c/cgroup.events" "open $c/cgroup.events w" \
			"mkdir $c/below" "mkdir $c/cgroup.procs"; do
			# shellcheck disable=SC2086 # lists of words
			echo "$who $call: $($who bpfobj $call 2>&1)"
		done
	done
}

unload_module
answers >"$T/without"
load_module
step "loaded"
answers >"$T/loaded"
expect_ok diff "$T/without" "$T/loaded"
step "with pins"
id=$(bpfobj pin map $c/bpf)
answers >"$T/pinned"
expect_ok diff "$T/without" "$T/pinned"
grep -q "^ unlink $c/cgroup.procs: .*EPERM" "$T/pinned" || fail "not EPERM"
step "after the last"
rm $c/bpf
gone map "$id"
answers >"$T/after"
expect_ok diff "$T/without" "$T/after"
rmdir $c/below $c
