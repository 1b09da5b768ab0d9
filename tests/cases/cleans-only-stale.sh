# SPDX-License-Identifier: GPL-2.0-only
# what: bpfpin clean removes leftovers and nothing else: no file, no copy, no living pin
# timeout: 540

# kept FILE REASON: clean refuses, says so, and the file is as before.
kept()
{
	before=$(stat -c '%i %s %a %h %Y' "$1")
	expect_fail bpfpin clean "$1"
	case $output in
	*"$2"*) ;;
	*) fail "clean $1 did not say '$2' but: $output" ;;
	esac
	expect_same "$(stat -c '%i %s %a %h %Y' "$1")" "$before"
}

no_pin="not left behind by a pin"
living="a pin that lives"

check_clean()
{
	cd "$2"
	id=$(bpfobj pin map pin)
	stamp=$(fileop getxattr pin trusted.bpfpin)

	step "  while the pin lives"
	kept pin "$living"
	bpfobj link pin second
	kept second "$living"
	: >copy
	fileop copy-xattrs pin copy
	expect_same "$(fileop getxattr copy trusted.bpfpin)" "$stamp"
	kept copy "$living"
	expect_errno ESTALE bpfobj get copy
	: >empty
	kept empty "$no_pin"
	echo text >ordinary
	kept ordinary "$no_pin"
	: >forged
	# An overlay on a tmpfs has no such attributes on older kernels.
	fileop setxattr forged user.bpfpin "$stamp" || [ "$1" = overlay ]
	kept forged "$no_pin"
	: >garbage
	fileop setxattr garbage trusted.bpfpin "hello"
	kept garbage "$no_pin"
	: >halved
	fileop setxattr halved trusted.bpfpin "$(echo "$stamp" | cut -c 1-40)"
	kept halved "$no_pin"
	mkdir folder
	fileop copy-xattrs pin folder
	kept folder "a directory"
	ln -s pin to-pin
	kept to-pin "$no_pin"
	mkfifo fifo
	fileop copy-xattrs pin fifo
	kept fifo "$no_pin"
	expect_fail bpfpin clean missing
	expect_ok bpfpin -n clean --recursive . >"$T/out"
	expect_same "$(cat "$T/out")" ""
	expect_ok bpfpin clean --recursive . >"$T/out"
	expect_same "$(cat "$T/out")" ""
	alive map "$id"
	expect_same "$(bpfobj get pin)" "map $id"
	expect_pins 1

	step "  after the pin has ended"
	expect_ok fileop end-pin pin
	expect_pins 0
	gone map "$id"
	: >filled
	fileop copy-xattrs pin filled
	echo text >filled
	kept filled "$no_pin"
	kept empty "$no_pin"
	kept ordinary "$no_pin"
	kept forged "$no_pin"
	kept garbage "$no_pin"
	kept halved "$no_pin"
	kept folder "a directory"
	kept to-pin "$no_pin"
	kept fifo "$no_pin"
	# Another living pin is none of its business.
	other=$(bpfobj pin map other)
	# Who may not write the folder may not clean there.
	chmod 755 .
	expect_fail as_user bpfpin clean pin
	[ -e pin ] || fail "removed by somebody who may not"
	# What is mounted on is not to be removed.
	mount --bind ordinary pin
	expect_fail bpfpin clean pin
	umount pin
	expect_same "$(bpfpin -n clean pin)" "would remove pin"
	[ -e pin ] || fail "removed in a dry run"
	expect_same "$(bpfpin clean --recursive . | sort | tr '\n' ' ')" \
		"removed ./copy removed ./pin removed ./second "
	expect_same "$(ls -A | tr '\n' ' ')" \
		"empty fifo filled folder forged garbage halved ordinary other to-pin "
	expect_same "$(cat ordinary filled)" "text
text"
	alive map "$other"
	rm other
	cd "$T"
}

chmod 755 "$T"
on_each_fs check_clean ext4 xfs btrfs overlay

step "tmpfs: nothing is ever left behind by an umount"
mount_fs tmpfs "$T/tmpfs"
cd "$T/tmpfs"
bpfobj pin map pin >/dev/null
fileop end-pin pin
kept pin "$no_pin"
expect_errno EACCES bpfobj get pin
