# SPDX-License-Identifier: GPL-2.0-only
# what: on a kernel that lacks a symbol the module is not loaded, one sentence says which, and nothing is changed

state()
{
	cat /proc/modules /proc/misc
	ls /dev /sys/class/misc /sys/kernel/tracing/events
}

unload_module
before=$(state)
mount_fs bpf "$T/bpf"

expect_fail insmod /tests/modules/missing_symbol.ko
# What the module says itself; insmod may try twice.
said=$(dmesg | awk '/guest: test .* begins$/ { delete said }
	sub(/.* bpfpin: /, "") && !/taint/ { said[$0] = 1 }
	END { for (text in said) print text }')
expect_same "$said" "this kernel has no symbol bpf_map_ioqs"
expect_same "$(state)" "$before" "the system"

step "bpf(2) is as it was"
id=$(bpfobj pin map "$T/bpf/x")
expect_text "map $id" bpfobj get "$T/bpf/x"
expect_errno EPERM bpfobj pin map "$T/x"
rm "$T/bpf/x"

step "the command says that the module is not there"
expect_fail bpfpin list
expect_text 'Error: *modprobe bpfpin*' echo "$output"

step "another that has all of them is loaded as ever"
load_module
id=$(bpfobj pin map "$T/x")
rm "$T/x"
gone map "$id"
