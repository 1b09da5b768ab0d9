# SPDX-License-Identifier: GPL-2.0-only
# what: a pin keeps no network namespace: each that was made ends and its memory goes, the pin ended before or not
# timeout: 300
. /tests/owner.sh

# Namespaces that have memory.
namespaces()
{
	awk '$1 == "net_namespace" { print $2 }' /proc/slabinfo
}

rounds()
{
	count=$1
	while [ "$count" -gt 0 ]; do
		start_tool
		tell netns
		attach map "/proc/$tool/ns/net" x
		if [ $((count % 2)) = 0 ]; then
			expect_ok bpfioctl unpin-id "$(bpfobj pin-of "/proc/$tool/ns/net" x)" >/dev/null
			gone map "$id"
		fi
		kill_tool
		wait_gone map "$id"
		count=$((count - 1))
	done
}

rounds 2
[ "$(namespaces)" -gt 0 ] || fail "no slab of namespaces"
before=$(namespaces)
rounds 40
# The memory goes a moment after the end.
wait_for sh -c "[ \"\$(awk '\$1 == \"net_namespace\" { print \$2 }' /proc/slabinfo)\" -lt $((before + 20)) ]"
expect_pins 0
