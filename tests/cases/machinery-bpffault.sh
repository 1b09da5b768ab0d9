# SPDX-License-Identifier: GPL-2.0-only
# what: bpffault says what it takes, and on a kernel that lets nothing fail that it takes another one

expect_text 'Usage: bpffault *' bpffault --help
expect_fail bpffault --bogus
expect_same "$output" "bpffault: no option '--bogus'; see --help"
[ -d /sys/kernel/debug/failslab ] || {
	for options in --set-up "pin map $T/x"; do
		# shellcheck disable=SC2086 # words
		expect_fail bpffault $options
		expect_same "$output" "bpffault: this kernel lets no allocation fail: it takes one whose name ends in -debug"
	done
}
