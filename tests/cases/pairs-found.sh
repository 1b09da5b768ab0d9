# SPDX-License-Identifier: GPL-2.0-only
# what: the pairs are all there; a result that none allows, a pin that stays and a hang are found

expect_same "$(bpfpairs --list | wc -l)" 120 "8 operations, 15 events"

# found TEXT OPTION...: it fails and says this.
found()
{
	text=$1
	shift
	mkdir -p "$T/pairs"
	expect_fail bpfpairs "$@" "$T/pairs"
	case $output in
	*"$text"*) ;;
	*) fail "not '$text' but '$output'" ;;
	esac
	[ ! -e "$T/pairs/tmpfs/left" ] || rm "$T/pairs/tmpfs/left"
	[ ! -e "$T/pairs/tmpfs/x" ] || rm "$T/pairs/tmpfs/x"
	expect_ok umount "$T/pairs/bpf" "$T/pairs/tmpfs" "$T/pairs/disk"
	expect_pins 0
}

found ': get: ENOENT' -r 200 get not-allowed
found 'pins, ' -r 20 -l 9 list leak
found 'list x hang hangs' -r 1 -l 5 list hang
case $output in
*'(bpfpairs) S'*pause*) ;;
*) fail "there is no stack in '$output'" ;;
esac
