# SPDX-License-Identifier: GPL-2.0-only
# what: the pairs are all there; a result that none allows, a pin that stays and a hang are found, and told with what repeats them

# Whatever operations and events there are: each of the one has each of the other.
of()
{
	bpfpairs --list | sed "s/$1: .*/\\1/" | sort -u | wc -l
}
expect_same "$(bpfpairs --list | wc -l)" $(($(of '\(.*\) x .*') * $(of '.* x \(.*\)'))) pairs

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
# In which round, and with what drawn, is left to chance; the command told has no other.
for seed in 1 2 3; do
	found 'pins, ' -s $seed -r 20 -l 6 list leak
	said=$output
	# shellcheck disable=SC2086 # words
	set -- ${output##*again: bpfpairs }
	expect_same "$*" "-s $seed -r 20 -l 6 list leak $T/pairs" "what repeats it"
	found 'pins, ' -s $seed -r 20 -l 6 list leak
	expect_same "$output" "$said" "the same once more"
done
found 'list x hang hangs' -r 1 -l 5 list hang
case $output in
*'(bpfpairs) S'*pause*) ;;
*) fail "there is no stack in '$output'" ;;
esac
