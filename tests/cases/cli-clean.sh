# SPDX-License-Identifier: GPL-2.0-only
# what: bpfpin clean removes what a pin left behind, provably, and nothing else
# timeout: 270
. /tests/cli.sh

mount_empty ext4 "$T/ext4"
mkdir -p "$T/ext4/folder/deep"
for name in a folder/b folder/deep/c folder/used; do
	bpfobj pin map "$T/ext4/$name" >/dev/null
done
umount "$T/ext4"
expect_same "$(bpfobj status)" "pins 0 watches 0"
mount_fs ext4 "$T/ext4"
cd "$T/ext4"
: >folder/ordinary
ln -s b folder/symlink
echo text >folder/used
alive=$(bpfobj pin map folder/alive)

step "what is not cleaned"
while read -r name why; do
	code=0
	bpfpin clean "$name" >"$T/.out" 2>"$T/.err" || code=$?
	expect_same $code 1 "exit code"
	expect_same "$(cat "$T/.err")" "Error: $name: $why"
	code=0
	bpfpin -j clean "$name" >"$T/.out" 2>"$T/.err" || code=$?
	expect_same $code 1 "exit code"
	expect_json ".error == \"1 file could not be cleaned\" and .removed == [] and
		.failed == [{path: \"$name\", error: \"$why\"}]" "clean $name"
	[ -e "$name" ] || [ "$name" = none ] || fail "$name is gone"
done <<END
folder/ordinary not left behind by a pin, so not removed
folder/symlink not left behind by a pin, so not removed
folder/used not left behind by a pin, so not removed
folder/alive a pin that lives, so not removed
folder a directory: --recursive looks below it
none No such file or directory
END

step "dry run"
expect_same "$(bpfpin clean -r -n . | sort)" "would remove ./a
would remove ./folder/b
would remove ./folder/deep/c"
[ -e a ] && [ -e folder/b ] || fail "a dry run removed something"

step "one"
expect_text "removed a" bpfpin clean a
[ ! -e a ] || fail "it is still there"

step "a folder"
expect_same "$(bpfpin clean -r folder | sort)" "removed folder/b
removed folder/deep/c"
expect_same "$(ls folder | tr '\n' ' ')" "alive deep ordinary symlink used "
expect_same "$(cat folder/used)" text
alive map "$alive"
expect_text "map $alive" bpfobj get folder/alive

step "JSON"
json '. == {dry_run: false, removed: [], failed: []}' bpfpin -j clean -r folder
rm -r folder
gone map "$alive"
