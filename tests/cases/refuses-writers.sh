# SPDX-License-Identifier: GPL-2.0-only
# what: a pin's file cannot be written, truncated, mapped or executed, by nobody
# timeout: 540

check_writers()
{
	for type in map prog link iter; do
		# No program in the text, or no text for the kernel.
		exec_errno=ENOEXEC
		[ $type != iter ] || exec_errno=EINVAL
		id=$(bpfobj pin $type "$2/pin")
		text=$(cat "$2/pin")
		stat=$(stat -c '%s %b %i %h %Y %Z' "$2/pin")
		cd "$2"
		expect_calls <<-END
		ETXTBSY open pin w
		ETXTBSY open pin rw
		ETXTBSY open pin w,append
		ETXTBSY open pin rw,trunc
		ETXTBSY open pin r,trunc
		ETXTBSY open pin w,creat
		ETXTBSY append pin text
		ETXTBSY truncate pin
		ETXTBSY mmap pin
		ENOTDIR open pin r,directory
		ok open pin r
		ok open pin r,creat
		ok open pin path
		END
		expect_errno ETXTBSY fileop truncate pin 0
		expect_errno ETXTBSY fileop truncate pin 4096
		expect_errno ENODEV fileop mmap pin
		expect_errno EACCES fileop exec pin
		chmod 700 pin
		expect_errno $exec_errno fileop exec pin
		chmod 600 pin
		expect_fail sh -c 'echo text >pin'
		expect_fail sh -c 'echo text >>pin'
		expect_fail cp /proc/version pin
		expect_fail losetup /dev/loop0 pin
		# Neither the file nor the pin has noticed.
		expect_same "$(stat -c '%s %b %i %h %Y' pin)" "${stat% *}"
		expect_same "$(cat pin)" "$text"
		expect_pins 1
		[ $type != map ] || drop_caches
		expect_same "$(stat -c '%s %b %i %h %Y' pin)" "${stat% *}"
		expect_errno ETXTBSY bpfobj open pin w
		rm pin
		cd "$T"
		expect_pins 0
	done
}

on_each_fs check_writers
