# SPDX-License-Identifier: GPL-2.0-only
# what: owner, mode, times and extended attributes of a pin's file can be changed
# timeout: 360

# as_ordinary COMMAND...: the same result as with an ordinary file.
as_ordinary()
{
	model=0 code=0
	"$@" ordinary >"$T/model" 2>&1 || model=$?
	"$@" pin >"$T/text" 2>&1 || code=$?
	expect_same "$code" "$model" "exit code of $* ($(cat "$T/text"))"
	cmp "$T/model" "$T/text" || fail "differs: $*"
}

attribute()
{
	fileop setxattr "$3" "$1" "$2" && fileop getxattr "$3" "$1"
}

check_attributes()
{
	cd "$2"
	id=$(bpfobj pin map pin)
	: >ordinary
	expect_ok chmod 640 pin
	expect_ok chown 1000:1001 pin
	expect_ok fileop utimes pin
	expect_same "$(stat -c '%a %u:%g %X %Y' pin)" "640 1000:1001 3600 3600"
	expect_ok touch pin
	expect_ok test "$(stat -c %Y pin)" -gt 3600
	for name in user.test trusted.test security.test; do
		as_ordinary attribute $name value
	done
	expect_same "$(cat pin)" "map $id array name bpfobj_map"
	expect_same "$(bpfobj get pin)" "map $id"
	# They are the inode's.
	drop_caches
	expect_same "$(stat -c '%a %u:%g' pin)" "640 1000:1001"
	expect_same "$(as_user bpfobj get pin)" "map $id"
	rm pin ordinary
	cd "$T"
	expect_pins 0
	gone map "$id"
}

chmod 755 "$T"
on_each_fs check_attributes
