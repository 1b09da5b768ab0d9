# SPDX-License-Identifier: GPL-2.0-only
# what: in a hierarchy of cgroup version 1 a program that iterates is a plain pin, and a view is refused

. /tests/view.sh

load_views
mkdir "$T/v1"
mount -t cgroup -o none,name=bpfpin-views none "$T/v1"
mkdir "$T/v1/a"
expect_ok bpfobj repin "$progs/plain" "$T/v1/a/bpf.x"
expect_text "prog $(view_id plain) tracing name plain tag *" cat "$T/v1/a/bpf.x"
expect_same "$(bpfpin -j view list)" "[]"
expect_fail bpfpin view add pinned "$progs/plain" at "$T/v1/a/bpf.y"
case $output in
*'cgroups of version 2'*) ;;
*) fail "said $output" ;;
esac
expect_fail bpfpin view replace "$T/v1/a/bpf.x" with pinned "$progs/other"
rm "$T/v1/a/bpf.x"
rmdir "$T/v1/a"
umount "$T/v1"
expect_pins 0
