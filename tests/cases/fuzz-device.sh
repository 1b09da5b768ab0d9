# SPDX-License-Identifier: GPL-2.0-only
# what: at whatever is asked of the device and bpf(2), by root and by others, memory, other people's pins and the kernel stay whole, and nothing is left
# timeout: 900
# long: 24
. /tests/settings

# How many operations in all: a debug kernel sees what another would not, and takes
# ten times as long.
case $(uname -r) in
*-debug) all=50000 ;;
*) all=5000 ;;
esac
[ -z "$long" ] || all=1000000

# Seeds that are kept, each for its part of a hundred; one that has found
# something stays, with what it needs.  With none of root and bpf among the callers
# there are pins of root's that the others try to get at.
seeds()
{
	cat <<-END
	1 30 root,bpf,user      tmpfs ext4 bpf cgroup
	2 15 root,root,userns   overlay xfs bpf cgroup
	3 15 bpf,user,userns    btrfs ramfs bpf cgroup
	4 20 user,user          tmpfs ext4 bpf cgroup
	5 20 userns,user        overlay tmpfs bpf cgroup
	END
}

# fuzz SEED PART CALLERS FILE-SYSTEM...
fuzz()
{
	seed=$1 part=$2 callers=$3 folders=''
	shift 3
	for fs; do
		folder=$T/$seed/$fs
		case $fs in
		cgroup)
			folder=/sys/fs/cgroup/test/fuzz
			mkdir $folder ;;
		*)
			mkdir -p "$T/$seed"
			mount_empty "$fs" "$folder" ;;
		esac
		folders="$folders $folder"
	done
	step "seed $seed as $callers on $*"
	# shellcheck disable=SC2086 # a list of words
	bpffuzz --as "$callers" --limit 300 "$seed" $((all * part / 100)) $folders </dev/null ||
		fail "bpffuzz --as $callers $seed $((all * part / 100)), on $*"
	cd "$T"
	for folder in $folders; do
		case $folder in
		/sys/*) rmdir "$folder" ;;
		*) expect_ok umount "$folder" ;;
		esac
	done
	[ ! -d "$T/$seed/overlay.layers" ] || expect_ok umount "$T/$seed/overlay.layers"
}

seeds | while read -r line; do
	# shellcheck disable=SC2086 # a list of words
	fuzz $line
done
expect_pins 0
